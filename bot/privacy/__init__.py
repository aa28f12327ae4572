"""What must not be kept of people: numbers that identify them, and words whose time has passed."""

from bot.privacy.mask import mask

__all__ = ["mask"]

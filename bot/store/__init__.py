"""What the channels keep: sessions, messages and the answers already given."""

from bot.store.database import Database, Transaction
from bot.store.sessions import Answered, Opening, Recorded, Session, SessionStore

__all__ = [
    "Answered",
    "Database",
    "Opening",
    "Recorded",
    "Session",
    "SessionStore",
    "Transaction",
]

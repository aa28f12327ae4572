"""The tiny bot of the adapters' tests."""

from tests.bot.adapters.conftest import (  # noqa: F401
    assistant,
    database,
    tiny_actions,
    tiny_agent,
    tiny_model,
)

"""Where conversations are kept: Rasa's own ``events`` table, in SQLite or PostgreSQL."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlalchemy.event
import sqlalchemy.orm
import sqlalchemy.pool
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot import settings

logger = logging.getLogger(__name__)

just_saved: ContextVar[DialogueStateTracker | None] = ContextVar("just_saved", default=None)
"""The conversation as the turn at hand left it; spares reading it back from the database."""


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store at ``DATABASE_URL``, which can also forget a person."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the database, and make its file and folder where needed.

        Args:
            domain: The bot's domain; Rasa sets it later.
            host: The database's address, if not the one of the settings.
            event_broker: Where events are also sent, if anywhere.
            kwargs: The keys of endpoints.yml.
        """
        url = host or settings.load().sqlalchemy_url
        if url.startswith("sqlite:///") and url != "sqlite:///:memory:":
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=url, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._keep_connections(url)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the new events, and leave the conversation in `just_saved`."""
        await super().save(tracker)
        just_saved.set(tracker)

    def _keep_connections(self, url: str) -> None:
        """Reuse SQLite connections: SQLAlchemy opens a new one for every use of a file."""
        self.engine.dispose()
        self.engine: sa.engine.Engine = sa.create_engine(
            url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
        )
        sa.event.listen(self.engine, "connect", _tune_sqlite)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    def forget(self, person: str) -> None:
        """Delete everything kept about ``person``."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == person).delete()
            session.commit()


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Let readers and the writer work side by side, and deleted text be overwritten."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def forget(agent: Agent, person: str) -> None:
    """Delete ``person``'s conversation from the store of ``agent``."""
    # Rasa wraps every store in a fail-safe one, which keeps a second copy in memory on failure
    wrapper: TrackerStore = agent.tracker_store
    inner = getattr(wrapper, "_tracker_store", wrapper)
    spare = getattr(wrapper, "_fallback_tracker_store", None)
    for store in (inner, spare):
        if isinstance(store, ConversationStore):
            store.forget(person)
        elif isinstance(store, InMemoryTrackerStore):
            store.store.pop(person, None)

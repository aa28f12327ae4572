"""Where conversations are kept: Rasa's own ``events`` table, and in memory while people talk.

Rasa's SQL store reads a whole conversation from the database before every turn, counts what is
stored before it saves, and does both through an object mapper. This one keeps the conversations
of the people who talk now, asks the database only whether its copy is still true (the id of the
newest event tells), and writes only new events. The rows are those of the stock store, so
the stock commands read them.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection

from bot import settings
from bot.rasa.lasting import what_lasts
from bot.rasa.tracker import Tracker
from bot.store import events, keepsakes, migrations
from bot.store.database import Database, Transaction

KEPT = 200
"""Conversations kept in memory; the one longest silent makes room."""


@dataclass
class Going:
    """The turn that is being taken: its transaction, and the conversation as it left it."""

    transaction: Transaction
    tracker: DialogueStateTracker | None = None


_going: ContextVar[Going | None] = ContextVar("going", default=None)


@contextmanager
def turn(transaction: Transaction) -> Iterator[Going]:
    """Read and write conversations in ``transaction`` until the end of the block."""
    going = Going(transaction)
    token = _going.set(going)
    try:
        yield going
    finally:
        _going.reset(token)


class ConversationStore(TrackerStore):
    """Conversations at ``DATABASE_URL``, the newest of them in memory too."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        database: Database | None = None,
        **kwargs: Any,
    ) -> None:
        """Use a database, and bring its tables up to date.

        Args:
            domain: The bot's domain; Rasa sets it later.
            host: The database's address, if not the one of the settings.
            event_broker: Where events are also sent, if anywhere.
            database: What is open already; then the address does not matter.
            kwargs: Further keys of endpoints.yml.
        """
        super().__init__(domain, event_broker, **kwargs)
        if database is None:
            database = Database(host or settings.load().sqlalchemy_url)
            migrations.upgrade(database)
        self.database = database
        self._kept: OrderedDict[str, Tracker] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation since its session began, or None."""
        async with self._transaction(sender_id) as transaction:
            newest = await transaction.run(events.last_event, sender_id)
            # Taken out: it comes back when the turn is written, and only then.
            kept = self._kept.pop(sender_id, None)
            if kept is not None and kept.newest == newest:
                return kept
            if not newest:
                return None
            rows = await transaction.run(events.current_session, sender_id)
        return self._tracker(sender_id, rows, newest)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with all its sessions, or None."""
        rows = await self.database.read(events.all_sessions, conversation_id)
        return self._tracker(conversation_id, rows, 0) if rows else None

    async def keys(self) -> Iterable[str]:
        """Return everybody of whom something is kept."""
        return await self.database.read(events.people)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events; inside of `turn`, when its transaction is finished."""
        await self.stream_events(tracker)
        going = _going.get()
        if going is not None:
            going.tracker = tracker
        known = tracker.written if isinstance(tracker, Tracker) else 0
        new = list(islice(tracker.events, known, None))
        if not new:
            return
        person = tracker.sender_id
        rows = [_row(person, event) for event in new]
        if going is not None:
            self._write(going.transaction, tracker, rows, new)
            return
        async with self.database.transaction(person) as transaction:
            self._write(transaction, tracker, rows, new)
            await transaction.finish()

    def forget(self, person: str, transaction: Transaction) -> None:
        """Erase everything about ``person`` when ``transaction`` is finished."""
        transaction.later(events.forget, person)
        transaction.later(keepsakes.forget, person)
        transaction.afterwards(lambda: self._kept.pop(person, None))

    async def drop_words(self, person: str, before: float, transaction: Transaction) -> None:
        """Leave only what may stay of a talk that has been silent since ``before``.

        It is done when ``transaction`` is finished.
        """
        newest = await transaction.run(events.last_event, person)
        rows = await transaction.run(events.current_session, person)
        if not rows:
            return
        tracker = self._tracker(person, rows, newest)
        if tracker.events[-1].timestamp >= before:
            return
        # The new events first: ids that were taken once must not be taken again.
        transaction.later(events.append, [_row(person, event) for event in what_lasts(tracker)])
        transaction.later(events.forget_until, person, newest)
        transaction.afterwards(lambda: self._kept.pop(person, None))

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """Return an empty conversation."""
        return Tracker(sender_id, self.domain.slots, max_event_history=self.max_event_history)

    def _write(
        self,
        transaction: Transaction,
        tracker: DialogueStateTracker,
        rows: list[events.Event],
        new: list[Event],
    ) -> None:
        person, written = tracker.sender_id, len(tracker.events)
        first = len(new) == written

        def write(connection: Connection) -> None:
            events.append(connection, rows)
            if isinstance(tracker, Tracker):
                tracker.newest = events.last_event(connection, person)

        def keep() -> None:
            if isinstance(tracker, Tracker):
                tracker.written = written
                # What began a further session is read anew, without the one before.
                if first or not any(isinstance(event, SessionStarted) for event in new):
                    self._kept[person] = tracker
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)

        transaction.later(write)
        transaction.afterwards(keep)

    def _tracker(self, person: str, rows: list[str], newest: int) -> Tracker:
        told = [json.loads(row) for row in rows]
        tracker: Tracker = Tracker.from_dict(person, told, self.domain.slots)
        tracker.newest, tracker.written = newest, len(tracker.events)
        return tracker

    @asynccontextmanager
    async def _transaction(self, person: str) -> AsyncIterator[Transaction]:
        going = _going.get()
        if going is not None:
            yield going.transaction
            return
        async with self.database.transaction(person) as transaction:
            yield transaction


def _row(person: str, event: Event) -> events.Event:
    data = event.as_dict()
    return {
        "sender_id": person,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def conversations_of(agent: Agent) -> ConversationStore:
    """Return the store of ``agent``.

    Rasa wraps every store in one that goes on with an empty memory when the database is away:
    people would be strangers for a moment, and what they said then would be lost. It is taken off.
    """
    store: Any = agent.tracker_store
    store = getattr(store, "_tracker_store", store)
    assert isinstance(store, ConversationStore)
    agent.tracker_store = store
    if agent.processor is not None:
        agent.processor.tracker_store = store
    return store

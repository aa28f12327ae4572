"""Web sessions, their messages, and the answer to each message id."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.store.clock import latest
from bot.store.database import Database
from bot.store.tables import BELONGING, messages, offers, sessions, turns

HISTORY_LIMIT = 1000
"""The newest messages of a session that are handed out; a talk has a few dozen."""

IN_PLACE = 0
"""The number of the message that stands for those that were dropped; others count from 1."""

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Session:
    """A conversation: its row, the id under which the assistant knows the person, its lock."""

    id: int
    person: str
    lock: str


@dataclass(frozen=True)
class Answered:
    """A message id that was answered before: what was said (hashed), and the answer as JSON."""

    said_hash: str
    answer: str


@dataclass(frozen=True)
class Opening:
    """What must be known before a turn; ``title`` is the button's, None if it was not offered."""

    session: Session
    answered: Answered | None
    title: str | None


@dataclass(frozen=True)
class Recorded:
    """One finished turn, to be written at once."""

    client_id: str
    said_hash: str
    answer: str
    messages: Sequence[Message]


def digest(text: str) -> str:
    """Return the hexadecimal SHA-256 of ``text``: how tokens and ids are kept."""
    return sha256(text.encode("utf-8")).hexdigest()


class SessionStore:
    """Blocking reads and writes on a connection; whoever calls them ends the transaction.

    Every method raises ``sqlalchemy.exc.SQLAlchemyError`` when the database is away.
    """

    def __init__(self, database: Database) -> None:
        insert = (sqlite if database.is_sqlite else postgresql).insert(offers)
        self._offer = insert.on_conflict_do_update(
            index_elements=["session", "payload_hash"], set_={"title": insert.excluded.title}
        )

    def create(
        self, connection: Connection, token: str, person: str, greeting: Sequence[Message]
    ) -> Session:
        """Begin a session with the assistant's first messages."""
        now = latest()
        row = {"token_hash": digest(token), "person": person, "created": now, "last_seen": now}
        key = connection.execute(sessions.insert().values(row)).inserted_primary_key[0]
        self._append(connection, key, greeting)
        return Session(key, person, digest(token))

    def find(self, connection: Connection, token: str) -> Session | None:
        """Return the session of ``token``, or None."""
        row = connection.execute(_FIND, {"token": digest(token)}).first()
        return None if row is None else Session(*row)

    def open_turn(
        self, connection: Connection, token: str, client_id: str, payload: str | None
    ) -> Opening | None:
        """Read what a turn depends on; None when the token opens no session (any more)."""
        session = self.find(connection, token)
        if session is None:
            return None
        row = connection.execute(_ANSWERED, {"session": session.id, "id": digest(client_id)})
        answered = row.first()
        title = None
        if payload is not None:
            offered = {"session": session.id, "payload": digest(payload)}
            title = connection.execute(_OFFERED, offered).scalar()
        return Opening(session, None if answered is None else Answered(*answered), title)

    def of_person(self, connection: Connection, person: str) -> Session | None:
        """Return the session in which ``person`` talks, or None."""
        query = sa.select(sessions.c.id, sessions.c.person, sessions.c.token_hash)
        row = connection.execute(query.where(sessions.c.person == person)).first()
        return None if row is None else Session(*row)

    def tell(self, connection: Connection, session: Session, said: Sequence[Message]) -> None:
        """Write messages that nobody asked for: they are there at the next visit."""
        self._append(connection, session.id, said)

    def record(self, connection: Connection, session: Session, turn: Recorded) -> None:
        """Write a turn whole: both sides, the buttons offered, and the answer to its id."""
        self._append(connection, session.id, turn.messages)
        self._answer(connection, session, turn)
        connection.execute(_SEEN, {"key": session.id, "now": latest()})

    def start_over(
        self, connection: Connection, session: Session, person: str, turn: Recorded
    ) -> None:
        """Erase the conversation but keep the token, for a new ``person`` id.

        The answer to the message that asked for it stays, so that a repeated request finds it.
        """
        self._erase(connection, session)
        self._answer(connection, session, turn)
        connection.execute(
            sessions.update()
            .where(sessions.c.id == session.id)
            .values(person=person, last_seen=latest())
        )

    def history(self, connection: Connection, token: str) -> list[str] | None:
        """Return the messages of both sides, oldest first, each as JSON; None without session."""
        session = self.find(connection, token)
        if session is None:
            return None
        newest = connection.execute(_NEWEST, {"session": session.id}).scalars()
        return list(reversed(newest.all()))

    def delete(self, connection: Connection, session: Session) -> None:
        """Erase a session and all that hangs on it; its token opens nothing any more."""
        self._erase(connection, session)
        connection.execute(sessions.delete().where(sessions.c.id == session.id))

    def unseen_since(
        self, connection: Connection, moment: float, limit: int = 100
    ) -> list[Session]:
        """Return up to ``limit`` sessions whose last message is older than ``moment``."""
        query = (
            _SESSION.where(sessions.c.last_seen < moment)
            .order_by(sessions.c.last_seen)
            .limit(limit)
        )
        return [Session(*row) for row in connection.execute(query)]

    def wordy_since(self, connection: Connection, moment: float, limit: int = 100) -> list[Session]:
        """Return up to ``limit`` sessions silent since ``moment`` of which there are messages."""
        said = sa.exists().where(messages.c.session == sessions.c.id, messages.c.seq > IN_PLACE)
        query = _SESSION.where(sessions.c.last_seen < moment, said).limit(limit)
        return [Session(*row) for row in connection.execute(query)]

    def drop_words(
        self, connection: Connection, session: Session, moment: float, instead: Message
    ) -> None:
        """Put ``instead`` in place of all messages of a session that is silent since ``moment``.

        A page that finds nothing at all begins a new session; this one is still known.
        """
        seen = connection.execute(
            sa.select(sessions.c.last_seen).where(sessions.c.id == session.id)
        ).scalar()
        if seen is not None and seen < moment:
            self._erase(connection, session)
            connection.execute(_SAY, [_row(session.id, IN_PLACE, instead)])

    @staticmethod
    def _erase(connection: Connection, session: Session) -> None:
        for table in BELONGING:
            connection.execute(table.delete().where(table.c.session == session.id))

    @staticmethod
    def _answer(connection: Connection, session: Session, turn: Recorded) -> None:
        row = {"session": session.id, "client_id": digest(turn.client_id)}
        row |= {"said_hash": turn.said_hash, "answer": turn.answer}
        connection.execute(_ANSWER, row)

    def _append(self, connection: Connection, session: int, said: Sequence[Message]) -> None:
        if not said:
            return
        last = connection.execute(_LAST, {"session": session}).scalar()
        rows = [
            _row(session, seq, message) for seq, message in enumerate(said, start=(last or 0) + 1)
        ]
        connection.execute(_SAY, rows)
        shown = {digest(payload): title for payload, title in _buttons(said)}
        if shown:
            offered = [
                {"session": session, "payload_hash": key, "title": title}
                for key, title in shown.items()
            ]
            connection.execute(self._offer, offered)


# Written once: to build a statement costs more than to run it.
_SESSION = sa.select(sessions.c.id, sessions.c.person, sessions.c.token_hash)
_FIND = _SESSION.where(sessions.c.token_hash == sa.bindparam("token"))
_ANSWERED = sa.select(turns.c.said_hash, turns.c.answer).where(
    turns.c.session == sa.bindparam("session"), turns.c.client_id == sa.bindparam("id")
)
_OFFERED = sa.select(offers.c.title).where(
    offers.c.session == sa.bindparam("session"), offers.c.payload_hash == sa.bindparam("payload")
)
_LAST = sa.select(sa.func.max(messages.c.seq)).where(messages.c.session == sa.bindparam("session"))
_NEWEST = (
    sa.select(messages.c.json)
    .where(messages.c.session == sa.bindparam("session"))
    .order_by(messages.c.seq.desc())
    .limit(HISTORY_LIMIT)
)
_SAY = messages.insert()
_ANSWER = turns.insert()
_SEEN = (
    sessions.update()
    .where(sessions.c.id == sa.bindparam("key"))
    .values(last_seen=sa.bindparam("now"))
)


def _row(session: int, seq: int, message: Message) -> dict[str, Any]:
    return {
        "session": session,
        "seq": seq,
        "id": message["id"],
        "sender": message["from"],
        "at": message["at"],
        "json": json.dumps(message, ensure_ascii=False),
    }


def _buttons(said: Sequence[Message]) -> list[tuple[str, str]]:
    """Return payload and title of every button in ``said``, also those on cards."""
    holders: list[Mapping[str, Any]] = []
    for message in said:
        if message["from"] == "bot":
            holders += [message, *message.get("cards", ())]
    return [(b["payload"], b["title"]) for holder in holders for b in holder.get("buttons", ())]

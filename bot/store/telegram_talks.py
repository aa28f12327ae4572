"""Telegram talks, the buttons they were shown, and the inbox of updates."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.tables import events, metadata

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

talks = sa.Table(
    "telegram_talk",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("chat", sa.BigInteger(), nullable=False),
    sa.Column("user", sa.BigInteger(), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("language", sa.String(8), nullable=True),
    sa.Column("question", sa.BigInteger(), nullable=True),
    sa.Column("pressed", sa.String(64), nullable=True),
    sa.Column("unsure", sa.Text(), nullable=True),
    sa.Column("last_seen", sa.Float(), nullable=False, index=True),
    sa.UniqueConstraint("chat", "user"),
)
"""One person in one chat; ``user`` is 0 in a private chat. Times are seconds since 1970.

``question`` is the message with the newest buttons, ``pressed`` the newest button pressed, and
``unsure`` what may not have arrived (JSON), to be sent again when the person writes.
"""

offers = sa.Table(
    "telegram_offer",
    metadata,
    sa.Column("talk", _Id, sa.ForeignKey(talks.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("payload", sa.Text(), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
)
"""What stands behind each button a talk was shown: Telegram carries only the short key."""

updates = sa.Table(
    "telegram_update",
    metadata,
    sa.Column("seq", _Id, primary_key=True, autoincrement=True),
    sa.Column("update_id", sa.BigInteger(), nullable=False, unique=True),
    sa.Column("received", sa.Float(), nullable=False, index=True),
    sa.Column("content", sa.Text(), nullable=True),
    sa.Column("tries", sa.Integer(), nullable=False, default=0),
    sa.Column("reply", sa.Text(), nullable=True),
    sa.Column("sent", sa.Integer(), nullable=False, default=0),
    sa.Column("claim", sa.String(32), nullable=True),
    sa.Column("claimed", sa.Float(), nullable=False, default=0.0, server_default="0"),
)
"""Every update once. ``content`` and ``reply`` (JSON) are dropped when it has been handled.

``claim`` says which server process answers it, ``claimed`` when that was last heard of."""

CLAIM_SECONDS = 6.0
"""A server process not heard of for so long is gone: others answer what it has left."""


class TakenOverError(Exception):
    """Another server process answers the update."""


@dataclass(frozen=True)
class Talk:
    """A row of ``telegram_talk``."""

    id: int
    person: str
    language: str | None
    question: int | None
    pressed: str | None
    unsure: str | None


@dataclass(frozen=True)
class Pending:
    """An update on its way: how often it was begun, its reply if there is one, how much is sent."""

    tries: int
    reply: str | None
    sent: int


class TelegramStore:
    """Blocking reads and writes, each one short transaction; call them with ``Database.run``.

    Every method raises ``sqlalchemy.exc.SQLAlchemyError`` when the database is away, and has
    then changed nothing. What one store received or took up, no other answers, in any process, as
    long as it says again within `CLAIM_SECONDS` that it is there.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engine = database.engine
        self._claim = secrets.token_hex(16)
        self._insert = (sqlite if database.is_sqlite else postgresql).insert

    def receive(self, batch: Mapping[int, str | None]) -> set[int]:
        """Keep updates (id -> content, None for one to be ignored); return the ids that are new."""
        if not batch:
            return set()
        with self._engine.begin() as connection:
            known = set(
                connection.execute(
                    sa.select(updates.c.update_id).where(updates.c.update_id.in_(list(batch)))
                ).scalars()
            )
            now = time.time()
            rows = [
                {
                    "update_id": id_,
                    "received": now,
                    "content": content,
                    "claim": self._claim,
                    "claimed": now,
                }
                for id_, content in batch.items()
                if id_ not in known
            ]
            if rows:
                connection.execute(updates.insert(), rows)
        return set(batch) - known

    def take_up(self) -> list[str]:
        """Say that we are there; return what nobody answers any more, from now on ours.

        Returns:
            The contents of updates, oldest first.
        """
        now = time.time()
        open_ = updates.c.content.is_not(None)
        left = sa.and_(open_, updates.c.claimed < now - CLAIM_SECONDS)
        query = sa.select(updates.c.seq, updates.c.content).where(
            left, sa.func.coalesce(updates.c.claim, "") != self._claim
        )
        with self._engine.begin() as connection:
            mine = updates.update().where(open_, updates.c.claim == self._claim)
            connection.execute(mine.values(claimed=now))
            found = connection.execute(
                query.order_by(updates.c.seq).with_for_update(skip_locked=True)
            ).all()
            if found:
                chosen = updates.update().where(updates.c.seq.in_([seq for seq, _ in found]))
                connection.execute(chosen.values(claim=self._claim, claimed=now))
        return [content for _, content in found]

    def leave(self) -> None:
        """Leave what is not answered yet to whoever comes next."""
        with self._engine.begin() as connection:
            mine = updates.update().where(updates.c.claim == self._claim)
            connection.execute(mine.values(claim=None, claimed=0.0))

    def begin(self, update_id: int, chat: int, user: int, person: str) -> tuple[Talk, Pending]:
        """Count a try of an update and return its talk, begun for ``person`` if there is none.

        Raises:
            TakenOverError: The update is not ours any more.
        """
        chosen = updates.c.update_id == update_id
        with self._engine.begin() as connection:
            counted = updates.update().where(chosen, updates.c.claim == self._claim)
            if not connection.execute(counted.values(tries=updates.c.tries + 1)).rowcount:
                raise TakenOverError
            row = connection.execute(
                sa.select(updates.c.tries, updates.c.reply, updates.c.sent).where(chosen)
            ).one()
            talk = self._find(connection, chat, user)
            if talk is None:
                connection.execute(
                    talks.insert().values(
                        chat=chat, user=user, person=person, last_seen=time.time()
                    )
                )
                talk = self._find(connection, chat, user)
        assert talk is not None
        return talk, Pending(*row)

    def chat_of(self, person: str) -> tuple[int, int] | None:
        """Return the chat, and the user in it, where ``person`` talks."""
        query = sa.select(talks.c.chat, talks.c.user).where(talks.c.person == person)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row[0], row[1])

    def offer(self, talk: Talk, key: str) -> tuple[str, str] | None:
        """Return payload and title of a button that was shown in ``talk``."""
        query = sa.select(offers.c.payload, offers.c.title)
        with self._engine.connect() as connection:
            row = connection.execute(
                query.where(offers.c.talk == talk.id, offers.c.key == key)
            ).first()
        return None if row is None else (row[0], row[1])

    def reply(
        self,
        connection: Connection,
        update_id: int,
        talk: Talk,
        reply: str,
        shown: Mapping[str, tuple[str, str]],
        noted: Mapping[str, Any],
        forget: bool,
    ) -> None:
        """Keep the reply to an update before it is sent, in the transaction of the turn.

        Args:
            connection: Of the transaction.
            update_id: The update.
            talk: Where it came from.
            reply: The messages to send, as JSON.
            shown: The buttons on them: key -> payload and title.
            noted: Columns of the talk to set.
            forget: Whether the talk is erased instead.

        Raises:
            TakenOverError: The update is not ours any more; nothing of the turn is to be kept.
        """
        chosen = updates.c.update_id == update_id
        kept = updates.update().where(chosen, updates.c.claim == self._claim).values(reply=reply)
        if not connection.execute(kept).rowcount:
            raise TakenOverError
        if forget:
            _erase(connection, [talk.id])
            return
        connection.execute(
            talks.update().where(talks.c.id == talk.id).values(last_seen=time.time(), **noted)
        )
        if shown:
            insert = self._insert(offers)
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["talk", "key"], set_={"title": insert.excluded.title}
                ),
                [
                    {"talk": talk.id, "key": key, "payload": payload, "title": title}
                    for key, (payload, title) in shown.items()
                ],
            )

    def note(self, talk: Talk, **values: Any) -> None:
        """Set columns of a talk."""
        with self._engine.begin() as connection:
            connection.execute(talks.update().where(talks.c.id == talk.id).values(**values))

    def progress(self, update_id: int, sent: int) -> None:
        """Remember that the first ``sent`` messages of a reply need not be sent again."""
        with self._engine.begin() as connection:
            connection.execute(
                updates.update().where(updates.c.update_id == update_id).values(sent=sent)
            )

    def finish(self, update_id: int) -> None:
        """Drop what an update said and was answered; its id is remembered."""
        with self._engine.begin() as connection:
            connection.execute(
                updates.update()
                .where(updates.c.update_id == update_id)
                .values(content=None, reply=None)
            )

    def move(self, old: int, new: int) -> None:
        """Follow a group that has become a supergroup."""
        with self._engine.begin() as connection:
            taken = sa.select(talks.c.user).where(talks.c.chat == new)
            connection.execute(
                talks.update()
                .where(talks.c.chat == old, talks.c.user.not_in(taken.scalar_subquery()))
                .values(chat=new)
            )

    def delete(self, people: Sequence[Talk]) -> None:
        """Erase talks and all that hangs on them."""
        with self._engine.begin() as connection:
            _erase(connection, [talk.id for talk in people])
        self._database.scrub()

    def unseen_since(self, moment: float, limit: int = 100) -> list[Talk]:
        """Return up to ``limit`` talks whose last answer is older than ``moment``."""
        query = _TALK.where(talks.c.last_seen < moment).order_by(talks.c.last_seen).limit(limit)
        with self._engine.connect() as connection:
            return [Talk(*row) for row in connection.execute(query)]

    def wordy_since(self, moment: float) -> list[Talk]:
        """Return the talks silent since ``moment`` of which there are words, here or in events."""
        said = sa.exists().where(
            events.c.sender_id == talks.c.person, events.c.type_name.in_(("user", "bot"))
        )
        shown = sa.exists().where(offers.c.talk == talks.c.id)
        wordy = sa.or_(said, shown, talks.c.unsure.is_not(None))
        with self._engine.connect() as connection:
            query = _TALK.where(talks.c.last_seen < moment, wordy)
            return [Talk(*row) for row in connection.execute(query)]

    def drop_words(self, talk: Talk, moment: float) -> None:
        """Erase the buttons and unsent messages of a talk that is silent since ``moment``."""
        with self._engine.begin() as connection:
            silent = talks.update().where(talks.c.id == talk.id, talks.c.last_seen < moment)
            if connection.execute(silent.values(unsure=None, question=None)).rowcount:
                connection.execute(offers.delete().where(offers.c.talk == talk.id))

    def drop_handled(self, moment: float) -> None:
        """Forget the ids of updates handled that came before ``moment``."""
        with self._engine.begin() as connection:
            connection.execute(
                updates.delete().where(updates.c.received < moment, updates.c.content.is_(None))
            )

    @staticmethod
    def _find(connection: Connection, chat: int, user: int) -> Talk | None:
        row = connection.execute(_TALK.where(talks.c.chat == chat, talks.c.user == user)).first()
        return None if row is None else Talk(*row)


def _erase(connection: Connection, ids: Sequence[int]) -> None:
    connection.execute(offers.delete().where(offers.c.talk.in_(ids)))
    connection.execute(talks.delete().where(talks.c.id.in_(ids)))


_TALK = sa.select(
    talks.c.id,
    talks.c.person,
    talks.c.language,
    talks.c.question,
    talks.c.pressed,
    talks.c.unsure,
)

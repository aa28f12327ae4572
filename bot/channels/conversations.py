"""Web conversations: one turn at a time, each message id answered once, nothing half kept."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial
from typing import Any, TypeVar

from bot.channels.messages import Answer, Assistant, Said, Turn
from bot.channels.queues import Queues, Shares, TooManyWaitError
from bot.privacy.retention import TIDY_SECONDS, WORDS_SECONDS, words_in_place
from bot.store import (
    Database,
    Recorded,
    Session,
    SessionStore,
    Transaction,
    migrations,
    reminders,
    sheets,
)
from bot.store.clock import earliest
from bot.store.reminders import Reminder
from bot.store.sessions import digest

T = TypeVar("T")

CHANNEL = "web"
GREETING = "/greet"
LANGUAGES = ("fr", "ary", "ary-Latn")
DAY_SECONDS = 86_400

SESSION_WAITS = 20
ADDRESS_WAITS = 100
"""Turns that are taken or wait at most; one more is asked to come again later."""

WORK_AT_ONCE = 0.2
WORK_SHARE = 0.05
"""Seconds of work that an address may use at once, and in each second after that while others
are about: behind one address may be a school, or the telephones of a whole town."""

logger = logging.getLogger(__name__)


class NoSessionError(Exception):
    """The token opens no session."""


class IdReusedError(Exception):
    """The message id was used before, for something else."""


class UnknownPayloadError(Exception):
    """No button with this payload was shown in the session."""


REFUSALS = (NoSessionError, IdReusedError, UnknownPayloadError, TooManyWaitError)
"""What is the client's mistake, not ours."""


@dataclass(frozen=True)
class Incoming:
    """A message from a client: exactly one of ``text`` (cleaned) and ``payload`` is set."""

    id: str
    text: str | None = None
    payload: str | None = None

    @property
    def hash(self) -> str:
        """What tells one message from another that came with the same id."""
        kind, said = ("text", self.text) if self.payload is None else ("payload", self.payload)
        return digest(f"{kind}:{said}")


class Conversations:
    """The web's conversations with an assistant.

    Turns of one session wait for each other here, in the order they came. Only the first of each
    session waits for its address, and only the first of each address for the database: so sessions
    of one address take turns, and addresses take turns, however much one of them sends; and one
    that has used more than its share of the time gives way while others are about. A turn that began is finished and written even when its client has gone: the client finds the answer
    when it asks again with the same id.
    """

    def __init__(self, assistant: Assistant, database: Database) -> None:
        self._assistant = assistant
        self._database = database
        self._store = SessionStore(database)
        self._of_session = Queues(SESSION_WAITS)
        self._of_address = Queues(ADDRESS_WAITS)
        self._shares = Shares(WORK_AT_ONCE, WORK_SHARE)
        self._running: set[asyncio.Task[Any]] = set()
        self._rounds: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether a turn can be answered now."""
        return self._assistant.ready

    async def start(self, retention_days: int) -> None:
        """Bring the tables up to date; from now on erase what is older than ``retention_days``."""
        await self._database.run(migrations.upgrade, self._database)
        self._rounds = asyncio.ensure_future(self._keep_only(retention_days))

    async def stop(self) -> None:
        """Wait until the turns that run are written, then close the database."""
        if self._rounds is not None:
            self._rounds.cancel()
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(None, self._database.close)

    async def begin(
        self, language: str | None = None, address: str = ""
    ) -> tuple[str, list[dict[str, Any]]]:
        """Start a session; return its token (256 bits, kept only hashed) and the greeting.

        Args:
            language: What to greet in, where a website says it; any other word is ignored.
            address: Where the person writes from.

        Raises:
            TooManyWaitError: So many turns of this address wait already.
        """
        return await self._finish(self._begin(language, address))

    async def say(self, token: str, incoming: Incoming, site: str = "", address: str = "") -> str:
        """Take a turn and return its answer as JSON text.

        Args:
            token: The session's.
            incoming: What was said.
            site: Where the person reaches us, for links: ``https://example.org``.
            address: Where the person writes from.

        Raises:
            NoSessionError: The token is not known, or no longer.
            IdReusedError: The id belongs to another message.
            UnknownPayloadError: The payload was never offered.
            TooManyWaitError: So many turns of this session or address wait already.
        """
        return await self._finish(self._say(token, incoming, site, address))

    async def remind(self, reminder: Reminder, payload: str) -> None:
        """Say a reminder in the person's session: it is there at their next visit."""
        session = await self._database.read(self._store.of_person, reminder.person)
        if session is None:
            await self._database.write(reminders.done, reminder)
            return
        async with self._database.transaction(session.lock) as transaction:
            if not await transaction.run(reminders.done, reminder):
                return
            said = Said(payload, is_payload=True)
            turn = await self._assistant.take_turn(session.person, said, CHANNEL, transaction)
            messages = [from_bot(answer) for answer in turn.answers]
            await transaction.finish(self._store.tell, session, messages)

    async def history(self, token: str) -> list[str]:
        """Return all messages of both sides, oldest first, each as JSON text.

        Raises:
            NoSessionError: The token is not known.
        """
        messages = await self._database.read(self._store.history, token)
        if messages is None:
            raise NoSessionError
        return messages

    async def export(self, token: str) -> str:
        """Return everything that is kept of the person, as JSON text.

        Raises:
            NoSessionError: The token is not known.
        """
        session = await self._database.read(self._store.find, token)
        if session is None:
            raise NoSessionError
        known = await self._assistant.known(session.person)
        said = [json.loads(message) for message in await self.history(token)]
        kept = {"exported": now(), **known, "messages": said}
        return json.dumps(kept, ensure_ascii=False, indent=1)

    async def end(self, token: str, address: str = "") -> None:
        """Erase everything about a session and end its token.

        Raises:
            NoSessionError: The token is not known.
            TooManyWaitError: So many turns of this session or address wait already.
        """
        await self._finish(self._end(token, address))

    async def erase_older_than(self, days: int) -> int:
        """Erase the sessions whose last message is older than ``days``; return how many."""
        erased = 0
        moment = earliest() - days * DAY_SECONDS
        while old := await self._database.read(self._store.unseen_since, moment):
            for session in old:
                async with self._database.transaction(session.lock) as transaction:
                    await self._erase(session, transaction)
            await self._database.run(self._database.scrub)
            erased += len(old)
        return erased

    async def drop_words(self, seconds: float = WORDS_SECONDS) -> int:
        """Drop the words of sessions silent for so long; return of how many there were some."""
        dropped, before = 0, earliest() - seconds
        while silent := await self._database.read(self._store.wordy_since, before):
            for session in silent:
                async with self._database.transaction(session.lock) as transaction:
                    language = (await self._assistant.known(session.person, transaction))[
                        "language"
                    ]
                    instead = from_bot(Answer(words_in_place(language)))
                    await self._assistant.drop_words(session.person, before, transaction)
                    await transaction.finish(self._store.drop_words, session, before, instead)
            await self._database.run(self._database.scrub)
            dropped += len(silent)
        return dropped

    async def _keep_only(self, days: int) -> None:
        while True:
            pause = TIDY_SECONDS if self.ready else 1
            try:
                if self.ready:
                    await self.erase_older_than(days)
                    await self.drop_words()
            except Exception:  # a database that is away now must not end the rounds
                logger.exception("What is too old could not be erased; it is tried again")
            await asyncio.sleep(pause)

    async def _begin(self, language: str | None, address: str) -> tuple[str, list[dict[str, Any]]]:
        token, person = secrets.token_urlsafe(32), new_person()
        spoken = json.dumps({"language": language}) if language in LANGUAGES else ""
        greeting = Said(GREETING + spoken, is_payload=True, metadata={"first": True})
        async with self._turn_of(token, address) as transaction:
            turn = await self._assistant.take_turn(person, greeting, CHANNEL, transaction)
            messages = [from_bot(answer) for answer in turn.answers]
            await transaction.finish(self._store.create, token, person, messages)
        return token, messages

    async def _say(self, token: str, incoming: Incoming, site: str, address: str) -> str:
        received = now()
        async with self._turn_of(token, address) as transaction:
            opening = await transaction.run(
                self._store.open_turn, token, incoming.id, incoming.payload
            )
            if opening is None:
                raise NoSessionError
            if opening.answered is not None:
                if opening.answered.said_hash != incoming.hash:
                    raise IdReusedError
                return opening.answered.answer
            if incoming.payload is None:
                shown, said = incoming.text or "", Said(incoming.text or "")
            elif opening.title is None:
                raise UnknownPayloadError
            else:
                shown, said = opening.title, Said(incoming.payload, is_payload=True)
            session = opening.session
            turn = await self._assistant.take_turn(session.person, said, CHANNEL, transaction)
            question = message(incoming.id, "person", received, shown)
            turn = self._link_sheets(turn, session, site, transaction)
            answer = await self._write(session, incoming, question, turn, transaction)
        if turn.forget:
            await self._database.run(self._database.scrub)
        return answer

    def _link_sheets(
        self, turn: Turn, session: Session, site: str, transaction: Transaction
    ) -> Turn:
        """Put each sheet behind an unguessable link, kept when the turn is."""

        def linked(answer: Answer) -> Answer:
            if answer.sheet is None:
                return answer
            key = secrets.token_urlsafe(24)
            transaction.later(partial(sheets.keep, once=False), key, session.person, answer.sheet)
            return replace(answer, text=f"{site}/chat/sheets/{key}", sheet=None)

        return replace(turn, answers=tuple(map(linked, turn.answers)))

    async def _write(
        self,
        session: Session,
        incoming: Incoming,
        question: dict[str, Any],
        turn: Turn,
        transaction: Transaction,
    ) -> str:
        """Write the turn whole: what was said, the answer to its id, and what is remembered."""
        replies = [from_bot(answer) for answer in turn.answers]
        body: dict[str, Any] = {
            "messages": replies,
            "language": turn.language,
            "dir": turn.direction,
        }
        if turn.forget:
            body["forgotten"] = True  # what is on the screen goes too
        answer = json.dumps(body, ensure_ascii=False)
        recorded = Recorded(incoming.id, incoming.hash, answer, [question, *replies])
        if turn.forget:
            await self._assistant.forget(session.person, transaction)
            await transaction.finish(self._store.start_over, session, new_person(), recorded)
        else:
            await transaction.finish(self._store.record, session, recorded)
        return answer

    async def _end(self, token: str, address: str) -> None:
        async with self._turn_of(token, address) as transaction:
            session = await transaction.run(self._store.find, token)
            if session is None:
                raise NoSessionError
            await self._erase(session, transaction)
        await self._database.run(self._database.scrub)

    async def _erase(self, session: Session, transaction: Transaction) -> None:
        await self._assistant.forget(session.person, transaction)
        await transaction.finish(self._store.delete, session)

    async def _finish(self, work: Coroutine[Any, Any, T]) -> T:
        """Do ``work`` to its end, even when the client that asked for it goes away."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_tell_if_failed)
            raise

    @asynccontextmanager
    async def _turn_of(self, token: str, address: str) -> AsyncIterator[Transaction]:
        session = digest(token)
        used = 0.0

        def rest() -> float:
            return self._shares.rest(address, used)

        async with (
            self._of_session.turn(session),
            self._of_address.turn(address, rest),
            self._database.transaction(session) as transaction,
        ):
            began = time.perf_counter()
            try:
                yield transaction
            finally:
                used = time.perf_counter() - began


def _tell_if_failed(task: asyncio.Task[Any]) -> None:
    problem = None if task.cancelled() else task.exception()
    if problem is not None and not isinstance(problem, REFUSALS):
        logger.error("A turn whose client had gone failed", exc_info=problem)


def new_person() -> str:
    """Return an unguessable id for the assistant, unrelated to any token."""
    return f"{CHANNEL}-{secrets.token_hex(16)}"


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the millisecond."""
    moment = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")


def message(id_: str, sender: str, at: str, text: str) -> dict[str, Any]:
    """Return a message of the HTTP contract without buttons and cards."""
    return {"id": id_, "from": sender, "at": at, "text": text, "buttons": [], "cards": []}


def from_bot(answer: Answer) -> dict[str, Any]:
    """Return an answer of the assistant as a message with an id and the time."""
    said = message(str(uuid.uuid4()), "bot", now(), answer.text)
    said["buttons"] = [button.to_json() for button in answer.buttons]
    said["cards"] = [card.to_json() for card in answer.cards]
    return said

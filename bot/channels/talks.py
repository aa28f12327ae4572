"""Talks with people on a chat service: order, memory, buttons, forgetting."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections import deque
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, replace
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.messages import Answer, Assistant, Turn
from bot.channels.signposts import Signposts
from bot.channels.talk_model import REMINDER, Incoming, Outgoing, Sent, Wire, offered
from bot.channels.talk_reading import Reader, press_of
from bot.channels.talk_words import Texts
from bot.channels.tasks import end
from bot.privacy import mask
from bot.privacy.retention import TIDY_SECONDS, WORDS_SECONDS
from bot.store import Database, migrations, reminders
from bot.store.reminders import Reminder
from bot.store.telegram_talks import Pending, TakenOverError, Talk, TelegramStore

CHANNEL = "telegram"
DAY_SECONDS = 86_400
SPREAD = 1000
TRIES = 3
"""An update whose handling ended the program so often is given up."""

TURNS = 4
"""Turns that are thought about at the same time. Thinking is work for the processor: more of them
would only end later, all together, with no moment left for sending and for other channels."""

PAUSES = (0.5, 2.0)
"""Seconds after which a message is tried again while the database is away."""

TAKE_UP_SECONDS = 2.0
"""How often a process says that it is there, and looks for what others have left."""

UNSURE = 5
"""Messages at most that are sent again, when a person writes, because they may not have arrived."""

logger = logging.getLogger(__name__)


class Talks:
    """Takes what came from the service to the assistant, and its answers back.

    Everything received is kept in the database until it has been answered, so a program that is
    killed loses nothing. What one person sends is handled one by one, in order; people do not
    wait for each other.
    """

    def __init__(
        self,
        assistant: Assistant,
        database: Database,
        wire: Wire,
        texts: Texts,
        signposts: Signposts,
    ) -> None:
        self._assistant = assistant
        self._database = database
        self._store = TelegramStore(database)
        self._wire = wire
        self._texts = texts
        self._reader = Reader(database, self._store, wire, texts, signposts)
        self._queues: dict[tuple[int, int], deque[Incoming]] = {}
        self._running: set[asyncio.Task[Any]] = set()
        self._rounds: list[asyncio.Task[None]] = []
        self._thinking = asyncio.Semaphore(TURNS)

    async def start(self, retention_days: int) -> None:
        """Go on with what was left, here or by others; erase from now on what is too old."""
        await self._database.run(migrations.upgrade, self._database)
        await self._take_up()
        self._rounds = [
            asyncio.ensure_future(self._keep_taking_up()),
            asyncio.ensure_future(self._keep_only(retention_days)),
        ]

    async def stop(self, seconds: float) -> None:
        """Let what runs finish for at most ``seconds``; the rest is done after the next start."""
        await end(self._rounds)
        self._queues, waiting = {}, self._queues
        for queue in waiting.values():
            queue.clear()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            await end(late)
        if self._rounds:
            try:
                await self._database.run(self._store.leave)
            except SQLAlchemyError:
                logger.exception("What is not answered is taken up a little later")
        await asyncio.get_running_loop().run_in_executor(None, self._database.close)

    async def receive(self, batch: Sequence[tuple[int, Incoming | None]]) -> None:
        """Keep a batch of updates (id and content) and begin to answer those that are new.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: They could not be kept, and nothing is begun.
        """
        batch = [(update, incoming and _masked(incoming)) for update, incoming in batch]
        kept = {
            update: None if incoming is None else json.dumps(asdict(incoming), ensure_ascii=False)
            for update, incoming in batch
        }
        new = await self._database.run(self._store.receive, kept)
        for update, incoming in batch:
            if incoming is not None and update in new:
                new.discard(update)  # the same id may stand twice in one batch
                if incoming.query:
                    self._spawn(self._wire.acknowledge(incoming.query))
                self._enqueue(incoming)

    async def remind(self, reminder: Reminder, payload: str) -> None:
        """Say a reminder: it passes through the inbox, so that it is said once and not lost."""
        chat = await self._database.run(self._store.chat_of, reminder.person)
        if chat is not None:
            # The same for the same reminder only; ids of the service's own updates are positive.
            update = -round(reminder.due * 1000) * SPREAD - reminder.id % SPREAD
            incoming = Incoming(update, *chat, kind=REMINDER, text=payload)
            await self.receive([(update, incoming)])
        await self._database.write(reminders.done, reminder)

    async def erase_older_than(self, days: float) -> int:
        """Erase the talks whose last answer is older than ``days``; return how many."""
        erased = 0
        moment = time.time() - days * DAY_SECONDS
        while old := await self._database.run(self._store.unseen_since, moment):
            for talk in old:
                await self._assistant.forget(talk.person)
            await self._database.run(self._store.delete, old)
            erased += len(old)
        await self._database.run(self._store.drop_handled, time.time() - DAY_SECONDS)
        return erased

    async def drop_words(self, seconds: float = WORDS_SECONDS) -> int:
        """Drop the words of talks silent for so long; return of how many there were some."""
        before = time.time() - seconds
        silent = await self._database.run(self._store.wordy_since, before)
        for talk in silent:
            await self._assistant.drop_words(talk.person, before)
            await self._database.run(self._store.drop_words, talk, before)
        if silent:
            await self._database.run(self._database.scrub)
        return len(silent)

    async def _take_up(self) -> None:
        for content in await self._database.run(self._store.take_up):
            self._enqueue(Incoming(**json.loads(content)))

    async def _keep_taking_up(self) -> None:
        while True:
            await asyncio.sleep(TAKE_UP_SECONDS)
            try:
                await self._take_up()
            except Exception:  # a database that is away now must not end the rounds
                logger.exception("What others have left could not be taken up")

    def _enqueue(self, incoming: Incoming) -> None:
        key = (incoming.chat, incoming.user)
        if key in self._queues:
            self._queues[key].append(incoming)
            return
        self._queues[key] = deque([incoming])
        self._spawn(self._work(key, self._queues[key]))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _work(self, key: tuple[int, int], queue: deque[Incoming]) -> None:
        while queue:
            incoming = queue.popleft()
            structlog.contextvars.bind_contextvars(request=f"{CHANNEL}-{incoming.update}")
            await self._handle(incoming)
        if self._queues.get(key) is queue:
            del self._queues[key]

    async def _handle(self, incoming: Incoming) -> None:
        while not self._assistant.ready:  # noqa: ASYNC110 (the model is loaded elsewhere)
            await asyncio.sleep(0.1)
        for pause in (*PAUSES, None):
            try:
                await self._answer(incoming)
                break
            except TakenOverError:
                logger.warning("A message is answered by another process")
                return
            except (SQLAlchemyError, OSError) as problem:  # nothing has happened yet
                logger.error("A message is tried again: %s", type(problem).__name__)
                if pause is None:
                    await self._apologise(incoming)
                else:
                    await asyncio.sleep(pause)
            except Exception:  # one message must not hold up the next
                logger.exception("A message could not be answered")
                await self._apologise(incoming)
                break
        try:
            await self._database.run(self._store.finish, incoming.update)
        except Exception:
            logger.exception("The database is away: a message may be answered twice")

    async def _answer(self, incoming: Incoming) -> None:
        if incoming.kind == "moved":
            await self._database.run(self._store.move, incoming.chat, int(incoming.text))
            return
        # «Typing» begins with the thinking, and ends, before the answer, without holding up others.
        async with AsyncExitStack() as shown, self._thinking:
            talk, pending = await self._database.run(
                self._store.begin, incoming.update, incoming.chat, incoming.user, _new_person()
            )
            if pending.reply is None and pending.tries <= TRIES:
                pending = await self._reply(incoming, talk, shown)
        if pending.reply is None:
            logger.error("A message is given up after %s tries", TRIES)
            await self._apologise(incoming)
        else:
            await self._deliver(incoming, talk, pending)

    async def _reply(self, incoming: Incoming, talk: Talk, shown: AsyncExitStack) -> Pending:
        """Think of a reply and keep it, so that from here on only sending is left to do."""
        read = await self._reader.read(incoming, talk)
        answers: list[Answer] = []
        if read.notice:
            answers = [Answer(self._texts.say(read.notice, talk.language, incoming.locale))]
        if read.said:
            await shown.enter_async_context(self._wire.typing(incoming.chat))
        for said in read.said[:-1]:  # a greeting before what a link points to
            answers += (await self._assistant.take_turn(talk.person, said, CHANNEL)).answers
        # The turn and its reply are written together: whatever happens, it is not taken twice.
        async with self._database.transaction(talk.person) as transaction:
            turn = Turn((), talk.language or _likely(incoming.locale))
            for said in read.said[-1:]:
                turn = await self._assistant.take_turn(talk.person, said, CHANNEL, transaction)
            answers += turn.answers
            messages = self._wire.render(answers, self._texts.rendering(turn.language))
            if talk.unsure and not turn.forget:
                messages = [*map(Outgoing.from_json, json.loads(talk.unsure)), *messages]
            reply = json.dumps([message.to_json() for message in messages], ensure_ascii=False)
            noted: dict[str, Any] = {"unsure": None}
            if read.said:
                noted["language"] = turn.language
            if mark := press_of(incoming):
                noted["pressed"] = mark
            if turn.forget:
                await self._assistant.forget(talk.person, transaction)
            kept = (reply, offered(answers), noted, turn.forget)
            await transaction.finish(self._store.reply, incoming.update, talk, *kept)
        if turn.forget:
            await self._database.run(self._database.scrub)
        return Pending(1, reply, 0)

    async def _deliver(self, incoming: Incoming, talk: Talk, pending: Pending) -> None:
        messages = [Outgoing.from_json(one) for one in json.loads(pending.reply or "[]")]
        unsure: list[dict[str, Any]] = []
        for number, message in enumerate(messages[pending.sent :], start=pending.sent + 1):
            sent = await self._send(incoming, message)
            if sent.unsure:
                unsure.append(message.to_json())
            elif message.is_question and sent.message is not None:
                await self._database.run(self._store.note, talk, question=sent.message)
            if number < len(messages):
                await self._database.run(self._store.progress, incoming.update, number)
        if unsure:
            kept = json.dumps(unsure[-UNSURE:], ensure_ascii=False)
            await self._database.run(self._store.note, talk, unsure=kept)

    async def _apologise(self, incoming: Incoming) -> None:
        sorry = Answer(self._texts.say("failed", None, incoming.locale))
        for message in self._wire.render([sorry], self._texts.rendering("fr")):
            await self._send(incoming, message)

    async def _send(self, incoming: Incoming, message: Outgoing) -> Sent:
        reply_to = incoming.message if incoming.user else None  # in a group: to whom
        return await self._wire.send(incoming.chat, message, reply_to)

    async def _keep_only(self, days: int) -> None:
        while True:
            pause = TIDY_SECONDS if self._assistant.ready else 1
            try:
                if self._assistant.ready:
                    await self.erase_older_than(days)
                    await self.drop_words()
            except Exception:  # a database that is away now must not end the rounds
                logger.exception("What is too old could not be erased; it is tried again")
            await asyncio.sleep(pause)


def _new_person() -> str:
    """Return an unguessable id for the assistant, unrelated to any id of Telegram's."""
    return f"{CHANNEL}-{secrets.token_hex(16)}"


def _masked(incoming: Incoming) -> Incoming:
    """Return what came without the numbers that identify people: before anything keeps it."""
    if incoming.kind in ("press", "moved", "location", REMINDER):  # data of ours, not words
        return incoming
    return replace(incoming, text=mask(incoming.text))


def _likely(locale: str) -> str:
    return "ary" if locale.startswith("ar") else "fr"

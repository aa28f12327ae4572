"""The conversation as channels see it: one turn in, the answers out, whatever was sent."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.channels.follow_up import Speak
from bot.channels.messages import Answer, Button, Card, Said, Turn
from bot.channels.queues import Queues
from bot.noticed import Noticed
from bot.rasa import tracker_store
from bot.rasa.in_process import APOLOGY
from bot.rasa.noticing import notice
from bot.rasa.payloads import message_text
from bot.rasa.tracker_store import conversations_of
from bot.store import keepsakes
from bot.store.database import Database, Transaction

logger = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "fr"
LANGUAGE_SLOT = "language"

TRANSIENT = (SQLAlchemyError, OSError, MemoryError)
"""What may be well the next time: such a turn is as if it had not been asked for, because an
apology would be kept as the answer."""


class TurnChannel(CollectingOutputChannel):
    """Collects the answers of one turn; sends nothing, and therefore never fails."""

    def __init__(self, channel: str) -> None:
        """Start an empty turn; ``channel`` is the name Rasa sees."""
        super().__init__()
        self._channel = channel
        self.answers: list[Answer] = []
        self.forget = False
        self.kept: list[Mapping[str, Any]] = []

    def name(self) -> str:  # a class method in Rasa, always asked on instances
        """Return the channel's name."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message of the bot as an :class:`Answer`."""
        try:
            self._collect(message)
        except (KeyError, TypeError, AttributeError):
            logger.exception("A message of the bot has an unknown form and is left out")

    def _collect(self, message: dict[str, Any]) -> None:
        custom = message.get("custom") or {}
        self.forget = self.forget or custom.get("forget") is True
        if kept := custom.get("keep"):
            self.kept.append(kept)
        answer = Answer(
            text=(message.get("text") or "").strip(),
            buttons=tuple(Button(b["title"], b["payload"]) for b in message.get("buttons") or ()),
            cards=tuple(Card.from_json(card) for card in custom.get("cards") or ()),
            sheet=custom.get("sheet"),
        )
        if answer != Answer():
            self.answers.append(answer)


class RasaAssistant:
    """Answers people through a Rasa agent.

    Turns of one person are taken one by one, in the order they came, here and not in Rasa's
    own lock, which looks only once a second whether it is free.
    """

    def __init__(
        self,
        agent: Callable[[], Agent | None],
        watch: Callable[[Noticed], None] = lambda _noticed: None,
    ) -> None:
        """Make an assistant.

        Args:
            agent: Returns the agent, asked anew each time: it is loaded after the channels.
            watch: Told of every turn that was written.
        """
        self._agent = agent
        self._watch = watch
        self._queues = Queues()

    @property
    def ready(self) -> bool:
        """Whether a turn can be answered now."""
        agent = self._agent()
        return agent is not None and agent.is_ready()

    async def take_turn(
        self, person: str, said: Said, channel: str, within: Transaction | None = None
    ) -> Turn:
        """Answer what ``person`` said.

        Args:
            person: An opaque, unguessable id.
            said: Typed text, or the payload of one of our own buttons or commands.
            channel: The channel's name, for responses that differ by channel.
            within: The transaction in which the turn is written; without one, in its own.

        Returns:
            The answers. Where the turn failed or the assistant is not ready: an apology.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: The database is away: nothing happened, try again.
            OSError: The machine has no room or no memory left: the same.
        """
        agent = self._agent()
        if agent is None or not agent.is_ready():
            logger.error("A message came before the model was loaded")
            return Turn((), DEFAULT_LANGUAGE)
        if within is not None:
            return await self._think(agent, person, said, channel, within)
        async with self._alone(agent, person) as transaction:
            turn = await self._think(agent, person, said, channel, transaction)
            await transaction.finish()
            return turn

    async def forget(self, person: str, within: Transaction | None = None) -> None:
        """Erase everything kept about ``person``'s conversation."""
        agent = self._agent()
        if agent is None:
            return
        store = conversations_of(agent)
        if within is not None:
            store.forget(person, within)
            return
        async with self._alone(agent, person) as transaction:
            store.forget(person, transaction)
            await transaction.finish()

    async def drop_words(
        self, person: str, before: float, within: Transaction | None = None
    ) -> None:
        """Drop words and what is sensitive where the last turn came before ``before``."""
        agent = self._agent()
        if agent is None:
            return
        store = conversations_of(agent)
        if within is not None:
            await store.drop_words(person, before, within)
            return
        async with self._alone(agent, person) as transaction:
            await store.drop_words(person, before, transaction)
            await transaction.finish()

    async def known(self, person: str, within: Transaction | None = None) -> dict[str, Any]:
        """Return language, profile, own applications, and whether reminders are wanted."""
        agent = self._agent()
        tracker = agent and await conversations_of(agent).read(person, within)
        if not tracker:
            return {
                "language": DEFAULT_LANGUAGE,
                "profile": {},
                "dossiers": {},
                "reminders": False,
            }
        return {
            "language": tracker.get_slot(LANGUAGE_SLOT),
            "profile": tracker.get_slot("profile") or {},
            "dossiers": tracker.get_slot("dossiers") or {},
            "reminders": bool(tracker.get_slot("reminders")),
        }

    async def _think(
        self, agent: Agent, person: str, said: Said, channel: str, transaction: Transaction
    ) -> Turn:
        """Take a turn whose outcome is written when ``transaction`` is finished."""
        started, failed = time.perf_counter(), False
        store = conversations_of(agent)
        output = TurnChannel(channel)
        message = UserMessage(
            text=message_text(said, agent.domain),
            output_channel=output,
            sender_id=person,
            input_channel=channel,
            metadata=said.metadata,
        )
        with tracker_store.turn(transaction) as going:
            try:
                await agent.handle_message(message)
                tracker = going.tracker
            except TRANSIENT:
                raise
            except Exception:
                logger.exception("A turn failed")
                failed = True
                tracker = await store.get_or_create_tracker(person)
                output.answers = await _apology(agent, tracker, channel)
        if output.forget:
            # Rasa saves the conversation at the end of a turn, so it is deleted after it
            store.forget(person, transaction)
        elif output.kept:
            transaction.later(keepsakes.write, person, output.kept)
        transaction.afterwards(lambda: self._tell(tracker, channel, started, failed))
        language = (tracker and tracker.get_slot(LANGUAGE_SLOT)) or DEFAULT_LANGUAGE
        return Turn(tuple(output.answers), language, output.forget)

    def _tell(
        self, tracker: DialogueStateTracker | None, channel: str, started: float, failed: bool
    ) -> None:
        """Have a turn counted that was written; what goes wrong here harms nobody."""
        seconds = time.perf_counter() - started
        try:
            if failed or tracker is None:
                self._watch(Noticed(channel, seconds, "none", is_new=False, failed=True))
            else:
                self._watch(notice(tracker, channel, seconds))
        except Exception:
            logger.exception("A turn could not be counted")

    @asynccontextmanager
    async def _alone(self, agent: Agent, person: str) -> AsyncIterator[Transaction]:
        """Wait for ``person``'s earlier turns, here and in other processes."""
        database = conversations_of(agent).database
        async with self._queues.turn(person), database.transaction(person) as transaction:
            yield transaction


def assistant_of(app: Any) -> RasaAssistant:
    """Return the one assistant of a Sanic application in which Rasa loads its agent."""
    existing: RasaAssistant | None = getattr(app.ctx, "assistant", None)
    if existing is None:
        watch = getattr(app.ctx, "watch", None)
        watching = {"watch": watch.turn} if watch is not None else {}
        existing = RasaAssistant(lambda: getattr(app.ctx, "agent", None), **watching)
        app.ctx.assistant = existing
    return existing


def database_of(app: Any) -> Database:
    """Return the database of a Sanic application, which its channels share."""
    if getattr(app.ctx, "database", None) is None:
        app.ctx.database = Database(settings.load().sqlalchemy_url)
    database: Database = app.ctx.database
    return database


def speakers_of(app: Any) -> dict[str, Speak]:
    """Return what says reminders on a Sanic application, by channel; channels add themselves."""
    if getattr(app.ctx, "speakers", None) is None:
        app.ctx.speakers = {}
    speakers: dict[str, Speak] = app.ctx.speakers
    return speakers


async def _apology(agent: Agent, tracker: DialogueStateTracker, channel: str) -> list[Answer]:
    """Say, in words of domain.yml, that something went wrong."""
    output = TurnChannel(channel)
    try:
        message = await agent.nlg.generate(APOLOGY, tracker, channel)
        if message:
            await output.send_response(tracker.sender_id, message)
    except Exception:
        logger.exception("Not even an apology could be made")
    return output.answers

"""The conversation as channels see it: one turn in, the answers out, whatever was sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.messages import Answer, Button, Card, Said, Turn
from bot.rasa import tracker_store
from bot.rasa.in_process import APOLOGY
from bot.rasa.payloads import message_text

logger = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "fr"
LANGUAGE_SLOT = "language"


class TurnChannel(CollectingOutputChannel):
    """Collects the answers of one turn; sends nothing, and therefore never fails."""

    def __init__(self, channel: str) -> None:
        """Start an empty turn; ``channel`` is the name Rasa sees."""
        super().__init__()
        self._channel = channel
        self.answers: list[Answer] = []
        self.forget = False

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
        answer = Answer(
            text=(message.get("text") or "").strip(),
            buttons=tuple(Button(b["title"], b["payload"]) for b in message.get("buttons") or ()),
            cards=tuple(Card.from_json(card) for card in custom.get("cards") or ()),
        )
        if answer != Answer():
            self.answers.append(answer)


class RasaAssistant:
    """Answers people through a Rasa agent.

    Turns of one person are taken one by one, in the order they came, here and not in Rasa's
    own lock, which looks only once a second whether it is free.
    """

    def __init__(self, agent: Callable[[], Agent | None]) -> None:
        """Take the agent from ``agent``, asked anew each time: it is loaded after the channels."""
        self._agent = agent
        self._queues: dict[str, tuple[asyncio.Lock, int]] = {}

    @property
    def ready(self) -> bool:
        """Whether a turn can be answered now."""
        agent = self._agent()
        return agent is not None and agent.is_ready()

    async def take_turn(self, person: str, said: Said, channel: str) -> Turn:
        """Answer what ``person`` said.

        Args:
            person: An opaque, unguessable id.
            said: Typed text, or the payload of one of our own buttons or commands.
            channel: The channel's name, for responses that differ by channel.

        Returns:
            The answers. Where the turn failed or the assistant is not ready: an apology.
        """
        async with self._turn_of(person):
            output = TurnChannel(channel)
            agent = self._agent()
            if agent is None or not agent.is_ready():
                logger.error("A message came before the model was loaded")
                return Turn((), DEFAULT_LANGUAGE)
            tracker_store.just_saved.set(None)
            try:
                await agent.handle_message(
                    UserMessage(
                        text=message_text(said, agent.domain),
                        output_channel=output,
                        sender_id=person,
                        input_channel=channel,
                        metadata=said.metadata,
                    )
                )
            except Exception:
                logger.exception("A turn failed")
                output.answers = await _apology(agent, person, channel)
            language = await _language(agent, person)
            if output.forget:
                # Rasa saves the conversation at the end of a turn, so it is deleted after it
                tracker_store.forget(agent, person)
            return Turn(tuple(output.answers), language, output.forget)

    async def forget(self, person: str) -> None:
        """Erase everything kept about ``person``'s conversation."""
        async with self._turn_of(person):
            agent = self._agent()
            if agent is not None:
                tracker_store.forget(agent, person)

    @asynccontextmanager
    async def _turn_of(self, person: str) -> AsyncIterator[None]:
        """Wait for ``person``'s earlier turns; a queue exists only while somebody is in it."""
        lock, waiting = self._queues.get(person, (asyncio.Lock(), 0))
        self._queues[person] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._queues[person]
            if waiting == 1:
                del self._queues[person]
            else:
                self._queues[person] = (lock, waiting - 1)


def assistant_of(app: Any) -> RasaAssistant:
    """Return the one assistant of a Sanic application in which Rasa loads its agent."""
    existing: RasaAssistant | None = getattr(app.ctx, "assistant", None)
    if existing is None:
        existing = RasaAssistant(lambda: getattr(app.ctx, "agent", None))
        app.ctx.assistant = existing
    return existing


async def _language(agent: Agent, person: str) -> str:
    """Return the language the person is answered in, as the conversation now stands."""
    tracker = tracker_store.just_saved.get()
    if tracker is None or tracker.sender_id != person:
        try:
            tracker = await agent.tracker_store.retrieve(person)
        except Exception:
            logger.exception("The conversation could not be read back")
    return (tracker and tracker.get_slot(LANGUAGE_SLOT)) or DEFAULT_LANGUAGE


async def _apology(agent: Agent, person: str, channel: str) -> list[Answer]:
    """Say, in words of domain.yml, that something went wrong."""
    output = TurnChannel(channel)
    try:
        tracker = await agent.tracker_store.retrieve(person)
        if tracker is None:
            tracker = DialogueStateTracker(person, agent.domain.slots if agent.domain else [])
        message = await agent.nlg.generate(APOLOGY, tracker, channel)
        if message:
            await output.send_response(person, message)
    except Exception:
        logger.exception("Not even an apology could be made")
    return output.answers

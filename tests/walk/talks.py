"""Leading conversations at random with the real assistant, in this process and without HTTP."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import structlog

import eligibility
from actions.profile import DECLINED, stated
from bot.channels.messages import Said, Turn
from bot.rasa import training
from bot.rasa.assistant import RasaAssistant
from bot.rasa.loading import load, open_database
from tests.server import ROOT
from tests.walk import checks
from tests.walk.person import Person
from tests.walk.phrases import Move, Phrases

T = TypeVar("T")

PAGES = 40
"""The results of one person never take so many pages."""


@dataclass
class Talk:
    """One conversation: what was said, and what was wrong.

    Attributes:
        lines: Both sides, as they spoke.
        failures: What was wrong, each with the number of the turn.
    """

    seed: str
    lines: list[str] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)


class Walk:
    """The assistant and the people who talk to it."""

    def __init__(self) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        # In a thread: where a browser is driven in this process, its loop is running already.
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._folder = TemporaryDirectory()
        model = training.newest_model()
        assert model is not None, "make train"
        database = open_database(f"sqlite:///{self._folder.name}/talks.db")
        agent = self._wait(load(model, database))
        self._agent = agent
        self._assistant = RasaAssistant(lambda: agent)
        self._phrases = Phrases()
        self._catalogue = eligibility.load(ROOT / "catalogue")

    def talk(self, seed: str, turns: int) -> Talk:
        """Lead one conversation; the same seed leads the same one."""
        return self._wait(self._talk(seed, turns))

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _talk(self, seed: str, turns: int) -> Talk:
        talk = Talk(seed)
        person = Person(seed, self._phrases, self._catalogue)
        first = Said("/greet", is_payload=True, metadata={"first": True})
        last = await self._assistant.take_turn(seed, first, "web")
        before: Move | None = None
        for number in range(1, turns + 1):
            move = person.next_move(last)
            turn = await self._say(talk, move, number)
            person.said(move)
            wrong = [
                *checks.of_the_answer(turn),
                *checks.of_repetition(last, turn, before, move),
                *checks.of_the_question(turn, set(person.told) - person.unsettled),
                *checks.of_the_language(turn, move, person.chose_language),
                *await self._misheard(talk.seed, person, move),
            ]
            talk.failures += [(number, each) for each in wrong]
            talk.lines += [f"    !! {each}" for each in wrong]
            last, before = turn, move
        await self._compare(talk, person, turns)
        await self._assistant.forget(seed)
        return talk

    async def _misheard(self, seed: str, person: Person, move: Move) -> list[str]:
        """Compare what is known with what was told; each difference counts once."""
        tracker = await self._agent.tracker_store.retrieve(seed)
        profile = (tracker and tracker.get_slot("profile")) or {}
        known = {f: stated(v) for f, v in profile.items() if stated(v) != DECLINED}
        told = {f: v for f, v in person.told.items() if v != DECLINED}
        for fact, value in known.items():
            if person.hinted.get(fact) == value and (fact not in told or fact == "seeking"):
                told[fact] = value
        wrong = [
            f"misheard {fact}: known {known.get(fact)}, told {told.get(fact)}: {move.text}"
            for fact in sorted({*known, *told})
            if known.get(fact) != told.get(fact)
        ]
        person.told = {f: v for f, v in person.told.items() if v == DECLINED} | known
        return wrong

    async def _compare(self, talk: Talk, person: Person, turns: int) -> None:
        """Compare all results that are shown at the end with the engine's, on what was told."""
        told = {f: v for f, v in person.told.items() if v != DECLINED}
        if self._catalogue.match(told).contradictions:
            return
        shown = await self._all_results(talk, told, turns)
        wrong = list(checks.of_the_verdicts(shown, told, self._catalogue))
        talk.failures += [(turns, each) for each in wrong]
        talk.lines += [f"    !! {each}" for each in wrong]

    async def _all_results(self, talk: Talk, told: dict[str, Any], turns: int) -> dict[str, str]:
        shown: dict[str, str] = {}
        # What was shown before is only named; its verdict is the one it has.
        known = {v.scheme: v.outcome for v in self._catalogue.match(told).verdicts}
        say, insisted = "/find_schemes", False
        for _ in range(PAGES):
            turn = await self._say(talk, Move(say, "all results", pressed=True), turns)
            cards = [card for answer in turn.answers for card in answer.cards]
            shown.update({card.scheme: card.verdict for card in cards})
            more = [b.payload for a in turn.answers for b in a.buttons]
            named = [s for s in self._catalogue.schemes if any(f'"{s}"' in p for p in more)]
            shown.update({s: known[s] for s in named if s not in shown})
            if not cards and not insisted:
                insisted = True  # what was shown before is shown whole to who insists
                continue
            if "/follow_up" not in more:
                return shown
            say, insisted = "/follow_up", False
        return shown

    async def _say(self, talk: Talk, move: Move, number: int) -> Turn:
        turn = await self._assistant.take_turn(talk.seed, Said(move.text, move.pressed), "web")
        talk.lines.append(f"{number:>3} > {move.text}   ({move.kind})")
        for answer in turn.answers:
            talk.lines += [f"      {line}" for line in answer.text.splitlines()]
            talk.lines += [f"      [{c.verdict}] {c.title}" for c in answer.cards]
            if answer.buttons:
                talk.lines.append("      " + " ".join(f"[{b.title}]" for b in answer.buttons))
        return turn

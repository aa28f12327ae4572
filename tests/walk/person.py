"""Somebody who talks at random, but as people do: answers, tells, asks, corrects, wavers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from random import Random
from typing import Any

import eligibility
from bot.channels.messages import Button, Turn
from tests.questions import asked
from tests.walk.phrases import LANGUAGES, Move, Phrases

SWITCHES = 0.12
"""How often a message is written in another language than the person's own."""

CONTRADICTS = 0.02
"""How often somebody says what does not go with the rest."""

LEFT_ALONE = frozenset({"/restart", "/delete_data", "/affirm", "/deny"})
"""Buttons that throw away what was told, or answer whether to: not pressed here."""


class Person:
    """One person of the walk, the same for the same seed.

    Attributes:
        told: What has been told so far, as a profile.
        hinted: What may also have been understood, beside what was told.
        unsettled: Facts said in a way that must be asked back.
        chose_language: Whether a language was asked for by name.
    """

    def __init__(self, seed: str, phrases: Phrases, catalogue: eligibility.Catalogue) -> None:
        self._chance = Random(seed)
        self._phrases = phrases
        self._catalogue = catalogue
        self._language = self._chance.choice(list(LANGUAGES))
        self._is = self._life()
        self.told: dict[str, Any] = {}
        self.hinted: dict[str, Any] = {}
        self.unsettled: frozenset[str] = frozenset()
        self.chose_language = False

    def _life(self) -> dict[str, Any]:
        """Choose what the person is, mostly without contradictions."""
        life: dict[str, Any] = {}
        for fact in self._chance.sample(list(self._phrases.facts), len(self._phrases.facts)):
            value = self._chance.choice(self._phrases.values(fact))
            tried = {**life, fact: {"only": [value]} if fact == "seeking" else value}
            if self._holds_together(tried):
                life = tried
        return life

    def next_move(self, last: Turn) -> Move:
        """Return what is said after the assistant's last answer."""
        for _ in range(50):
            move = self._move(last)
            if move is not None and self._honest(move):
                return move
        return self._phrases.question(self._chance, self._language)

    def said(self, move: Move) -> None:
        """Keep what a move has told."""
        self.chose_language = self.chose_language or "change_language" in move.kind
        self.unsettled = (self.unsettled | set(move.unsettles)) - set(move.tells)
        for fact in move.drops:
            self.told.pop(fact, None)
            self.hinted.pop(fact, None)
        for fact, value in move.tells.items():
            self.told[fact] = _wishes(self.told.get(fact), value) if fact == "seeking" else value
            if fact not in ("seeking", "sex"):
                self.hinted.pop(fact, None)
        for fact, value in move.hints.items():
            before = self.hinted.get(fact, self.told.get(fact))
            self.hinted[fact] = _wishes(before, value) if fact == "seeking" else value
        if move.declines and move.declines not in self.told:
            self.told[move.declines] = "declined"

    # --- choosing ---

    def _move(self, last: Turn) -> Move | None:
        question = asked(answer.text for answer in last.answers)
        buttons = [b for a in last.answers for b in a.buttons]
        buttons += [b for a in last.answers for c in a.cards for b in c.buttons]
        language, draw = self._tongue(), self._chance.random()
        if contradiction := _statements(buttons, self.told):
            return self._chance.choice(contradiction)
        if question in self._phrases.facts and draw < 0.5:
            return self._answer(question, buttons, language)
        if question is not None and draw < 0.6:
            return self._phrases.refuse(self._chance, language, question)
        return self._of_their_own(buttons, question, language)

    def _of_their_own(
        self, buttons: list[Button], question: str | None, language: str
    ) -> Move | None:
        kind = self._chance.choices(
            ["tell", "several", "ask", "press", "correct", "what if", "unclear sum"],
            [30, 4, 34, 18, 8, 6, 2],
        )[0]
        if kind == "press" and buttons:
            return pressed(self._chance.choice(buttons), question)
        if kind == "tell":
            facts = [f for f in self._is if self._phrases.can_be_told(f) and f not in self.told]
            if not facts:
                return None
            fact = self._chance.choice(facts)
            return self._phrases.tell(self._chance, language, fact, self._value(fact), False)
        if kind == "several":
            return self._phrases.several(self._chance, language)
        if kind == "correct":
            return self._correction(language)
        if kind == "what if":
            return self._phrases.suppose(self._chance, language)
        if kind == "unclear sum":
            return self._phrases.unclear_sum(self._chance, language)
        return self._phrases.question(self._chance, language)

    def _answer(self, fact: str, buttons: list[Button], language: str) -> Move | None:
        if fact not in self._is:
            return self._phrases.refuse(self._chance, language, fact)
        value = self._value(fact)
        if self._chance.random() < 0.3:
            for button in buttons:
                move = pressed(button, fact)
                if move and move.tells.get(fact) in (value, [value]):
                    return move
        return self._phrases.tell(self._chance, language, fact, value, asked=True)

    def _correction(self, language: str) -> Move | None:
        told = [f for f in self.told if f in self._phrases.facts and f not in ("seeking", "sex")]
        told = [f for f in told if self._phrases.can_be_told(f)]
        if not told:
            return None
        fact = self._chance.choice(told)
        value = self._chance.choice(self._phrases.values(fact))
        if fact == "age" and self._chance.random() < 0.5:
            return self._phrases.correct_age(self._chance, language, value)
        return self._phrases.correct(self._chance, language, fact, value)

    def _value(self, fact: str) -> Any:
        value = self._is[fact]
        return value["only"][0] if fact == "seeking" else value

    def _honest(self, move: Move) -> bool:
        """Whether the words tell nothing, even by the way, that this person is not."""
        if move.pressed or not move.tells:
            return True
        by_the_way = {**move.hints, **({} if move.kind.startswith("correct") else move.tells)}
        so_far = {**self._is, **{f: v for f, v in self.told.items() if v != "declined"}}
        so = all(so_far.get(f, v) == v for f, v in by_the_way.items() if f != "seeking")
        return so and self._holds_together({**self.told, **self.hinted, **move.tells})

    def _holds_together(self, facts: Mapping[str, Any]) -> bool:
        """Whether facts are free of contradictions; a few people contradict themselves."""
        contradicted = self._catalogue.match(facts).contradictions
        return not contradicted or self._chance.random() < CONTRADICTS

    def _tongue(self) -> str:
        if self._chance.random() < SWITCHES:
            return self._chance.choice(list(LANGUAGES))
        return self._language


def pressed(button: Button, question: str | None) -> Move | None:
    """Return the move that presses a button; None for those that are left alone."""
    intent = re.split(r"(?={)", button.payload, maxsplit=1)[0]
    if intent in LEFT_ALONE or "places_wanted" in button.payload:
        return None
    kind = f"press {intent}"
    declines = question if intent in ("/dont_know", "/cancel") else None
    asked_for = _payload(button) if intent == "/my_profile" else {}
    return Move(
        button.payload,
        kind,
        tells=_facts(button),
        declines=declines,
        drops=tuple(f for key, f in asked_for.items() if key == "remove"),
        unsettles=tuple(f for key, f in asked_for.items() if key == "change"),
        pressed=True,
    )


def _statements(buttons: list[Button], told: Mapping[str, Any]) -> list[Move]:
    """Return the ways out of a contradiction: each keeps one statement and drops the other."""
    offered = [facts for facts in map(_facts, buttons) if facts]
    if len(offered) < 2 or len({tuple(facts) for facts in offered}) < 2:
        return []
    moves = []
    for button in buttons:
        kept = _facts(button)
        if kept:
            others = {f for facts in offered for f in facts} - set(kept)
            kind = "press a statement"
            moves.append(
                Move(button.payload, kind, tells=kept, drops=tuple(sorted(others)), pressed=True)
            )
    return moves


def _payload(button: Button) -> dict[str, Any]:
    """Return what a button says beside its intent."""
    _, brace, rest = button.payload.partition("{")
    said: dict[str, Any] = json.loads(brace + rest) if brace else {}
    return said


def _facts(button: Button) -> dict[str, Any]:
    if not button.payload.startswith("/inform"):
        return {}
    facts = _payload(button).get("fact") or []
    return {f["id"]: f["value"] for f in (facts if isinstance(facts, list) else [facts])}


def _wishes(before: Any, wishes: Any) -> Any:
    """Wishes are added to earlier ones; what is not named is not looked for."""
    earlier = before["only"] if isinstance(before, dict) else []
    named = wishes.get("only", []) if isinstance(wishes, dict) else wishes
    return {"only": sorted({*earlier, *named})}

"""What must hold of every answer of the assistant, whatever was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import eligibility
import yamlsource
from bot.channels.messages import Answer, Turn
from tests.questions import asked, fits_script, plain
from tests.server import ROOT
from tests.walk.phrases import LANGUAGES, Move

_RESPONSES = yamlsource.plain(ROOT / "domain.yml")["responses"]
_APOLOGIES = {variation["text"] for variation in _RESPONSES["utter_error"]}
_GAP = re.compile(r"\{\w+\}|\bNone\b|\butter_\w+")


def of_the_answer(turn: Turn) -> Iterator[str]:
    """Yield what is wrong with one answer by itself."""
    if not turn.answers:
        yield "empty answer"
    for answer in turn.answers:
        if not (answer.text or answer.cards or answer.sheet):
            yield "empty message"
        if plain(answer.text) in _APOLOGIES:
            yield "crash"
        if gap := _GAP.search(_shown(answer)):
            yield f"unfilled gap {gap[0]}"


def of_repetition(before: Turn, turn: Turn, said_before: Move | None, said: Move) -> Iterator[str]:
    """Yield what was said word for word just before, unless the person repeated himself too."""
    if said_before and said_before.kind == said.kind:
        return
    if before.answers and before.answers == turn.answers:
        yield f"repeated answer after {said.kind}"
        return
    for answer in turn.answers:
        if answer in before.answers and asked([answer.text]) is None:
            yield f"repeated message after {said.kind}: {answer.text[:60]}"


def of_the_question(turn: Turn, told: Collection[str]) -> Iterator[str]:
    """Yield the question that was answered before, or refused."""
    fact = asked(answer.text for answer in turn.answers)
    if fact in told:
        yield f"asked again: {fact}"


def of_the_language(turn: Turn, said: Move, chosen: bool) -> Iterator[str]:
    """Yield an answer in other letters than its language's, or in another than the message.

    Whoever chose a language keeps it, whatever they write.
    """
    tells = said.language and not chosen and said.kind != "gibberish"
    if tells and turn.language != LANGUAGES[str(said.language)]:
        yield f"answered in {turn.language}, not {LANGUAGES[str(said.language)]}: {said.text}"
    if not fits_script(" ".join(answer.text for answer in turn.answers), turn.language):
        yield f"wrong letters for {turn.language} after {said.kind}"


def of_the_verdicts(
    shown: Mapping[str, str], told: Mapping[str, Any], catalogue: eligibility.Catalogue
) -> Iterator[str]:
    """Yield where the cards of all results differ from the engine, asked directly."""
    match = catalogue.match(told)
    right = {verdict.scheme: verdict for verdict in match.verdicts}
    for scheme, verdict in shown.items():
        if right[scheme].outcome != verdict:
            yield f"verdict: {scheme} is shown {verdict}, the engine says {right[scheme].outcome}"
    for scheme, found in right.items():
        closed = found.status in ("closed", "suspended")
        if found.outcome in ("eligible", "possible") and not closed and scheme not in shown:
            yield f"verdict: {scheme} is {found.outcome} and is not shown"


def _shown(answer: Answer) -> str:
    parts = [answer.text, *(button.title for button in answer.buttons)]
    for card in answer.cards:
        parts += [card.title, card.line, *(mark.text for mark in card.conditions)]
    return "\n".join(parts)

"""Whole conversations, as YAML beside this file: who says what, and what must come back.

A file is a list of talks. A talk has a ``story`` (one sentence), the ``language`` of the person
and ``talk``, a list of steps:

- ``write`` (a typed message), ``press`` (a button's title; ``of`` a scheme's card) or ``answer`` (a mapping fact -> words
  for whatever is asked, until results are shown; what is not in it is answered ``otherwise``);
- then what must hold of the answer: ``says`` (words that must be seen), ``never`` (words that
  must not), ``asks`` (the fact asked for), ``cards`` (scheme -> verdict on a card of this answer),
  ``language`` (of the reply).

``verdicts`` at the end: what the cards of the whole talk must have shown. ``wrong_today`` says why a
talk does not go as it should yet: it must fail until it does.

Every answer is also in the letters of its language, whatever is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import yamlsource
from tests.dialogues.talk import Person
from tests.questions import fits_script

HERE = Path(__file__).parent
LANGUAGES = ("fr", "ary", "ary-Latn")


def talks() -> list[Any]:
    """Return all talks, each named by its file and story."""
    return [
        pytest.param(talk, id=f"{path.stem}: {talk['story']}", marks=_not_yet(talk))
        for path in sorted(HERE.glob("*.yml"))
        for talk in yamlsource.plain(path)
    ]


def _not_yet(talk: dict[str, Any]) -> list[Any]:
    reason = talk.get("wrong_today")
    return [pytest.mark.xfail(reason=str(reason), strict=True)] if reason else []


def test_there_are_at_least_twenty_talks_in_each_language() -> None:
    languages = [talk.values[0]["language"] for talk in talks()]
    assert all(languages.count(language) >= 20 for language in LANGUAGES)


@pytest.mark.parametrize("talk", talks())
def test_the_talk_goes_as_written(talk: dict[str, Any], server: str) -> None:
    person = Person(server)
    for step in talk["talk"]:
        person.take_step(step, talk["language"])
        _listen(person, step, talk["language"])
    for scheme, verdict in (talk.get("verdicts") or {}).items():
        assert person.verdicts.get(scheme) == verdict, person.verdicts


def _listen(person: Person, step: dict[str, Any], language: str) -> None:
    seen = person.seen()
    assert seen.strip(), "nothing was answered"
    for words in step.get("says") or ():
        assert str(words).casefold() in seen.casefold(), f"“{words}” is missing in:\n{seen}"
    for words in step.get("never") or ():
        assert str(words).casefold() not in seen.casefold(), f"“{words}” stands in:\n{seen}"
    if "asks" in step:
        assert person.asked() == step["asks"], seen
    for scheme, verdict in (step.get("cards") or {}).items():
        assert {c["scheme"]: c["verdict"] for c in person.cards()}.get(scheme) == verdict, seen
    assert person.last["language"] == step.get("language", language), seen
    text = " ".join(message["text"] for message in person.last["messages"])
    assert fits_script(text, person.last["language"]), seen

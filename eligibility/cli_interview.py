"""The interview in a terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

import yamlsource
from eligibility import text
from eligibility.catalogue import Catalogue
from eligibility.cli_speech import print_match
from eligibility.facts import Fact
from eligibility.problems import ProfileError, spell
from eligibility.wording import Wording

_WHY = ("?", "؟")


def ask_all(catalogue: Catalogue, on: date, language: str) -> None:
    """Ask until every verdict is decided or nothing is left to ask, then print the verdicts."""
    words = Wording(catalogue)
    profile: dict[str, Any] = {}
    print(words.say("lines", "how_to_answer", language))
    while (id := catalogue.match(profile, on).next_question) is not None:
        profile[id] = _ask(catalogue, catalogue.facts[id], on, words, language)
    print()
    print_match(catalogue.match(profile, on), language)


def _ask(catalogue: Catalogue, fact: Fact, on: date, words: Wording, language: str) -> Any:
    """Return the answer to one question; ``declined`` when there is none."""
    listing = [] if fact.type == "place" else list(fact.values)
    print(f"\n{text(fact.ask, language)}")
    for number, value in enumerate(listing, 1):
        print(f"  {number}. {words.value(fact.id, value, language)}")
    while True:
        answer = input("> ").strip()
        if answer in _WHY:
            print(words.say("lines", "why", language, why=text(fact.why, language)))
            continue
        if not answer:
            return "declined"
        try:
            form = _form(fact, answer, listing)
            catalogue.validate(fact.id, form, on)
        except (ProfileError, yamlsource.YamlError) as error:
            message = getattr(error, "message", str(error))
            print(words.say("lines", "not_understood", language, what=message))
            continue
        return form


def _form(fact: Fact, answer: str, listing: list[Any]) -> Any:
    """Return an answer in the form of a profile; numbers choose from the list."""
    parts = [part.strip() for part in answer.split(",")] if listing else [answer]
    chosen = []
    for part in parts:
        if part.isdigit() and 1 <= int(part) <= len(listing):
            chosen.append(listing[int(part) - 1])
        else:
            named = [value for value in listing if spell(value) == part.lower()]
            chosen += named or [yamlsource.plain("answer", text=part)]
    if fact.type == "set":
        return {"only": chosen}
    return chosen[0] if len(chosen) == 1 else chosen

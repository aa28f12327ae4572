"""What one message says, beside its intent: language, names, facts.

Pure: a message, what was asked just before, and the catalogue's words; no Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yamlsource
from bot.paperwork import Paperwork, PaperworkReader
from eligibility import today
from language import detect
from language.detect import weigh
from language.facts import FactReader
from language.gazetteer import Found, Gazetteer
from language.script import letters
from language.tokens import words

_FORM = "legal_form"
_ABBREVIATION = re.compile(r"[A-Z0-9]{2,5}")
LANGUAGES = ("fr", "ary", "ary-Latn")
_CUES = Path(__file__).with_name("rasa") / "nlu" / "cues.yml"

CLEAR = 0.5
"""Weight of a message's small words, above those of the other language, that tells its language."""
PLAINLY_FRENCH = 1.2
"""The same for French nouns, which Darija borrows."""

CLEARLY_FOREIGN = 2.0


@dataclass(frozen=True)
class Understood:
    """What was read in one message.

    Attributes:
        language: The language to answer in.
        foreign: Whether the message is in a language we do not speak.
        unreadable: Whether no word of it is known in any language.
        chosen_language: A language named in the message.
        schemes, programmes, institutions: Ids of the catalogue, in the order they were named.
        facts: Values as in a profile, by fact id.
        telling: Whether facts are most of what the message says.
        hypothetical: Whether the facts are a what-if.
        ambiguous: Sums that may be read in several ways, by fact id.
        answer: yes, no, dont_know, refuse or skip, when the message is such an answer.
        instead: Numbers that replace one said before, as (new, old or None).
        danger: Offices to name first, where somebody is in danger.
        about_our_question: Whether a "why" is about what we asked.
        paperwork: What was told of the person's own application.
    """

    language: str
    foreign: bool
    unreadable: bool
    chosen_language: str | None
    schemes: tuple[str, ...]
    programmes: tuple[str, ...]
    institutions: tuple[str, ...]
    facts: Mapping[str, Any]
    telling: bool
    hypothetical: bool
    ambiguous: Mapping[str, Any]
    answer: str | None
    instead: tuple[tuple[Any, Any], ...]
    danger: tuple[str, ...]
    about_our_question: bool
    paperwork: Paperwork


class Understanding:
    """Reads messages with the words of a catalogue.

    Args:
        folder: The catalogue's folder.

    Raises:
        yamlsource.YamlError: A file of the catalogue cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        facts = yamlsource.plain(folder / "facts.yml")
        self._renamed: Mapping[str, str] = facts.get("renamed") or {}
        self._facts = FactReader(facts, yamlsource.plain(folder / "places.yml"))
        self._of_schemes = {
            fact
            for fact, told in facts["facts"].items()
            if told["type"] == "set" and not told.get("choices")
        }
        self._names = Gazetteer(dict(_names(folder)))
        cues = yamlsource.plain(_CUES)
        self._languages = Gazetteer(cues["languages"])
        self._danger = Gazetteer(
            {tuple(group["offices"]): group["words"] for group in cues["danger"]}, mistakes=False
        )
        self._our_question = Gazetteer({True: cues["about_our_question"]})
        self._paperwork = PaperworkReader(folder)

    def asked(self, fact: str | None) -> str | None:
        """Return what the fact of an earlier question is called today."""
        return self._renamed.get(fact or "", fact)

    def read(
        self, text: str, expecting: str | None = None, language: str = "fr", chosen: bool = False
    ) -> Understood:
        """Read one message.

        Args:
            text: What the person typed.
            expecting: The fact that was just asked for.
            language: The language of the answer before.
            chosen: Whether the person chose that language.
        """
        read = self._facts.read(text, expecting, today())
        found = [hit for hit in self._names.find(text) if not _inside_a_fact(hit, read.spans)]
        named = self._languages.find(text)
        danger = self._danger.find(text)
        detected, foreign, unreadable = _language_of(text)
        names: dict[str, list[str]] = {"scheme": [], "programme": [], "institution": []}
        for hit in found:
            kind, name = hit.id
            if name not in names[kind]:
                names[kind].append(name)
        return Understood(
            language=language if chosen else _reply_language(detected, text, language),
            foreign=foreign and not (found or read.facts),
            unreadable=unreadable and not (found or read.facts or read.answer),
            chosen_language=named[-1].id if named else None,
            schemes=tuple(names["scheme"]),
            programmes=tuple(names["programme"]),
            institutions=tuple(names["institution"]),
            facts={fact: _plain(value) for fact, value in read.facts.items()},
            telling=_mostly(text, read.spans.values()),
            hypothetical=read.hypothetical,
            ambiguous=read.ambiguous,
            answer=read.answer,
            instead=tuple(read.instead),
            danger=danger[0].id if danger else (),
            about_our_question=bool(self._our_question.find(text)),
            paperwork=self._paperwork.read(text),
        )

    def answered(
        self, understood: Understood, intent: str | None, expecting: str | None
    ) -> Understood:
        """Return what was read, with the schemes named taken as the answer where they were asked."""
        if expecting is None or intent not in ("inform", "affirm"):
            return understood
        if expecting not in self._of_schemes or not understood.schemes:
            return understood
        named = {expecting: list(understood.schemes)}
        return replace(understood, facts={**understood.facts, **named})


def _mostly(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether some parts of a text are at least half of its letters and digits."""
    said = {i for start, end in spans for i in range(start, end) if text[i].isalnum()}
    return bool(said) and 2 * len(said) >= sum(map(str.isalnum, text))


def _inside_a_fact(name: Found, spans: Mapping[str, tuple[int, int]]) -> bool:
    """Whether a name only says what somebody is: "I am an auto-entrepreneur"."""
    start, end = spans.get(_FORM, (0, 0))
    return name.id[0] == "scheme" and name.start < end and start < name.end


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it: days as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def _language_of(text: str) -> tuple[str, bool, bool]:
    """Return the language of a text where it is clear; whether it is foreign, or unreadable."""
    detected = detect(text)
    found = weigh(words(text), text)
    counted = letters(text)
    foreign = detected == "other" and (
        found.foreign >= CLEARLY_FOREIGN or counted.other > counted.arabic + counted.latin
    )
    clear = {
        "fr": found.grammar > 0 or found.french - found.latin >= PLAINLY_FRENCH,
        "ary-Latn": found.sure > 0 or found.latin - found.french >= CLEAR,
    }.get(detected, True)
    unreadable = not (foreign or found.arabic) and max(found.french, found.latin) < CLEAR
    return (detected if clear else "other"), foreign, unreadable


def _reply_language(detected: str, text: str, before: str) -> str:
    if detected in LANGUAGES:
        return detected
    if detected == "mixed":
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
        return "ary" if arabic * 2 > len(text) else before
    return before


def _names(folder: Path) -> Iterable[tuple[tuple[str, str], list[str]]]:
    """Yield every name people may use for a scheme, programme or institution."""
    for path in sorted((folder / "schemes").rglob("*.yml")):
        scheme = yamlsource.plain(path)
        yield ("scheme", scheme["id"]), _spellings(scheme)
    for kind, file in (("programme", "programmes.yml"), ("institution", "institutions.yml")):
        for name, entry in yamlsource.plain(folder / file).items():
            if isinstance(entry, Mapping) and "name" in entry:
                yield (kind, name), _spellings(entry)


def _spellings(entry: Mapping[str, Any]) -> list[str]:
    names = dict.fromkeys([*entry["name"].values(), *(entry.get("aka") or ())])
    # a short abbreviation is meant letter by letter: its key collides with everyday words
    return [f"={name}" if _ABBREVIATION.fullmatch(name) else name for name in names]

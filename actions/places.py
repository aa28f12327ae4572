"""Where people go: the offices of their province, each with what is known and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.knowledge import bullets, catalogue, wording
from actions.profile import stated
from actions.turn import Turn, TurnAction

PROVINCE = "province"
OFFICES = 4
"""At most so many offices in one answer."""

ANYWHERE = ("agence_anapec", "information_publique")
"""Whom to call while the province is not known."""

HANDOFF = ("plateforme_jeunes", "agence_anapec", "ccis", "cri")
"""The kinds of office where a person can be spoken to about any scheme."""


def province(turn: Turn) -> str | None:
    """Return the person's province when it is known for certain."""
    said = stated(turn.profile.get(PROVINCE))
    if isinstance(said, list) and len(said) == 1:
        said = said[0]
    return said if isinstance(said, str) and said in catalogue().places else None


def say_places(turn: Turn, kinds: Iterable[str], about: str = "") -> None:
    """Give the offices of these kinds (or institutions) near the person.

    Where only their province can tell, that is asked first and the answer follows.
    """
    where = province(turn)
    kinds = list(kinds)
    if where is None:
        lines = [line for kind in kinds for line in _anywhere(turn, kind)]
    else:
        lines = list(place_lines(turn, kinds, where))
    if lines:
        turn.tell(about or turn.title("where"), "utter_places", items=bullets(dict.fromkeys(lines)))
    if where is None:
        ask_province(turn, kinds)


def ask_province(turn: Turn, kinds: Sequence[str]) -> None:
    """Ask where the person lives, to give the offices of these kinds there."""
    turn.remember(pending=PROVINCE)
    turn.note(places_wanted=list(kinds))
    turn.say("utter_place_need_province", question=turn.question(PROVINCE))


def place_lines(turn: Turn, kinds: Iterable[str], where: str | None) -> Iterable[str]:
    """Yield a line for each office; where none is known, what to do instead."""
    for kind in kinds:
        if kind not in catalogue().office_kinds:
            yield from _institution_lines(turn, kind, where)
            continue
        offices = catalogue().offices_for(kind, where)
        near = [office for office in offices if not office.national]
        if not near and (where is not None or not offices):
            yield turn.local(catalogue().office_kinds[kind].unknown)
        for office in (near or offices)[:OFFICES]:
            yield office_line(turn, office)


def _anywhere(turn: Turn, kind: str) -> Iterable[str]:
    """Yield what serves people of every province."""
    if kind in catalogue().office_kinds:
        national = (o for o in catalogue().offices_for(kind, None) if o.national)
        yield from (office_line(turn, office) for office in national)
    else:
        yield from _institution_lines(turn, kind, None)


def _institution_lines(turn: Turn, institution: str, where: str | None) -> Iterable[str]:
    known = catalogue().institutions[institution]
    if known.offices:
        yield from place_lines(turn, known.offices, where)
    else:
        yield turn.local(known.reach) if known.reach else turn.local(known.name)


def office_line(turn: Turn, office: Any) -> str:
    """Say one office: name, address, phone, site, and how old the information is."""
    parts = [turn.local(office.name)]
    if office.address:
        parts.append(_either(turn, office.address))
    if office.phone:
        parts.append(turn.words("phone", number=" / ".join(office.phone)))
    parts += [value for value in (office.email, office.site) if value]
    if office.hours:
        parts.append(_either(turn, office.hours))
    line = turn.words("comma").join(parts)
    if office.as_of is not None and office.as_of.first is not None:
        caution = "as_of" if office.phone else "as_of_no_phone"
        line += " " + turn.words(caution, date=wording().date(office.as_of, turn.language))
    return line


def help_line(turn: Turn, office: Any) -> str:
    """Say whom to call in danger: name, numbers, and what there is to know; no more."""
    line = turn.words(
        "label_and_value", label=turn.local(office.name), value=" / ".join(office.phone)
    )
    note = turn.local(office.note)
    return turn.words("noted", text=line, note=note) if note else line


def _either(turn: Turn, value: Any) -> str:
    return turn.local(value) if isinstance(value, Mapping) else str(value)


class ActionHumanHandoff(TurnAction):
    """A human, a number to call: the nearest offices that answer people."""

    def take(self, turn: Turn) -> None:
        """Give real contacts."""
        where = province(turn)
        named = [
            kind
            for name in turn.named("institution")
            for kind in catalogue().institutions[name].offices or (name,)
        ]
        kinds = named or (HANDOFF if where else ANYWHERE)
        lines = list(dict.fromkeys(place_lines(turn, kinds, where)))
        turn.say("utter_handoff", items=bullets(lines[:5]))
        if where is None:
            ask_province(turn, named or HANDOFF)

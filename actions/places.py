"""Where people go: the offices of their province, each with what is known and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.action import TurnAction
from actions.knowledge import bullets, catalogue, in_one_run, wording
from actions.profile import DECLINED, PROVINCE, stated
from actions.turn import Turn
from eligibility.model import Office

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
    if where is None and is_untold(turn):
        lines = list(place_lines(turn, kinds, None))
    elif where is None:
        lines = [line for kind in kinds for line in _anywhere(turn, kind)]
    else:
        lines = list(place_lines(turn, kinds, where))
    if lines:
        turn.tell(about or turn.title("where"), "utter_places", items=bullets(dict.fromkeys(lines)))
    if where is None and not is_untold(turn):
        ask_province(turn, kinds)


def is_untold(turn: Turn) -> bool:
    """Whether the person does not know, or does not say, where they live: then it is not asked."""
    return bool(stated(turn.profile.get(PROVINCE)) == DECLINED)


def ask_province(turn: Turn, kinds: Sequence[str]) -> None:
    """Ask where the person lives, to give the offices of these kinds there."""
    turn.remember(pending=PROVINCE)
    turn.has_asked = True
    turn.note(places_wanted=list(kinds))
    turn.say("utter_place_need_province", question=turn.question(PROVINCE))


def place_lines(turn: Turn, kinds: Iterable[str], where: str | None) -> Iterable[str]:
    """Yield a line for each office; where none is known, what to do instead."""
    for known in _near(kinds, where):
        yield office_line(turn, known) if isinstance(known, Office) else turn.local(known)


def office_entries(turn: Turn, kinds: Iterable[str], where: str | None) -> list[dict[str, str]]:
    """Return the same as data: ``name``, ``address``, ``phone`` and ``reach``, ``as_of``.

    Unknown parts are empty; where no office is known, ``name`` says what to do instead.
    """
    entries: dict[str, dict[str, str]] = {}
    for known in _near(kinds, where):
        office = isinstance(known, Office)
        name = turn.local(known.name if office else known)
        entry = dict.fromkeys(("address", "phone", "reach", "as_of"), "")
        if office:
            entry = {
                "address": _either(turn, known.address) if known.address else "",
                "phone": " / ".join(known.phone),
                "reach": " · ".join(part for part in (known.email, known.site) if part),
                "as_of": _as_of(turn, known),
            }
        entries.setdefault(name, {"name": name, **entry})
    return list(entries.values())


def _near(kinds: Iterable[str], where: str | None) -> Iterable[Any]:
    """Yield the offices of these kinds or institutions, or the texts that stand for them."""
    for kind in kinds:
        if kind not in catalogue().office_kinds:
            institution = catalogue().institutions[kind]
            if institution.offices:
                yield from _near(institution.offices, where)
            else:
                yield institution.reach or institution.name
            continue
        offices = catalogue().offices_for(kind, where)
        near = [office for office in offices if not office.national]
        if not near and (where is not None or not offices):
            yield catalogue().office_kinds[kind].unknown
        yield from (near or offices)[:OFFICES]


def _anywhere(turn: Turn, kind: str) -> Iterable[str]:
    """Yield what serves people of every province."""
    if kind in catalogue().office_kinds:
        national = (o for o in catalogue().offices_for(kind, None) if o.national)
        yield from (office_line(turn, office) for office in national)
    else:
        yield from place_lines(turn, [kind], None)


def office_line(turn: Turn, office: Office) -> str:
    """Say one office: name, address, phone, site, and how old the information is."""
    parts = [turn.local(office.name)]
    if office.address:
        parts.append(in_one_run(_either(turn, office.address), turn.language))
    if office.phone:
        parts.append(turn.words("phone", number=" / ".join(office.phone)))
    parts += [value for value in (office.email, office.site) if value]
    if office.hours:
        parts.append(_either(turn, office.hours))
    line = turn.words("comma").join(parts)
    as_of = _as_of(turn, office)
    return f"{line} {as_of}" if as_of else line


def _as_of(turn: Turn, office: Office) -> str:
    if office.as_of is None or office.as_of.first is None:
        return ""
    caution = "as_of" if office.phone else "as_of_no_phone"
    return turn.words(caution, date=wording().date(office.as_of, turn.language))


def help_line(turn: Turn, office: Office) -> str:
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
        if where is None and not is_untold(turn):
            ask_province(turn, named or HANDOFF)

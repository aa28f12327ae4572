"""Until when, and where: dates of a scheme and of its local calls, and the offices to go to."""

from __future__ import annotations

from typing import Any

from actions.answers import SchemeAnswer
from actions.asked import unknown_name
from actions.knowledge import catalogue, joined, wording
from actions.nearby import place_pointed_to, say_places_near
from actions.places import HANDOFF, PROVINCE, province, say_places
from actions.turn import Turn, button


class ActionAskDeadline(SchemeAnswer):
    """Until when, is it open, how long does it take."""

    aspect = "deadline"
    of_papers = True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Say whether it takes applications, and what is known of dates."""
        status = wording().status(scheme, turn.language)
        lines = [turn.local(scheme.deadline)] if scheme.deadline else []
        said_already = lines and lines[0].rstrip(".").casefold() in status.casefold()
        name = turn.local(scheme.name)
        turn.tell(
            name,
            "utter_deadline",
            [button(turn.title("where"), "ask_place", scheme=scheme.id)],
            scheme=name,
            status=status,
            items="\n".join([*([] if said_already else lines), *calls(turn, scheme)]),
        )


class ActionAskPlace(SchemeAnswer):
    """Where, which office, which address."""

    aspect = "place"
    of_papers = True
    warns = True

    def take(self, turn: Turn) -> None:
        """Answer about the scheme in question, or give what is near a position."""
        if place := place_pointed_to(turn):
            say_places_near(turn, place)
        else:
            super().take(turn)

    def without_scheme(self, turn: Turn) -> bool:
        """Give the offices of an institution that was named, or those that help with anything."""
        institutions = turn.named("institution")
        if institutions:
            turn.note(aspect=self.aspect)
            for name in institutions:
                say_places(turn, catalogue().institutions[name].offices or (name,))
            return True
        if turn.named("programme"):
            return super().without_scheme(turn)
        asks_for_one = turn.scheme in catalogue().schemes or unknown_name(turn)
        if asks_for_one or (not turn.profile and PROVINCE not in turn.said_facts()):
            return False
        say_places(turn, HANDOFF[:2])
        return True

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the offices for this scheme in the person's province."""
        say_places(turn, scheme.where or (scheme.institution,), turn.local(scheme.name))


def calls(turn: Turn, scheme: Any) -> list[str]:
    """Name the dated local calls that are open or still to come, the person's province first."""
    today = turn.match().on
    dated = [e for e in scheme.local if e.opens and e.closes and e.closes >= today]
    where = province(turn)
    lines = []
    for edition in sorted(dated, key=lambda e: (where not in e.provinces, e.closes)):
        places = (turn.local(catalogue().places[place].name) for place in edition.within)
        lines.append(
            turn.words(
                "local_call",
                places=joined(places, turn.language),
                opens=wording().date(edition.opens, turn.language),
                closes=wording().date(edition.closes, turn.language),
            )
        )
    return lines

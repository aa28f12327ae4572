"""A place that a position or a link points to: asked about before it is believed."""

from __future__ import annotations

from typing import Any

from actions.knowledge import bullets, catalogue
from actions.places import HANDOFF, PROVINCE, place_lines, province
from actions.turn import Turn, button

NEAR = "near"
"""What is pending while we ask whether somebody lives where they seem to be."""

REGION = "region"


def place_pointed_to(turn: Turn) -> Any:
    """Return the place of a position or a link, None where the message has none."""
    places = (catalogue().places.get(v) for v in turn.entities("near") if isinstance(v, str))
    return next(filter(None, places), None)


def ask_whether_there(turn: Turn, place: Any) -> None:
    """Ask whether the person lives there; only a yes puts it into the profile."""
    fact = {"id": REGION if place.region is None else PROVINCE, "value": place.id}
    turn.remember(pending=NEAR)
    turn.note(near=fact)
    turn.say(
        "utter_near",
        [button(turn.title("yes"), "inform", fact=fact), button(turn.title("no"), "deny")],
        place=turn.local(place.name),
    )


def fact_agreed_to(turn: Turn) -> dict[str, Any]:
    """Return the place as a fact, after a typed yes to our question."""
    fact = turn.talk.get("near")
    if turn.intent != "affirm" or not isinstance(fact, dict):
        return {}
    return {fact["id"]: fact["value"]}


def say_places_near(turn: Turn, place: Any) -> None:
    """Give the offices near a place, those asked for before if some were; then ask about it."""
    kinds = turn.talk.get("places_wanted") or HANDOFF
    turn.note(places_wanted=None)
    lines = list(dict.fromkeys(place_lines(turn, kinds, place.id)))
    turn.say("utter_places_near", place=turn.local(place.name), items=bullets(lines))
    if province(turn) != place.id:
        ask_whether_there(turn, place)

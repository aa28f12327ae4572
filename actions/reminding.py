"""Reminders about an application: offered once, planned by what is known, said when they are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import eligibility
from actions.knowledge import bullets, catalogue, wording
from actions.places import province
from actions.turn import Turn, button

AFTER_MISSING = timedelta(days=7)
AFTER_FILING = timedelta(days=30)
AFTER_GRANTING = timedelta(days=14)
BEFORE_AN_END = timedelta(days=7)
AT = time(10)
"""When on its day a reminder is due, in Casablanca."""


CONSENT = "remind"
"""What is pending after reminders were offered: a yes or a no."""


def offer(turn: Turn, scheme: str) -> None:
    """Ask once whether reminders are wanted."""
    if turn.reminders is not None or not planned(turn, scheme, turn.dossiers[scheme]):
        return
    turn.remember(reminders=False)
    buttons = [
        button(turn.title("remind_yes"), "dossier", remind=True),
        button(turn.title("remind_no"), "dossier", remind=False),
    ]
    turn.say("utter_remind_ask", buttons)
    turn.remember(pending=CONSENT)


def switch(turn: Turn, wanted: bool, dossiers: Mapping[str, Any]) -> None:
    """Turn reminders on or off, and say so."""
    turn.remember(reminders=wanted)
    if not wanted:
        turn.keep(cancel="", watch={})
        turn.say("utter_remind_off")
        return
    turn.watch()
    for scheme, mine in dossiers.items():
        turn.keep(reminders=planned(turn, scheme, mine))
    turn.say("utter_remind_on", [button(turn.title("remind_stop"), "dossier", remind=False)])


def cancelled(scheme: str) -> str:
    """Return how the keys of a scheme's reminders begin."""
    return f"{scheme}:"


def planned(turn: Turn, scheme_id: str, mine: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the reminders that an application calls for from today on."""
    scheme, today = catalogue().schemes[scheme_id], eligibility.today()
    step = mine.get("step")
    days: dict[str, date] = {}
    if step == "granted":
        if turn.match().applicable(scheme.follow_up):
            days["after"] = today + AFTER_GRANTING
    elif step in ("filed", "no_answer"):
        days["answer"] = today + AFTER_FILING
    elif step is None:
        wanted = {item.id for item in turn.match().applicable(scheme.documents)}
        if wanted - set(mine["have"]):
            days["papers"] = today + AFTER_MISSING
        ends = _ends(turn, scheme)
        if ends:
            days["end"] = max(today + timedelta(days=1), min(ends) - BEFORE_AN_END)
    return [
        {
            "key": f"{scheme_id}:{about}",
            "due": datetime.combine(day, AT, eligibility.casablanca()).timestamp(),
            "payload": {"intent": "dossier", "scheme": scheme_id, "reminder": about},
        }
        for about, day in days.items()
    ]


def _ends(turn: Turn, scheme: Any) -> list[date]:
    """Return the days, still to come, on which something ends: a local call, or the verdict."""
    match, where = turn.match(), province(turn)
    ends = [e.closes for e in scheme.local if e.closes and where in e.provinces]
    window = match.verdict(scheme.id).window
    if window is not None and match.verdict(scheme.id).outcome in ("eligible", "possible"):
        ends.append(window.last)
    return [day for day in ends if day is not None and day > match.on]


def say_reminder(turn: Turn, about: str) -> None:
    """Say a reminder that is due, if it still has something to say; nothing otherwise."""
    scheme = catalogue().schemes.get(turn.named("scheme")[0]) if turn.named("scheme") else None
    if scheme is None or not turn.reminders:
        return
    name, mine = turn.local(scheme.name), turn.dossiers.get(scheme.id, {})
    stop = button(turn.title("remind_stop"), "dossier", remind=False)
    open_ = button(turn.title("dossier"), "dossier", scheme=scheme.id)
    turn.remember(scheme=scheme.id)
    turn.note(aspect="reminder")
    if about == "papers":
        missing = [
            turn.local(catalogue().documents[item.id].name)
            for item in turn.match().applicable(scheme.documents)
            if item.id not in mine.get("have", ())
        ]
        if missing and mine and mine.get("step") is None:
            turn.say("utter_reminder_papers", [open_, stop], scheme=name, items=bullets(missing))
    elif about == "end" and mine.get("step") is None:
        if ends := _ends(turn, scheme):
            day = wording().date(min(ends), turn.language)
            turn.say("utter_reminder_end", [open_, stop], scheme=name, date=day)
    elif about == "answer" and mine.get("step") in ("filed", "no_answer"):
        steps = ("granted", "refused", "no_answer")
        buttons = [
            button(
                turn.title(f"step_{step}"),
                "dossier",
                paperwork={"progress": step},
                scheme=scheme.id,
            )
            for step in steps
        ]
        turn.say("utter_reminder_answer", [*buttons, stop], scheme=name)
    elif about == "after" and mine.get("step") == "granted":
        later = [turn.local(item.text) for item in turn.match().applicable(scheme.follow_up)]
        turn.say("utter_reminder_after", [stop], scheme=name, items=bullets(later))
    elif about == "change":
        word = wording().verdict(turn.match().verdict(scheme.id).outcome, turn.language)
        see = button(name, "ask_conditions", scheme=scheme.id)
        turn.say("utter_reminder_change", [see, stop], scheme=name, verdict=word)

"""The person's own applications: which papers are there, what was filed, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import eligibility
from actions.answers import SchemeAnswer
from actions.asked import door
from actions.knowledge import catalogue, joined, told_by_others
from actions.matters import say_after
from actions.papers import named_papers, tells_of_file
from actions.places import province, say_places
from actions.reminding import cancelled, offer, planned, say_reminder, switch
from actions.results import show_results
from actions.subject import ask_which, meant_schemes
from actions.turn import Turn, button

STEPS = ("filed", "no_answer", "granted", "refused")
RESULTS = ("granted", "refused", "no_answer")
"""Steps that are counted, without a name, to tell others what to expect."""

REASONS = ("papers", "condition", "funds", "unknown")
"""Why an application is refused, as far as people are told."""

ASKED_FOR = "papers"
"""What is pending after the list of papers: which of them are there."""

WAYS = 3
"""So many papers can be asked about with a button."""


class ActionDossier(SchemeAnswer):
    """Keep the list of an application: papers there and missing, filed, granted, refused."""

    aspect = "dossier"

    def take(self, turn: Turn) -> None:
        """Do what a button or a reminder asks, or take what was told of the application."""
        drop_what_is_gone(turn)
        if wanted := turn.entities("remind"):
            switch(turn, wanted[-1] is True, turn.dossiers)
        elif due := turn.entities("reminder"):
            say_reminder(turn, str(due[-1]))
        else:
            if not meant_schemes(turn) and turn.scheme not in turn.dossiers and turn.dossiers:
                turn.remember(scheme=list(turn.dossiers)[-1])
            super().take(turn)

    def without_scheme(self, turn: Turn) -> bool:
        """Show the right door for a file that is none of our schemes'."""
        if not turn.is_button and not meant_schemes(turn) and (answer := door(turn)):
            turn.say("utter_door", answer=answer)
            return True
        several = meant_schemes(turn)
        if len(several) > 1 and not turn.named("scheme") and not turn.profile:
            turn.note(programme=turn.named("programme")[-1])
            turn.say("utter_dossier_unseen")
            ask_which(turn, several)
            return True
        return False

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Write down what was told, and say what is left to do."""
        told = _told(turn)
        mine = {"have": [], **turn.dossiers.get(scheme.id, {})}
        if step := told["progress"]:
            _step(turn, scheme, mine, step)
            return
        if reasons := [r for r in turn.entities("because") if r in REASONS]:
            _keep(turn, scheme.id, {**mine, "because": reasons[-1]})
            turn.say("utter_dossier_because", scheme=turn.local(scheme.name))
            return
        lacking = set(told["lack"])
        needed = turn.match().applicable(scheme.documents) if told["everything"] else ()
        have = dict.fromkeys([*mine["have"], *told["have"], *(item.id for item in needed)])
        _keep(turn, scheme.id, {**mine, "have": [paper for paper in have if paper not in lacking]})
        listed = {item.id for item in scheme.documents or ()}
        if others := [paper for paper in told["have"] if paper not in listed]:
            names = (turn.local(catalogue().documents[paper].name) for paper in others)
            turn.say("utter_dossier_other", papers=joined(names, turn.language))
        say_list(turn, scheme)


def about_dossier(turn: Turn) -> bool:
    """Go on with an application, where the message tells or asks of it; False where not."""
    if not tells_of_file(turn):
        return False
    ActionDossier().take(turn)
    return True


def say_list(turn: Turn, scheme: Any) -> None:
    """Say which papers are there and which are missing; then how to get some of those."""
    name, mine = turn.local(scheme.name), turn.dossiers[scheme.id]
    wanted = named_papers(turn, scheme)
    have = [paper for paper in wanted if paper in mine["have"]]
    missing = [paper for paper in wanted if paper not in mine["have"]]
    if not wanted:
        turn.say("utter_dossier_unlisted", scheme=name)
    elif not missing:
        turn.say("utter_dossier_ready", [_filed_button(turn, scheme.id)], scheme=name)
        say_places(turn, scheme.where or (scheme.institution,), name)
    else:
        names = {paper: turn.local(catalogue().documents[paper].name) for paper in missing}
        ways = [button(names[p], "ask_scheme", document=p) for p in missing[:WAYS]]
        lines = [f"✓ {wanted[p]}" for p in have] + [f"☐ {wanted[p]}" for p in missing]
        turn.say(
            "utter_dossier_list",
            [*ways, _filed_button(turn, scheme.id)],
            scheme=name,
            items="\n".join(lines),
        )
        turn.remember(pending=ASKED_FOR)
    say_outcomes(turn, scheme)
    offer(turn, scheme.id)


def say_outcomes(turn: Turn, scheme: Any) -> None:
    """Say what became of the applications of others, where enough of them told."""
    counts = told_by_others(scheme.id)
    if counts:
        turn.say(
            "utter_outcomes",
            scheme=turn.local(scheme.name),
            all=sum(counts.values()),
            granted=counts.get("granted", 0),
            refused=counts.get("refused", 0),
        )


def drop_what_is_gone(turn: Turn) -> None:
    """Close the dossiers of schemes that are in the catalogue no more, and say so."""
    gone = [scheme for scheme in turn.dossiers if scheme not in catalogue().schemes]
    for scheme in gone:
        turn.say(
            "utter_dossier_gone",
            [
                button(turn.title("results"), "find_schemes"),
                button(turn.title("human"), "human_handoff"),
            ],
            scheme=turn.dossiers[scheme].get("name") or scheme,
        )
        turn.keep(cancel=f"{scheme}:")
    if gone:
        left = {scheme: mine for scheme, mine in turn.dossiers.items() if scheme not in gone}
        turn.remember(dossiers=left, scheme=None if turn.scheme in gone else turn.scheme)


def _step(turn: Turn, scheme: Any, mine: dict[str, Any], step: str) -> None:
    """Write down a step of the application, and say what follows from it."""
    name = turn.local(scheme.name)
    today = eligibility.today().isoformat()
    if step in RESULTS and mine.get("step") != step:
        earlier = mine.get("step") if mine.get("step") in RESULTS else None
        outcome = {"scheme": scheme.id, "province": province(turn) or "", "result": step}
        turn.keep(outcome=outcome | ({"instead": earlier} if earlier else {}))
    _keep(turn, scheme.id, {**mine, "step": step, "since": today})
    if step == "granted":
        turn.say("utter_dossier_granted", scheme=name)
        say_after(turn, scheme)
    elif step == "refused":
        why = [
            button(turn.title(f"because_{reason}"), "dossier", because=reason, scheme=scheme.id)
            for reason in REASONS
        ]
        turn.say("utter_dossier_refused", why, scheme=name)
        others = [other for other in catalogue().schemes if other != scheme.id]
        show_results(turn, turn.match(), only=others)
    elif step == "no_answer":
        turn.say("utter_dossier_no_answer", scheme=name)
        say_places(turn, scheme.where or (scheme.institution,), name)
    else:
        after = button(turn.title("after"), "ask_scheme", scheme=scheme.id, matter="after")
        turn.say("utter_dossier_filed", [after], scheme=name)
    say_outcomes(turn, scheme)
    offer(turn, scheme.id)


def _keep(turn: Turn, scheme: str, mine: Mapping[str, Any]) -> None:
    """Remember a dossier, and plan its reminders anew where the person wants them."""
    named = {**mine, "name": turn.local(catalogue().schemes[scheme].name)}
    turn.remember(dossiers={**turn.dossiers, scheme: named}, scheme=scheme)
    if turn.reminders:
        turn.keep(cancel=cancelled(scheme), reminders=planned(turn, scheme, named))


def _told(turn: Turn) -> dict[str, Any]:
    """Return what the message told: ``have``, ``lack`` (ids), ``progress``, ``everything``."""
    told = [value for value in turn.entities("paperwork") if isinstance(value, dict)]
    known = catalogue().documents
    read = dict(told[-1]) if told else {}
    progress = read.get("progress")
    return {
        "have": [paper for paper in read.get("have") or () if paper in known],
        "lack": [paper for paper in read.get("lack") or () if paper in known],
        "progress": progress if progress in STEPS else None,
        "everything": read.get("everything") is True,
    }


def _filed_button(turn: Turn, scheme: str) -> dict[str, str]:
    return button(turn.title("filed"), "dossier", paperwork={"progress": "filed"}, scheme=scheme)

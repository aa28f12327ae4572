"""The list of an application's papers, its steps, and the reminders they call for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

import eligibility
from actions.action import TurnAction
from actions.answers import ActionAskDocuments, ActionAskSteps
from actions.dossier import ActionDossier
from actions.explained import ActionAskScheme
from actions.interview import ActionTakeAnswer
from actions.knowledge import OUTCOMES, catalogue
from actions.when_where import ActionAskPlace
from tests.actions.dummy import Talk

SCHEME = "indh-p3-entrepreneuriat"
PROFILE = {"age": 27, "province": "fes", "stage": "idea", "legal_form": "none"}


def wanted() -> list[str]:
    """Return the papers that this person needs for the scheme."""
    match = catalogue().match(PROFILE)
    return [item.id for item in match.applicable(catalogue().schemes[SCHEME].documents)]


def told(**paperwork: Any) -> dict[str, Any]:
    return {"paperwork": paperwork}


def turn(entities: dict[str, Any] | None = None, **slots: Any) -> Talk:
    slots = {"profile": PROFILE, "scheme": SCHEME, "reminders": False, **slots}
    return Talk(entities, **slots).take(ActionDossier())


def test_papers_are_ticked_and_the_rest_is_listed() -> None:
    first, second = wanted()[:2]
    talk = turn(told(have=[first]))
    lines = talk.said_in("utter_dossier_list")["items"].splitlines()
    assert [line[0] for line in lines] == ["✓"] + ["☐"] * (len(wanted()) - 1)
    later = turn(told(have=[second]), dossiers=talk.slots["dossiers"])
    assert set(later.slots["dossiers"][SCHEME]["have"]) == {first, second}
    missing = turn(told(lack=[first]), dossiers=later.slots["dossiers"])
    assert missing.slots["dossiers"][SCHEME]["have"] == [second]


def test_when_all_is_there_it_is_time_to_file() -> None:
    talk = turn(told(have=wanted()))
    assert "utter_dossier_ready" in talk.responses()
    assert "utter_dossier_list" not in talk.responses()


@pytest.mark.parametrize("step", ["filed", "granted", "refused", "no_answer"])
def test_each_step_is_remembered_and_answered(step: str) -> None:
    talk = turn(told(progress=step))
    assert f"utter_dossier_{step}" in talk.responses()
    mine = talk.slots["dossiers"][SCHEME]
    assert (mine["step"], mine["since"]) == (step, eligibility.today().isoformat())


def test_what_became_of_it_is_counted_once_and_without_a_name() -> None:
    talk = turn(told(progress="no_answer"))
    assert talk.kept() == [
        {"outcome": {"scheme": SCHEME, "province": "fes", "result": "no_answer"}}
    ]
    again = turn(told(progress="no_answer"), dossiers=talk.slots["dossiers"])
    assert again.kept() == []
    other = turn(told(progress="granted"), dossiers=talk.slots["dossiers"])
    assert other.kept()[0]["outcome"]["instead"] == "no_answer"


def test_what_others_told_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OUTCOMES, SCHEME, {"granted": 4, "refused": 2})
    said = turn(told(progress="filed")).said_in("utter_outcomes")
    assert (said["granted"], said["refused"], said["all"]) == ("4", "2", "6")


def test_reminders_are_offered_once() -> None:
    talk = turn(told(have=wanted()[:1]), reminders=None)
    assert talk.responses().count("utter_remind_ask") == 1
    again = turn(told(), **{key: talk.slots[key] for key in ("reminders", "dossiers")})
    assert "utter_remind_ask" not in again.responses()


def test_a_yes_plans_reminders_in_the_morning_and_a_no_drops_them() -> None:
    dossiers = {SCHEME: {"have": wanted()[:1], "name": "INDH"}}
    yes = turn({"remind": True}, dossiers=dossiers)
    assert "utter_remind_on" in yes.responses()
    (planned,) = [one["reminders"] for one in yes.kept() if "reminders" in one]
    assert {"watch": PROFILE} in yes.kept()
    papers = next(one for one in planned if one["key"] == f"{SCHEME}:papers")
    due = datetime.fromtimestamp(papers["due"], eligibility.casablanca())
    assert (due.hour, (due.date() - eligibility.today()).days) == (10, 7)
    no = turn({"remind": False}, dossiers=dossiers)
    assert no.kept() == [{"cancel": "", "watch": {}}]


def test_a_reminder_says_what_is_still_missing_and_else_nothing() -> None:
    due = {"reminder": "papers", "scheme": SCHEME}
    consent = True
    open_ = {SCHEME: {"have": wanted()[:1]}}
    assert "utter_reminder_papers" in turn(due, dossiers=open_, reminders=consent).responses()
    for dossiers in ({}, {SCHEME: {"have": wanted()}}, {SCHEME: {"have": [], "step": "filed"}}):
        assert turn(due, dossiers=dossiers, reminders=consent).said == []
    assert turn(due, dossiers=open_, reminders=False).said == []


def test_a_scheme_that_is_gone_closes_its_dossier() -> None:
    talk = turn(told(), dossiers={"bygone": {"have": [], "name": "Autrefois"}}, scheme="bygone")
    assert talk.said_in("utter_dossier_gone")["scheme"] == "Autrefois"
    assert "bygone" not in talk.slots["dossiers"]
    assert {"cancel": "bygone:"} in talk.kept()


@pytest.mark.parametrize(("intent", "wanted_then"), [("affirm", True), ("deny", False)])
def test_a_typed_yes_or_no_to_reminders_counts(intent: str, wanted_then: bool) -> None:
    offered = turn(told(have=wanted()[:1]), reminders=None)
    assert offered.slots["pending"] == "remind"
    answered = Talk(**offered.slots)
    answered.latest_message["intent"]["name"] = intent
    answered.take(ActionTakeAnswer())
    assert answered.slots["reminders"] is wanted_then
    assert answered.slots["pending"] is None


def test_a_paper_that_is_not_on_the_list_is_said_to_be_noted() -> None:
    talk = turn(told(have=["passeport"]))
    assert "utter_dossier_other" in talk.responses()


@pytest.mark.parametrize(
    "action", [ActionAskSteps, ActionAskDocuments, ActionAskPlace, ActionAskScheme]
)
@pytest.mark.parametrize("scheme", [SCHEME, None])
def test_a_paper_asked_about_is_explained_and_not_ticked(
    action: type[TurnAction], scheme: str | None
) -> None:
    """“Comment obtenir le certificat de résidence ?”, “fin njib chahadat sokna?”."""
    named = told(have=["justificatif_domicile"], claimed=False)
    talk = Talk(named, profile=PROFILE, scheme=scheme, dossiers={}).take(action())
    assert talk.responses()[0] == "utter_paper"
    assert talk.slots["dossiers"] == {}


def test_a_paper_claimed_in_a_question_about_papers_is_ticked() -> None:
    claimed = told(have=wanted()[:1], claimed=True)
    talk = Talk(claimed, profile=PROFILE, scheme=SCHEME, reminders=False).take(ActionAskDocuments())
    assert talk.slots["dossiers"][SCHEME]["have"] == wanted()[:1]

"""What would make a scheme eligible: the smallest sets of changes a person can make.

Every set that is proposed has been proved by matching again with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.facts import Fact
from eligibility.inference import State, Statement
from eligibility.values import Knowledge, Members

if TYPE_CHECKING:
    from eligibility.matching import Match, Verdict

_MOST_CHANGES = 4
"""Nobody changes more than this for one scheme."""
_MOST_TRIALS = 3000
_MOST_ANSWERS = 6


class Trial(NamedTuple):
    """What would follow from other statements, and the outcomes of all tests then."""

    state: State
    codes: bytearray


def smallest(match: Match, verdict: Verdict) -> tuple[Mapping[str, Any], ...]:
    """Return the smallest sets of changes that reach ``eligible``, or else ``possible``.

    Only facts declared ``changeable`` are touched, and only set to a value declared ``attainable``.
    What is undetermined may still become ``eligible`` by learning more: nothing less is proposed
    while the verdict is undetermined, or when a change as small leaves it so.
    """
    if verdict.outcome == "eligible":
        return ()
    open_facts = _changeable(match, verdict)
    best = _best_reachable(match, verdict, open_facts)
    goals = [goal for goal in ("eligible", "possible") if goal in best]
    if verdict.outcome in ("possible", "undetermined"):
        goals = [goal for goal in goals if goal == "eligible"]
    found: dict[str, list[dict[str, Any]]] = {goal: [] for goal in goals}
    least_open = _MOST_CHANGES + 1
    trials = 0
    for size in range(1, min(_MOST_CHANGES, len(open_facts)) + 1):
        for change in _sets_of(match, open_facts, size):
            trials += 1
            if trials > _MOST_TRIALS:
                break
            outcome = _try(match, verdict, change)
            if outcome == "undetermined":
                least_open = min(least_open, size)
            if outcome in found and (outcome == "eligible" or not _contains(found, change)):
                found[outcome].append(change)
        if goals and found[goals[0]]:
            break
    for goal in goals:
        if found[goal]:
            least = min(map(len, found[goal]))
            if goal == "possible" and least_open <= least:
                return ()
            return tuple(c for c in found[goal] if len(c) == least)[:_MOST_ANSWERS]
    return ()


def _contains(found: Mapping[str, list[dict[str, Any]]], change: Mapping[str, Any]) -> bool:
    return any(
        all(fact in change and change[fact] == value for fact, value in less.items())
        for less in found.get("possible", ())
    )


def _changeable(match: Match, verdict: Verdict) -> list[Fact]:
    """Return the facts a person may change that bear on a scheme, directly or by what follows."""
    catalogue = match.catalogue
    bearing = catalogue.bearing_on(verdict.plan.facts)
    return [
        fact
        for fact in catalogue.facts.values()
        if fact.id in bearing and fact.changeable and fact.attainable and _free(match, fact)
    ]


def _free(match: Match, fact: Fact) -> bool:
    """Return whether a change of a fact would undo nothing the person already has.

    Where a choice offers several ways out of ``none`` (the legal forms), only who surely has none
    takes one: nobody is told to turn a cooperative into a company.
    """
    if len(fact.attainable) < 2 or "none" not in fact.choices:
        return True
    return match.state.known.get(fact.id) == frozenset({"none"})


def _best_reachable(match: Match, verdict: Verdict, facts: list[Fact]) -> tuple[str, ...]:
    """Return the verdicts not excluded when all these facts are taken as open."""
    ids = {fact.id for fact in facts}
    kept = {id: said for id, said in match.profile.statements.items() if id not in ids}
    trial = _concluded(match, tuple(kept), kept)
    outcome = verdict.plan.result(trial.codes, match.place(trial.state)).outcome
    if outcome == "ineligible":
        return ()
    return ("eligible", "possible") if outcome == "undetermined" else (outcome,)


def _sets_of(match: Match, facts: list[Fact], size: int) -> Iterator[dict[str, Any]]:
    for chosen in combinations(facts, size):
        options = [[(fact.id, form) for form in _forms(match, fact)] for fact in chosen]
        for pairs in product(*options):
            yield dict(pairs)


def _forms(match: Match, fact: Fact) -> Iterator[Any]:
    """Yield the values a fact may be changed to, as a profile writes them."""
    known = match.state.known.get(fact.id)
    for form in fact.attainable:
        if isinstance(known, Members):
            listed = form if isinstance(form, list) else [form]
            if not isinstance(form, Mapping):
                yield sorted({*known.inside, *listed})
        elif known is None or fact.knowledge(form) != known:
            yield form


def _try(match: Match, verdict: Verdict, change: Mapping[str, Any]) -> str | None:
    """Return the verdict after a change; None when it contradicts what else is stated."""
    statements = dict(match.profile.statements)
    for id, form in change.items():
        known: Knowledge = match.catalogue.facts[id].knowledge(form)
        statements[id] = Statement(id, known, match.on, form)
    trial = _concluded(match, repr(change), statements)
    if trial.state.clashes.keys() - match.state.clashes.keys():
        return None
    return verdict.plan.result(trial.codes, match.place(trial.state)).outcome


def _concluded(match: Match, name: Hashable, statements: Mapping[str, Statement]) -> Trial:
    """Return what follows from other statements; many schemes try the same ones."""
    trial = match.trials.get(name)
    if trial is None:
        state = match.catalogue.inference.conclude(statements, match.on)
        trial = match.trials[name] = Trial(state, match.catalogue.codes(state))
    return trial

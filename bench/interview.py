"""How many questions decide everything, for people drawn from the priors of ``facts.yml``.

    python -m bench.interview [--people 2000] [--seed 1]

Four ways of choosing the next question, all among the same facts that may still matter: ours,
the order of ``facts.yml``, the fact most verdicts miss, and hindsight: the smallest set of facts
that certifies the verdicts of one person, found exactly (see :func:`smallest_certificate`). That
set may hold questions nobody would ask yet (for how long without work, before whether): the
second bound is the smallest set that can be asked in an order in which each question makes sense.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import eligibility
from eligibility import interview
from eligibility.catalogue import Catalogue
from eligibility.conditions import evaluate
from eligibility.facts import Fact
from eligibility.inference import State, Statement
from eligibility.matching import Match, Verdict
from eligibility.model import Scheme
from eligibility.outcomes import FAILS, HOLDS
from eligibility.values import Knowledge, Members, Spans, meet

ON = date(2026, 11, 24)
AFTER = (3, 5, 8)  # questions after which open verdicts are counted
PROCESSES = 2

Person = Mapping[str, Any]
"""What somebody would answer, by fact, in the form of a profile."""
Choose = Callable[[Match], "str | None"]


# -- people ------------------------------------------------------------------------------------


def draw_person(catalogue: Catalogue, chance: random.Random) -> Person:
    """Return the answers of a random person; they never contradict each other.

    Facts are drawn one after the other by their priors, each from what the earlier ones leave
    possible. A question that makes no sense for the person has no answer.
    """
    while True:
        state, person = State(), {}
        for fact in catalogue.facts.values():
            if not fact.asked:
                continue
            known = state.known.get(fact.id, fact.domain)
            answer = _draw(fact, known, chance)
            state = catalogue.inference.learn(state, fact.id, fact.knowledge(answer), ON)
            person[fact.id] = answer
        if not state.clashes:
            break
    match = catalogue.match(person, ON)
    senseless = [
        fact.id
        for fact in catalogue.facts.values()
        if fact.ask_if is not None and match.outcomes(fact.ask_if) == FAILS
    ]
    return {id: answer for id, answer in person.items() if id not in senseless}


def _draw(fact: Fact, known: Knowledge, chance: random.Random) -> Any:
    prior: Any = fact.prior or {}
    if isinstance(known, Members):
        shares = {value: prior.get(value, 0.0) for value in sorted(known.possible)}
        chosen = {value for value, share in shares.items() if chance.random() < share}
        return {"only": sorted(chosen | known.inside)}
    if isinstance(known, frozenset):
        values = [value for value in fact.values if value in known]
        weights = [prior.get(value, 0.0) if prior else 1.0 for value in values]
        return chance.choices(values, weights if sum(weights) else None)[0]
    for _ in range(1000):
        low, high, _weight = chance.choices(prior, [weight for _, _, weight in prior])[0]
        number: Any = chance.uniform(low, high)
        number = int(number) if fact.integer or high - low > 100 else round(number, 1)
        if meet(known, Spans(((number, 0), (number, 1)))):
            return number
    return fact.show(known)  # what is left is too small to be hit


# -- ways of asking ------------------------------------------------------------------------------


def _counts(scheme: Verdict | Scheme) -> bool:
    """Return whether questions are asked for a scheme: not for what is closed."""
    return scheme.status != "closed"


def _open_targets(match: Match) -> dict[str, int]:
    """Return the facts that open verdicts miss, with how many miss each."""
    found: dict[str, int] = {}
    for verdict in match.verdicts:
        if verdict.outcome == "undetermined" and _counts(verdict):
            for id in verdict.missing:
                found[id] = found.get(id, 0) + 1
    return found


def _candidates(match: Match) -> dict[str, int]:
    """Return the questions that may still matter, with how many verdicts need each."""
    found: dict[str, int] = {}
    for target, missed in _open_targets(match).items():
        for id in interview._askable(match, target):
            found[id] = found.get(id, 0) + missed
    return found


def fixed_order(match: Match) -> str | None:
    """Return the first question of ``facts.yml`` that may still matter."""
    found = _candidates(match)
    return next((id for id in match.catalogue.facts if id in found), None)


def most_missing(match: Match) -> str | None:
    """Return the question that most verdicts need."""
    found = _candidates(match)
    return max(found, key=lambda id: found[id], default=None)


WAYS: dict[str, Choose] = {
    "ours": interview.next_question,
    "most missing first": most_missing,
    "fixed order, pruned": fixed_order,
}


def ask(catalogue: Catalogue, person: Person, choose: Choose) -> list[int]:
    """Return how many verdicts are open after 0, 1, 2… questions, to the last one."""
    profile: dict[str, Any] = {}
    left: list[int] = []
    while True:
        match = catalogue.match(profile, ON)
        left.append(sum(v.outcome == "undetermined" for v in match.verdicts if _counts(v)))
        question = choose(match)
        if question is None:
            return left
        profile[question] = person.get(question, "declined")


# -- hindsight -----------------------------------------------------------------------------------


def smallest_certificate(catalogue: Catalogue, person: Person, in_order: bool = False) -> int:
    """Return the size of the smallest set of answers that decides all that can be decided.

    Exact. Knowing more never opens a verdict again, so every set that leaves one open, made as
    large as possible, says: one of the other facts is needed. The smallest set that meets all
    such demands is a lower bound; as soon as it decides everything, it is the answer.
    """
    hindsight = Hindsight(catalogue, person, in_order)
    demands: list[frozenset[str]] = []
    while True:
        chosen = _smallest_hitting(demands)
        new = [
            hindsight.demand(number, chosen)
            for number in range(len(hindsight.plans))
            if not hindsight.decides(number, chosen)
        ]
        if not new:
            return len(chosen)
        demands = _without_weaker([*demands, *new])


class Hindsight:
    """Tells, for one person, which answers decide which schemes.

    With ``in_order``, only answers to questions count that can be asked one after the other so
    that each is known to make sense (``ask_if``) when it is asked.
    """

    def __init__(self, catalogue: Catalogue, person: Person, in_order: bool = False) -> None:
        self._catalogue = catalogue
        self._in_order = in_order
        self._statements = catalogue.match(person, ON).profile.statements
        plans = [plan.on(ON) for plan in catalogue.plans if plan.scheme.status != "closed"]
        bearing = [self._bearing(plan.facts) & set(person) for plan in plans]
        self.plans = list(zip(plans, bearing, strict=True))
        self._decided: dict[tuple[int, frozenset[str]], bool] = {}
        everything = frozenset(person)
        self.plans = [
            pair for number, pair in enumerate(self.plans) if self.decides(number, everything)
        ]
        self._decided.clear()

    def _bearing(self, facts: frozenset[str]) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        while facts != found:
            found = self._catalogue.bearing_on(facts)
            senses = [self._catalogue.facts[id].ask_if for id in found if self._in_order]
            facts = found.union(*(sense.facts for sense in senses if sense is not None))
        return found

    def _state(self, answers: frozenset[str]) -> State:
        conclude = self._catalogue.inference.conclude
        given: dict[str, Statement] = {}
        left = [id for id in self._statements if id in answers]
        while left:
            state = conclude(given, ON)
            now = [id for id in left if not self._in_order or self._makes_sense(id, state)]
            if not now:
                return state
            given.update((id, self._statements[id]) for id in now)
            left = [id for id in left if id not in given]
        return conclude(given, ON)

    def _makes_sense(self, id: str, state: State) -> bool:
        sense = self._catalogue.facts[id].ask_if
        return sense is None or evaluate(sense.node, self._catalogue.codes(state)) == HOLDS

    def decides(self, number: int, answers: frozenset[str]) -> bool:
        """Return whether some answers decide a scheme."""
        plan, bearing = self.plans[number]
        answers = answers & bearing
        key = (number, answers)
        found = self._decided.get(key)
        if found is None:
            state = self._state(answers)
            place = self._catalogue.place_fact
            here = state.known.get(place, self._catalogue.facts[place].domain) if place else None
            result = plan.result(self._catalogue.codes(state), here)
            found = self._decided[key] = result.outcome != "undetermined"
        return found

    def demand(self, number: int, answers: frozenset[str]) -> frozenset[str]:
        """Return facts one of which is needed for a scheme that some answers leave open."""
        bearing = self.plans[number][1]
        most = answers & bearing
        for id in sorted(bearing - most):
            if not self.decides(number, most | {id}):
                most |= {id}
        return bearing - most


def _without_weaker(demands: list[frozenset[str]]) -> list[frozenset[str]]:
    distinct = sorted(set(demands), key=len)
    kept: list[frozenset[str]] = []
    for demand in distinct:
        if not any(less <= demand for less in kept):
            kept.append(demand)
    return kept


def _smallest_hitting(demands: list[frozenset[str]]) -> frozenset[str]:
    """Return the smallest set that shares a fact with every demand."""
    for size in range(len(demands) + 1):
        found = _hitting(demands, frozenset(), size)
        if found is not None:
            return found
    raise AssertionError("one fact of every demand hits them all")


def _hitting(
    demands: list[frozenset[str]], chosen: frozenset[str], size: int
) -> frozenset[str] | None:
    left = [demand for demand in demands if chosen.isdisjoint(demand)]
    if not left:
        return chosen
    if _disjoint(left) > size:
        return None
    for id in sorted(sorted(left, key=len)[0]):
        found = _hitting(left, chosen | {id}, size - 1)
        if found is not None:
            return found
    return None


def _disjoint(demands: list[frozenset[str]]) -> int:
    """Return how many demands share nothing, picked greedily: each needs a fact of its own."""
    used: frozenset[str] = frozenset()
    count = 0
    for demand in demands:
        if used.isdisjoint(demand):
            used |= demand
            count += 1
    return count


# -- the table -----------------------------------------------------------------------------------


@dataclass
class Interview:
    """One person: verdicts left open after each question, by way; and the hindsight bounds."""

    left: dict[str, list[int]]
    bound: int
    bound_in_order: int


def interviews(path: str | None, seeds: list[int]) -> list[Interview]:
    """Interview one person for each seed."""
    catalogue = eligibility.load(path)
    found = []
    for seed in seeds:
        person = draw_person(catalogue, random.Random(seed))
        left = {name: ask(catalogue, person, choose) for name, choose in WAYS.items()}
        bounds = (smallest_certificate(catalogue, person, in_order) for in_order in (False, True))
        found.append(Interview(left, *bounds))
    return found


def main(arguments: list[str]) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.interview", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--catalogue", metavar="DIR")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    seeds = [options.seed * 1_000_000 + number for number in range(options.people)]
    parts = [seeds[at :: PROCESSES * 4] for at in range(PROCESSES * 4)]
    catalogue = eligibility.load(options.catalogue)
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        done = pool.starmap(interviews, [(options.catalogue, part) for part in parts])
    found = [one for part in done for one in part]
    schemes = sum(map(_counts, catalogue.schemes.values()))
    print("\n".join(table(found, schemes)))
    print(
        f"\n{len(found)} people, {schemes} schemes that are not closed, {time.perf_counter() - started:.0f} s"
    )
    return 0


def table(found: list[Interview], schemes: int) -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    bound = sum(one.bound for one in found) / len(found)
    in_order = sum(one.bound_in_order for one in found) / len(found)
    after = " | ".join(f"open after {count}" for count in AFTER)
    yield f"| | questions until all is decided | times the bound | in order | {after} |"
    yield "|---|---|---|---|" + "---|" * len(AFTER)
    for name, mean in (("hindsight bound", bound), ("hindsight bound, in order", in_order)):
        ratios = f"{mean / bound:.3f} | {mean / in_order:.3f}"
        yield f"| {name} | {mean:.2f} | {ratios} |" + " |" * len(AFTER)
    for name in WAYS:
        runs = [one.left[name] for one in found]
        mean = sum(len(run) - 1 for run in runs) / len(runs)
        shares = (
            sum(run[min(count, len(run) - 1)] for run in runs) / len(runs) / schemes
            for count in AFTER
        )
        cells = " | ".join(f"{share:.1%}" for share in shares)
        yield f"| {name} | {mean:.2f} | {mean / bound:.3f} | {mean / in_order:.3f} | {cells} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

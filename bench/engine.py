"""How fast one full match is, beside the same rules in Python and in other engines, in one run.

    python -m bench.engine [--rounds 5]

The other engines are ``zen-engine`` and a JSON-logic library: ``pip install -r
bench/requirements.txt`` in an environment of its own; without them the table says so. All get the
same complete profiles, and must find the same verdicts. Ours also reads and checks the profile,
draws conclusions, keeps every condition's outcome with its source, and ranks the schemes.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import eligibility
import yamlsource
from bench.interview import ON, draw_person
from eligibility.catalogue import Catalogue
from eligibility.facts import Fact

PEOPLE = 200
SCHEMES = 40
SIZES = (40, 200, 1000, 2000)  # for the growth of cost
WORD = yamlsource.plain(Path(__file__).with_name("messages.yml"))["word"]

Person = Mapping[str, Any]
Rule = Mapping[str, Any]
Judge = Callable[[Person], Any]


# -- generated schemes -----------------------------------------------------------------------------


def generate(catalogue: Catalogue, count: int, chance: random.Random) -> list[list[Rule]]:
    """Return the conditions of random schemes, in kind and number like those of real ones."""
    facts = [fact for fact in catalogue.facts.values() if fact.asked and fact.prior]
    return [
        [_rule(fact, chance) for fact in chance.sample(facts, chance.randint(4, 8))]
        for _ in range(count)
    ]


def _rule(fact: Fact, chance: random.Random) -> Rule:
    if fact.type == "number":
        borders = sorted({end for low, high, _ in fact.prior for end in (low, high)})
        test: Any = {chance.choice(["from", "to"]): chance.choice(borders[1:-1])}
    elif fact.type == "bool":
        test = True
    elif fact.type == "ordered":
        test = {"from": chance.choice(fact.values[1:4])}
    else:
        test = chance.sample(list(fact.values), min(len(fact.values) - 1, chance.randint(1, 4)))
    rule: dict[str, Any] = {fact.id: test, "source": "LAW"}
    if fact.type == "number" and chance.random() < 0.3:
        rule["margin"] = {"test": {"from": 0}}
    return rule


def write(rules: list[list[Rule]], facts: Path, directory: Path) -> Catalogue:
    """Return a catalogue of our facts and some generated schemes."""
    (directory / "schemes" / "body").mkdir(parents=True)
    for name in ("facts.yml", "places.yml"):
        (directory / name).write_bytes((facts / name).read_bytes())
    for number, requires in enumerate(rules):
        scheme = {
            "id": f"s{number}", "institution": "body", "name": WORD, "applicant": ["person"],
            "status": "open", "as_of": "2026-01-01", "sources": {"LAW": {"title": "A law"}},
            "requires": requires,
        }  # fmt: skip
        file = directory / "schemes" / "body" / f"s{number}.yml"
        file.write_text(json.dumps(scheme, ensure_ascii=False), encoding="utf-8")
    return eligibility.load(directory)


# -- the same rules, elsewhere -----------------------------------------------------------------------


def by_hand(rules: list[list[Rule]], facts: Mapping[str, Fact], reasons: bool) -> Judge:
    """Return a function that judges a person the way one would write it in Python.

    With ``reasons``, it keeps the outcome of every condition instead of stopping at the first
    that fails.
    """
    names: list[str] = []
    lines: list[str] = []
    for number, requires in enumerate(rules):
        body = [f"def s{number}(p):", *(["    outcomes = []"] if reasons else ["    sure = True"])]
        for rule in requires:
            fact = facts[next(iter(rule))]
            held, margin = _python(fact, rule[fact.id]), rule.get("margin")
            accepted = _python(fact, margin["test"]) if margin else ""
            if reasons:
                other = f'"margin" if {accepted} else "fails"' if margin else '"fails"'
                body.append(f'    outcomes.append("holds" if {held} else {other})')
            else:
                body.append(f"    if not ({held}):")
                if margin:
                    body += [f"        if not ({accepted}):", '            return "ineligible"']
                    body.append("        sure = False")
                else:
                    body.append('        return "ineligible"')
        if reasons:
            body.append('    if "fails" in outcomes: return "ineligible", outcomes')
            body.append('    return ("possible" if "margin" in outcomes else "eligible"), outcomes')
        else:
            body.append('    return "eligible" if sure else "possible"')
        lines += body
        names.append(f"s{number}")
    lines.append("def judge(p):")
    lines.append("    return {" + ", ".join(f'"{name}": {name}(p)' for name in names) + "}")
    space: dict[str, Any] = {}
    exec(compile("\n".join(lines), "by hand", "exec"), space)
    judge: Judge = space["judge"]
    return judge


def _python(fact: Fact, test: Any) -> str:
    value = f'p["{fact.id}"]'
    if isinstance(test, dict):
        key, border = next(iter(test.items()))
        if fact.type == "ordered":
            return f"{value} in {set(fact.values[fact.values.index(border) :])!r}"
        return f"{value} {'>=' if key == 'from' else '<='} {border}"
    if fact.type == "set":
        return " or ".join(f'"{item}" in {value}' for item in test)
    return f"{value} in {set(test)!r}" if isinstance(test, list) else f"{value} is {test}"


def json_logic(rules: list[list[Rule]], facts: Mapping[str, Fact]) -> list[tuple[Any, Any]]:
    """Return for each scheme when it is surely, and when it is at least perhaps, right."""
    found = []
    for requires in rules:
        sure: list[Any] = []
        perhaps: list[Any] = []
        for rule in requires:
            fact = facts[next(iter(rule))]
            held = _logic(fact, rule[fact.id])
            sure.append(held)
            margin = rule.get("margin")
            perhaps.append({"or": [held, _logic(fact, margin["test"])]} if margin else held)
        found.append(({"and": sure}, {"and": perhaps}))
    return found


def _logic(fact: Fact, test: Any) -> Any:
    value = {"var": fact.id}
    if isinstance(test, dict):
        key, border = next(iter(test.items()))
        if fact.type == "ordered":
            return {"in": [value, list(fact.values[fact.values.index(border) :])]}
        return {">=" if key == "from" else "<=": [value, border]}
    if fact.type == "set":
        return {"or": [{"in": [item, value]} for item in test]}
    return {"in": [value, test]} if isinstance(test, list) else {"==": [value, test]}


def with_json_logic(rules: list[list[Rule]], facts: Mapping[str, Fact]) -> Judge:
    """Return the JSON-logic library's judge; raises ImportError where it is missing."""
    from json_logic import jsonLogic  # type: ignore[import-not-found]

    both = json_logic(rules, facts)

    def judge(person: Person) -> dict[str, str]:
        found = {}
        for number, (sure, perhaps) in enumerate(both):
            if jsonLogic(sure, person):
                found[f"s{number}"] = "eligible"
            else:
                found[f"s{number}"] = "possible" if jsonLogic(perhaps, person) else "ineligible"
        return found

    return judge


def with_zen(rules: list[list[Rule]], facts: Mapping[str, Fact]) -> Judge:
    """Return zen-engine's judge, all schemes in one node; raises ImportError where missing."""
    import zen  # type: ignore[import-not-found]

    expressions = []
    for number, (sure, perhaps) in enumerate(json_logic(rules, facts)):
        text = f"{_zen(sure)} ? 'eligible' : ({_zen(perhaps)} ? 'possible' : 'ineligible')"
        expressions.append({"id": f"s{number}", "key": f"s{number}", "value": text})
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "all", "name": "all", "type": "expressionNode",
             "content": {"expressions": expressions}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "all", "type": "edge"},
            {"id": "2", "sourceId": "all", "targetId": "out", "type": "edge"},
        ],
    }  # fmt: skip
    decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def judge(person: Person) -> Any:
        return decision.evaluate(person)["result"]

    return judge


def _zen(logic: Any) -> str:
    ((operator, parts),) = logic.items()
    if operator in ("and", "or"):
        return "(" + f" {operator} ".join(_zen(part) for part in parts) + ")"
    if operator == "in":
        return f"{_zen_value(parts[0])} in {_zen_value(parts[1])}"
    return f"{_zen_value(parts[0])} {operator} {_zen_value(parts[1])}"


def _zen_value(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["var"])
    return json.dumps(value).replace('"', "'")


# -- measuring -----------------------------------------------------------------------------------------


def microseconds(judge: Judge, people: list[Person]) -> float:
    """Return the mean time of one judgement."""
    started = time.perf_counter()
    for person in people:
        judge(person)
    return (time.perf_counter() - started) / len(people) * 1e6


def compare(ways: Mapping[str, tuple[Judge, list[Person]]], rounds: int) -> dict[str, float]:
    """Return the median time of each way; they take turns, so that noise hits them alike."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (judge, people) in ways.items():
            times[name].append(microseconds(judge, people))
    return {name: statistics.median(found) for name, found in times.items()}


def main(arguments: list[str]) -> int:
    """Print the tables; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--catalogue", metavar="DIR")
    options = parser.parse_args(arguments)
    real = eligibility.load(options.catalogue)
    chance = random.Random(4)
    rules = generate(real, SCHEMES, chance)
    with tempfile.TemporaryDirectory() as directory:
        made = write(rules, real.path, Path(directory) / "made")
        everybody = [complete(real, draw_person(real, chance), chance) for _ in range(PEOPLE)]
        plain = [as_values(person) for person in everybody]
        _speed_table(real, made, rules, everybody, plain, options.rounds)
        _question_table(real, made, everybody)
        _growth_table(real, Path(directory), everybody, chance)
    return 0


def complete(catalogue: Catalogue, person: Person, chance: random.Random) -> Person:
    """Return a person with a value for every fact, as other engines need it."""
    full = dict(person)
    while lacking := [f for f in catalogue.facts.values() if f.asked and f.id not in full]:
        other = draw_person(catalogue, chance)
        for fact in lacking:
            if fact.id in other:
                trial = {**full, fact.id: other[fact.id]}
                if not catalogue.match(trial, ON).contradictions:
                    full = trial
            elif chance.random() < 0.2:  # what follows from the rest, or makes no sense here
                known = catalogue.match(full, ON).known.get(fact.id, fact.domain)
                single = fact.single(known)
                full[fact.id] = single if single is not None else _any_value(fact, known)
    return full


def _any_value(fact: Fact, known: Any) -> Any:
    shown = fact.show(known)
    if isinstance(shown, dict):
        return shown.get("from", shown.get("above", 0) + 1)
    return shown[0]


def as_values(person: Person) -> Person:
    """Return a profile as the other engines read it: sets are lists."""
    return {id: value["only"] if isinstance(value, dict) else value for id, value in person.items()}


def _speed_table(
    real: Catalogue,
    made: Catalogue,
    rules: list[list[Rule]],
    everybody: list[Person],
    plain: list[Person],
    rounds: int,
) -> None:
    hand = by_hand(rules, made.facts, reasons=False)
    ways: dict[str, tuple[Judge, list[Person]]] = {
        "by hand in Python, verdicts only": (hand, plain),
        "by hand in Python, every outcome kept": (by_hand(rules, made.facts, True), plain),
        "ours, with reasons": (lambda person: made.match(person, ON).verdicts, everybody),
    }
    missing = []
    for name, other in (("zen-engine", with_zen), ("panzi-json-logic", with_json_logic)):
        try:
            ways[f"{name}, verdicts only"] = (other(rules, made.facts), plain)
        except ImportError:
            missing.append(name)
    for person, values in zip(everybody, plain, strict=True):
        ours = {one.scheme: one.outcome for one in made.match(person, ON).verdicts}
        for name, (judge, _) in ways.items():
            if "only" in name:
                _agree(name, ours, judge(values))
    times = compare(ways, rounds)
    first = times["by hand in Python, verdicts only"]
    print(f"One full match, {SCHEMES} generated schemes, {sum(map(len, rules))} conditions:\n")
    print("| | µs | times by hand |\n|---|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {taken:.0f} | {taken / first:.1f}x |")
    for name in missing:
        print(f"| {name} | not installed (bench/requirements.txt) | |")
    own = compare({"ours": (lambda person: real.match(person, ON).verdicts, everybody)}, rounds)
    print(f"\nOne full match of our catalogue ({len(real.schemes)} schemes): {own['ours']:.0f} µs")


def _agree(name: str, ours: dict[str, str], theirs: Mapping[str, str]) -> None:
    for id, outcome in ours.items():
        if theirs[id] != outcome:
            raise SystemExit(f"{name} finds {id} {theirs[id]}; ours finds {outcome}")


def _question_table(real: Catalogue, made: Catalogue, everybody: list[Person]) -> None:
    print("\nChoosing the next question, along whole interviews:\n")
    print("| | median ms | 95 of 100 within |\n|---|---|---|")
    for name, catalogue in (("our catalogue", real), (f"{SCHEMES} generated schemes", made)):
        times = []
        for person in everybody[:40]:
            profile: dict[str, Any] = {}
            while True:
                match = catalogue.match(profile, ON)
                started = time.perf_counter()
                question = match.next_question
                times.append((time.perf_counter() - started) * 1000)
                if question is None:
                    break
                profile[question] = person.get(question, "declined")
        print(
            f"| {name} | {statistics.median(times):.2f} | {statistics.quantiles(times, n=20)[-1]:.2f} |"
        )


def _growth_table(
    real: Catalogue, directory: Path, everybody: list[Person], chance: random.Random
) -> None:
    print("\nGrowth with the number of schemes:\n")
    print("| schemes | load, ms a scheme | match, µs a scheme | next question, µs a scheme |")
    print("|---|---|---|---|")
    people = everybody[:20]
    for size in SIZES:
        rules = generate(real, size, chance)
        started = time.perf_counter()
        catalogue = write(rules, real.path, directory / f"of{size}")
        loading = (time.perf_counter() - started) * 1000 / size
        gc.collect()
        gc.freeze()  # else the time of a match is that of the collector at work on big tables
        microseconds(partial(catalogue.match, on=ON), people)
        matching = microseconds(partial(catalogue.match, on=ON), people) / size
        half = [dict(list(person.items())[:4]) for person in people[:5]]
        asking = []
        for profile in half:
            match = catalogue.match(profile, ON)
            started = time.perf_counter()
            _ = match.next_question
            asking.append((time.perf_counter() - started) * 1e6 / size)
        print(f"| {size} | {loading:.2f} | {matching:.2f} | {statistics.median(asking):.1f} |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

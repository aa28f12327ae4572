"""Write ``docs/catalogue-state.md``: how old, how well sourced and how open each scheme is.

``python -m tools.catalogue_state [DAY]`` (``make state``): ages are counted on that day, by
default today.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import eligibility
from eligibility.catalogue import Catalogue
from eligibility.days import Day
from eligibility.model import VERDICTS, Scheme
from eligibility.review import FRESH, contacts, review

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "catalogue-state.md"
_MISSING = "missing contact: no "


def page(catalogue: Catalogue, on: date) -> str:
    """Return the page, its ages counted on a day."""
    return "\n".join([*_schemes(catalogue, on), *_to_do(catalogue, on), *_regions(catalogue, on)])


def _schemes(catalogue: Catalogue, on: date) -> Iterator[str]:
    yield "# The state of the catalogue"
    yield ""
    yield f"Written by `make state`, ages as of {on}; not to be edited by hand. What it lists is"
    yield "explained in [catalogue.md](catalogue.md)."
    yield ""
    yield f"## {len(catalogue.schemes)} schemes"
    yield ""
    yield f"Examples: how many end as {', '.join(VERDICTS)}."
    yield ""
    yield "| scheme | id | institution | status | as of | days old | sources | open | examples |"
    yield "|---|---|---|---|---|--:|--:|--:|---|"
    for scheme in sorted(catalogue.schemes.values(), key=lambda one: (one.institution, one.id)):
        yield _row(scheme, on)
    yield ""


def _row(scheme: Scheme, on: date) -> str:
    found = Counter(example.verdict for example in scheme.examples)
    cells = (
        eligibility.text(scheme.name, "fr").replace("|", "\\|"),
        f"`{scheme.id}`",
        scheme.institution,
        scheme.status,
        scheme.as_of,
        _age(scheme.as_of, on),
        len(scheme.sources),
        len(scheme.open_questions),
        " / ".join(str(found[verdict]) for verdict in VERDICTS),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _age(day: Day, on: date) -> str:
    """Return the days since the last day a date may mean (0 while it is still running)."""
    return "?" if day.last is None else str(max(0, (on - day.last).days))


def _to_do(catalogue: Catalogue, on: date) -> Iterator[str]:
    lines = review(catalogue, on)
    kinds = Counter(line.partition(":")[0] for line in lines)
    yield "## What `review` says"
    yield ""
    yield ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) + "."
    yield ""
    yield f"Stale (older than {FRESH.days} days), to be asked for again:"
    yield ""
    for line in lines:
        kind, _, what = line.partition(": ")
        if kind == "stale":
            yield f"- {what}"
    yield ""


def _regions(catalogue: Catalogue, on: date) -> Iterator[str]:
    yield "## Missing contacts by region"
    yield ""
    yield "Office kinds for which some province of the region knows no office, with the number of"
    yield "such provinces; `python -m eligibility review --region …` names each."
    yield ""
    yield "| region | missing | of which |"
    yield "|---|--:|---|"
    for place in sorted(catalogue.places.values(), key=lambda one: one.id):
        if place.region is not None:
            continue
        lines = [line for line in contacts(catalogue, place.id, on) if line.startswith(_MISSING)]
        kinds = Counter(line.removeprefix(_MISSING).split()[0] for line in lines)
        which = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        yield f"| {place.id} | {len(lines)} | {which} |"
    yield ""


if __name__ == "__main__":
    day = date.fromisoformat(sys.argv[1]) if sys.argv[1:] else eligibility.today()
    text = page(eligibility.load(ROOT / "catalogue"), day)
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE.relative_to(ROOT))

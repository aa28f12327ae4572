"""What may be counted of a turn: intents, verdicts, obstacles; nothing of the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import eligibility

PLACE = "province"
DECIDED = ("eligible", "possible", "ineligible")

Outcome = tuple[str, str]
"""A scheme and its verdict."""


@dataclass(frozen=True)
class Noticed:
    """One turn, as far as statistics go.

    Attributes:
        channel: Where it was taken.
        seconds: How long the person waited.
        intent: What the message was for.
        is_new: Whether this intent is the first of its kind in the talk.
        language: The language of the answer.
        unclear: Why it could not be answered (foreign, unreadable, unclear, out_of_scope), if so.
        guess: What it was most likely for, where it was not clear.
        failed: Whether it ended in an apology.
        schemes: The schemes named for the first time in the talk.
        before, after: The profile, fact -> value, before the turn and after it.
    """

    channel: str
    seconds: float
    intent: str
    is_new: bool
    language: str = "fr"
    unclear: str | None = None
    guess: str | None = None
    failed: bool = False
    schemes: tuple[str, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


class Count(NamedTuple):
    """What is added up: one more of ``kind`` and ``key``, somewhere."""

    kind: str
    key: str
    province: str


@dataclass(frozen=True)
class Standing:
    """What a profile comes to.

    Attributes:
        verdicts: The schemes that are decided, with the verdict.
        obstacles: Schemes that a single condition excludes, with that condition.
    """

    verdicts: frozenset[Outcome] = frozenset()
    obstacles: frozenset[tuple[str, str]] = frozenset()


def progress(noticed: Noticed, catalogue: eligibility.Catalogue) -> Standing:
    """Return the verdicts and obstacles that this turn brought about.

    What was so before is left out, so a person counts once for each.
    """
    if noticed.before == noticed.after:
        return Standing()
    before, after = standing(noticed.before, catalogue), standing(noticed.after, catalogue)
    return Standing(after.verdicts - before.verdicts, after.obstacles - before.obstacles)


def standing(profile: Mapping[str, Any], catalogue: eligibility.Catalogue) -> Standing:
    """Return what a profile comes to, for the schemes that give what is sought."""
    try:
        match = catalogue.match(profile)
    except eligibility.ProfileError:  # such as a fact the catalogue no longer has
        return Standing()
    wanted = [verdict for verdict in match.verdicts if match.is_wanted(verdict)]
    return Standing(
        frozenset((v.scheme, v.outcome) for v in wanted if v.outcome in DECIDED),
        frozenset(
            (v.scheme, failing[0].condition)
            for v in wanted
            if v.outcome == "ineligible"
            and len(failing := [reason for reason in v.reasons if reason.outcome == "fails"]) == 1
            and not {*failing[0].facts} & {*catalogue.seeking_facts}  # a wish is no obstacle
        ),
    )


def counts(noticed: Noticed, brought: Standing) -> Iterator[Count]:
    """Yield what a turn adds to the statistics; ``brought`` is its :func:`progress`."""
    before, province = _province(noticed.before), _province(noticed.after)
    if noticed.is_new:
        yield Count("intent", noticed.intent, province)
    if noticed.unclear:
        yield Count("unclear", noticed.unclear, province)
    for scheme in noticed.schemes:
        yield Count("scheme", scheme, province)
    if province and province != before:
        yield Count("person", noticed.language, province)
    for scheme, outcome in sorted(brought.verdicts):
        yield Count(outcome, scheme, province)
    for scheme, condition in sorted(brought.obstacles):
        yield Count("obstacle", f"{scheme}:{condition}", province)


def _province(profile: Mapping[str, Any]) -> str:
    entry = profile.get(PLACE)
    value = entry.get("value") if isinstance(entry, Mapping) else entry
    return value if isinstance(value, str) and value != "declined" else ""

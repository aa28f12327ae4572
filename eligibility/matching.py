"""Match a profile against a catalogue."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from eligibility import changes, interview, window
from eligibility.conditions import Condition, evaluate
from eligibility.inference import Contradiction, State
from eligibility.model import Benefit
from eligibility.outcomes import FAILS
from eligibility.plan import DatedPlan, Reason, Result
from eligibility.profile import Profile
from eligibility.ranking import is_wanted, rank
from eligibility.values import Knowledge

if TYPE_CHECKING:
    from eligibility.catalogue import Catalogue

_Any = TypeVar("_Any")


class _Frozen:
    """Something that is made once; what is worked out when first read is kept."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} cannot be set: a {type(self).__name__} does not change")


class Verdict(_Frozen):
    """What a scheme comes to for one profile.

    Attributes:
        scheme: The scheme's id.
        outcome: ``eligible``, ``possible``, ``undetermined`` or ``ineligible``.
        status: Whether the scheme takes applications.
        reasons: Every condition with its outcome.
        missing: Facts that would decide what is unknown.
        open: How many conditions are unknown.
        holding: How many conditions hold.
        plan: The scheme as it stands on the day.
    """

    _match: Match
    plan: DatedPlan
    scheme: str
    status: str
    outcome: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    open: int
    holding: int

    def __init__(self, match: Match, plan: DatedPlan, result: Result) -> None:
        own = self.__dict__  # set here, once; a match makes many of these
        own.update(result.__dict__)
        own["_match"] = match
        own["plan"] = plan
        own["scheme"] = plan.scheme.id
        own["status"] = plan.scheme.status

    @cached_property
    def changes(self) -> tuple[Mapping[str, Any], ...]:
        """The smallest sets of changes that would make the scheme eligible (or else possible)."""
        return changes.smallest(self._match, self)

    @cached_property
    def window(self) -> window.Window | None:
        """The days between which the verdict holds; None where no date bounds it."""
        return window.of(self._match, self)

    def __repr__(self) -> str:
        return f"Verdict({self.scheme}: {self.outcome})"


class Match(_Frozen):
    """All verdicts for one profile on one day.

    Attributes:
        on: The day.
        catalogue: What was matched against.
        profile: What was stated.
        state: Everything that follows from it.
        codes: The outcomes of all tests (see :mod:`eligibility.outcomes`).
        verdicts: One for each scheme, recommended first.
    """

    catalogue: Catalogue
    profile: Profile
    on: date
    state: State
    codes: bytearray
    verdicts: tuple[Verdict, ...]

    def __init__(self, catalogue: Catalogue, profile: Profile, on: date) -> None:
        state = catalogue.inference.conclude(profile.statements, on)
        codes = catalogue.codes(state)
        vars(self).update(catalogue=catalogue, profile=profile, on=on, state=state, codes=codes)
        place = self.place(self.state)
        verdicts = []
        for scheme_plan in catalogue.plans:
            plan = scheme_plan.on(on)
            verdicts.append(Verdict(self, plan, plan.result(self.codes, place)))
        vars(self)["verdicts"] = rank(self, verdicts)

    def place(self, state: State) -> Knowledge | None:
        """Return what is known of where the person lives."""
        fact = self.catalogue.place_fact
        return state.known.get(fact, self.catalogue.facts[fact].domain) if fact else None

    @property
    def known(self) -> Mapping[str, Knowledge]:
        """Everything known of the facts, after all that follows from them."""
        return self.state.known

    @property
    def undecided(self) -> int:
        """How many verdicts are undetermined."""
        return sum(verdict.outcome == "undetermined" for verdict in self.verdicts)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Statements that cannot all be true."""
        stated = self.profile.statements
        return tuple(
            Contradiction(fact, tuple({cause: stated[cause].form} for cause in causes))
            for fact, causes in self.state.clashes.items()
        )

    @cached_property
    def trials(self) -> dict[Hashable, changes.Trial]:
        """What was tried out already to find changes (see :mod:`eligibility.changes`)."""
        return {}

    def question_about(self, schemes: Collection[str]) -> str | None:
        """Return the fact to ask next to decide about some schemes only; None when none helps."""
        return interview.question_about(self, schemes)

    @cached_property
    def next_question(self) -> str | None:
        """The fact to ask next; None when no question could decide anything more."""
        return interview.next_question(self)

    @cached_property
    def next_wanted_question(self) -> str | None:
        """The next fact to ask that decides about what the person seeks; None when none does."""
        return interview.next_wanted_question(self)

    def is_wanted(self, verdict: Verdict) -> bool:
        """Return whether a scheme gives what the person seeks; always, while that is open."""
        return is_wanted(self, verdict)

    def verdict(self, scheme: str) -> Verdict:
        """Return the verdict of one scheme.

        Raises:
            KeyError: There is no such scheme.
        """
        for verdict in self.verdicts:
            if verdict.scheme == scheme:
                return verdict
        raise KeyError(scheme)

    def outcomes(self, condition: Condition) -> int:
        """Return the outcomes a condition may have (see :mod:`eligibility.outcomes`)."""
        return evaluate(condition.node, self.codes)

    def benefits(self, scheme: str) -> tuple[Benefit, ...]:
        """Return what a scheme may give here: the local edition's list where there is one."""
        known = self.place(self.state)
        core = self.catalogue.scheme(scheme)
        for edition in core.local:
            covers = isinstance(known, frozenset) and known <= edition.provinces
            if covers and edition.gives is not None and edition.is_open(self.on):
                return self.applicable(edition.gives)
        return self.applicable(core.gives)

    def applicable(self, items: Iterable[_Any] | None) -> tuple[_Any, ...]:
        """Return the items (benefits, papers, steps…) whose ``when`` is not known to fail."""
        return tuple(
            item
            for item in items or ()
            if getattr(item, "when", None) is None or self.outcomes(item.when) != FAILS  # type: ignore[attr-defined]
        )

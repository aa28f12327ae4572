"""The JSON of ``match``, exactly as other programs read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from eligibility.matching import Match, Verdict
from eligibility.plan import Reason


def as_json(match: Match) -> dict[str, Any]:
    """Return the verdicts of a match, ready for ``json.dumps``."""
    return {
        "on": match.on.isoformat(),
        "schemes": [_verdict(verdict) for verdict in match.verdicts],
        "next_question": match.next_question,
        "undecided": match.undecided,
        "contradictions": [
            {
                "fact": clash.fact,
                "statements": [_plain(dict(statement)) for statement in clash.statements],
            }
            for clash in match.contradictions
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    window = verdict.window
    return {
        "id": verdict.scheme,
        "verdict": verdict.outcome,
        "status": verdict.status,
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "missing": list(verdict.missing),
        "changes": [_plain(dict(change)) for change in verdict.changes],
        "window": window.plain() if window else None,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    found: dict[str, Any] = {
        "condition": reason.condition,
        "facts": list(reason.facts),
        "outcome": reason.outcome,
        "source": list(reason.source),
    }
    if reason.parts:
        found["parts"] = [_reason(part) for part in reason.parts]
    return found


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: dates as text, truth values as keys spelled out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(below) for below in value]
    return value

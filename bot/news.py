"""What a change of the catalogue means for somebody: which schemes stand otherwise for them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from eligibility import Catalogue, ProfileError

Standing = Mapping[str, list[str]]
"""By scheme: the verdict, whether it takes applications, and a mark of its file's text."""

OPEN = ("open", "by_call")
GOOD = ("eligible", "possible")


def standing(catalogue: Catalogue, profile: Mapping[str, Any]) -> Standing:
    """Return how every scheme stands for a profile today.

    A profile that the catalogue no longer understands stands nowhere: nothing is said of it.
    """
    try:
        match = catalogue.match(profile)
    except ProfileError:
        return {}
    marks = {scheme.id: _mark(scheme) for scheme in catalogue.schemes.values()}
    return {v.scheme: [v.outcome, v.status, marks[v.scheme]] for v in match.verdicts}


def news(before: Standing, now: Standing) -> list[str]:
    """Return the schemes that a person should hear of.

    Those whose file was changed (time alone is no news), and of which the verdict became better,
    or a good one was lost, or that take applications again where nothing is known to fail.
    """
    found = []
    for scheme, (outcome, status, mark) in now.items():
        old_outcome, old_status, old_mark = before.get(scheme, ["ineligible", "closed", ""])
        if mark == old_mark:
            continue
        opened = status in OPEN and old_status not in OPEN and outcome != "ineligible"
        turned = (outcome in GOOD) != (old_outcome in GOOD) and status in OPEN
        if opened or turned:
            found.append(scheme)
    return found


def _mark(scheme: Any) -> str:
    try:
        text = Path(scheme.mark.file).read_bytes()
    except OSError:  # gone since it was read: what was read is what counts
        text = scheme.id.encode()
    return sha256(text).hexdigest()[:12]

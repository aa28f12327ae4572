"""Small spelling mistakes in long words: near enough to be meant, far enough to be sure."""

from __future__ import annotations

from functools import lru_cache

ONE_MISTAKE = 6
"""Keys of this length may carry one mistake; shorter words are compared as they are."""

_TWO_MISTAKES = 10
_LONGEST = 40  # no listed word comes near; each form of a long one costs its length


@lru_cache(maxsize=8192)
def near_forms(key: str) -> frozenset[str]:
    """Return the key and the key less any one character: what two near keys have in common."""
    if not ONE_MISTAKE - 1 <= len(key) <= _LONGEST:
        return frozenset()
    return frozenset({key} | {key[:at] + key[at + 1 :] for at in range(1, len(key))})


def is_misspelling(typed: str, listed: str) -> bool:
    """Tell whether a typed key is near enough to a listed one to be meant for it."""
    shortest = min(len(typed), len(listed))
    if shortest < ONE_MISTAKE - 1 or max(len(typed), len(listed)) < ONE_MISTAKE:
        return False
    allowed = 2 if shortest >= _TWO_MISTAKES else 1
    return _distance(typed, listed) <= allowed


def _distance(one: str, two: str) -> int:
    """Count the letters to add, drop, change or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]

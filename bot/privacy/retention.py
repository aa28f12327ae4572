"""How long words are kept, and what of a profile may stay longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS_SECONDS = 24 * 3600
"""After so long without a message, all texts and everything sensitive are dropped."""

TIDY_SECONDS = 15 * 60
"""How often what is too old is looked for."""

SENSITIVE = "sensitive"
"""The topic, in ``facts.yml``, of facts that law 09-08 asks an authorisation to store."""


def lasting(profile: Mapping[str, Any], topics: Mapping[str, str]) -> dict[str, Any]:
    """Return the part of a profile that may stay.

    Args:
        profile: What is known, by fact.
        topics: The topic of each fact; a fact without one is not known any more and goes too.
    """
    return {
        fact: value for fact, value in profile.items() if topics.get(fact, SENSITIVE) != SENSITIVE
    }

"""Facts that are numbers, dates and places: which quantity of a message belongs to which fact.

A quantity belongs to the fact whose words (``near`` in ``facts.yml``) stand closest to it in
the same sentence. Money with two readings is reported, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from language.context import Context
from language.fact_nearness import (
    Quantity,
    distance_to,
    ended_after,
    follows,
    has_not_begun,
    is_article,
    is_too_little,
    is_yearly,
    owned,
    says_work,
    times,
    words_between,
    year_range,
)
from language.fact_words import Claim
from language.gazetteer import Gazetteer
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_REACH = {"count": 4, "percent": 8, "money": 8, "duration": 9, "date": 7}
_READERS = (*_REACH, "age", "birth_date")
_AWAY = 2  # words that "a year" counts for: what is paid is named elsewhere
_ALONE = 4  # words of a message that says hardly more than a sum
_LEAST_SUM = 1000  # dirhams: a bare number from here on counts no people
_UP_TO_ONE = {"to": 1}  # "7ta wa7d", which says "nobody"
_NOTHING = ""  # owner of lengths of time that belong to no fact
_RULE = "rule"  # owner of sums that a rule names
_HIRED = "hired"  # owner of people who were taken on already
_NO_FACTS = (_NOTHING, _HIRED, _RULE)

_GROUP = Gazetteer({True: _LISTS["group"]}, mistakes=False)
_FAMILY = Gazetteer({True: _LISTS["family"]}, mistakes=False)
_WOMEN = Gazetteer({True: _LISTS["women_only"]}, mistakes=False)
_YEARS = Gazetteer({0: _LISTS["this_year"], -1: _LISTS["last_year"]}, mistakes=False)
_CHILDREN = Gazetteer({True: _LISTS["children"]}, mistakes=False)
_OF_WHOM = Gazetteer({True: _LISTS["of_whom"]}, mistakes=False)
_LINKS = frozenset(map(str, word_list("glued")["links"]))
_DAILY = Gazetteer({True: _LISTS["daily"]}, mistakes=False)
_MONTHLY = Gazetteer({True: _LISTS["monthly"]}, mistakes=False)


class NumberReader:
    """Reads the number, date and place facts of a catalogue.

    Args:
        facts: Fact id -> its declaration in ``facts.yml``.
    """

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts
        self._reader = {
            id_: fact["reads"]["reader"]
            for id_, fact in facts.items()
            if (fact.get("reads") or {}).get("reader") in _READERS
        }
        near = {
            id_: facts[id_]["reads"]["near"]
            for id_ in self._reader
            if facts[id_]["reads"].get("near")
        }
        near[_NOTHING] = _LISTS["other_durations"]
        near[_HIRED] = _LISTS["hired"]
        near[_RULE] = _LISTS["sums_of_rules"]
        self._near = Gazetteer(near, layer=lambda id_: id_)
        self._near_of = {
            id_: Gazetteer({True: words}, mistakes=False) for id_, words in near.items()
        }
        self._own: str | None = next(
            (
                fact["derive"]["ratio"][0]
                for fact in facts.values()
                if "ratio" in (fact.get("derive") or {}) and fact.get("unit") == "percent"
            ),
            None,
        )

    def read(
        self, cut: Sequence[Token], quantities: Sequence[Quantity], context: Context
    ) -> tuple[list[Claim], dict[str, list[Any]]]:
        """Return what is said about the facts, and the sums with several readings."""
        claims: list[Claim] = []
        distances: dict[int, int] = {}  # by where the claim begins
        ambiguous: dict[str, list[Any]] = {}
        near = self._near.find_in(cut)
        for quantity in quantities:
            if quantity.kind not in _READERS:
                continue
            around = context.at(quantity.start)
            if around.others or (around.denied and quantity.kind not in ("count", "duration")):
                continue
            if quantity.kind not in ("age", "birth_date") and context.general(quantity.start):
                continue
            if is_article(quantity, cut) or has_not_begun(quantity, cut):
                continue
            if quantity.kind == "duration" and ended_after(quantity, near, cut):
                continue
            if quantity.kind == "count" and follows(_CHILDREN, quantity, cut):
                continue
            id_, distance = self._owner(quantity, near, cut)
            if id_ is None or quantity.value == _UP_TO_ONE:
                continue
            values = self.in_unit(id_, quantity, cut)
            if len(values) > 1:
                ambiguous[id_] = values
            if len(values) != 1:
                continue
            value = values[0]
            if id_ == "members" and value == 1:
                continue
            if quantity.kind == "duration" and value == 0 and around.supposed:
                continue
            claim = Claim(id_, value, quantity.start, quantity.end, around.supposed)
            further = [old for old in claims if old.fact == id_ and quantity.kind == "count"]
            if id_ != "members" and any(distances[old.start] < distance for old in further):
                continue
            if id_ != "members":
                claims = [old for old in claims if old not in further]
            distances[claim.start] = distance
            claims.append(claim)
        settled = self._among(claims, cut, context)
        if len(settled) + 1 >= len(claims):
            settled += self._group(cut, quantities, context)
        if any(claim.fact == "members" for claim in settled) and _FAMILY.find_in(cut):
            settled = [c for c in settled if c.fact not in ("members", "women_or_youth_share")]
        return settled, ambiguous

    def _among(self, claims: list[Claim], cut: Sequence[Token], context: Context) -> list[Claim]:
        """Read "9 members, 7 of them women": the second number is a share of the first."""
        members = [claim for claim in claims if claim.fact == "members"]
        if len(members) != 2 or not all(isinstance(claim.value, int) for claim in members):
            return claims
        whole, part = members
        kept = [claim for claim in claims if claim is not part]
        if context.at(part.start).denied:
            return kept
        between = [t for t in cut if whole.end <= t.start and t.end <= part.start]
        if not _OF_WHOM.find_in(between):  # "5 men and 4 women"
            return [claim for claim in kept if claim is not whole]
        women = any(
            found.start >= part.end and words_between(part.end, found.start, cut) <= 2
            for found in _WOMEN.find_in(cut)
        )
        if women and part.value <= whole.value and "women_or_youth_share" in self._facts:
            share = round(100 * part.value / whole.value)
            kept.append(Claim("women_or_youth_share", share, part.start, part.end, part.supposed))
        return kept

    def words_near(self, id_: str) -> Gazetteer | None:
        """Return the words that stand beside the numbers of a fact."""
        return self._near_of.get(id_)

    def fitted(self, id_: str, value: Any) -> Any:
        """Return a value as its fact wants it: whole persons and years."""
        if self._facts[id_].get("integer") and isinstance(value, float):
            return int(value)
        return value

    def read_beside(
        self,
        expecting: str,
        cut: Sequence[Token],
        quantities: Sequence[Quantity],
        claims: Sequence[Claim],
    ) -> list[Claim]:
        """Read a sum that is all a message says, while a question next to it is pending."""
        sums = [q for q in quantities if q.kind == "money"]
        words = [token for token in cut if token.kind == "word"]
        if len(sums) != 1 or sums[0].readings or claims or len(words) > _ALONE:
            return []
        return self._beside(expecting, sums[0].value, sums[0].start, sums[0].end)

    def corrected_beside(
        self, expecting: str, correction: Any, claims: Sequence[Claim]
    ) -> list[Claim]:
        """Read a corrected number that can only be such a sum: *lla 12000*."""
        new = correction.new
        if new is None or new < _LEAST_SUM or correction.old is not None or claims:
            return []
        return self._beside(expecting, new, correction.start, correction.end)

    def _beside(self, expecting: str, value: Any, start: int, end: int) -> list[Claim]:
        return [
            Claim(id_, value, start, end)
            for id_ in self._reader
            if expecting in (self._facts[id_]["reads"].get("beside") or ())
        ]

    def _owner(
        self, quantity: Quantity, near: Sequence[Any], cut: Sequence[Token]
    ) -> tuple[str | None, int]:
        """Return the fact that a quantity belongs to, and how many words lie between them."""
        wanted = [id_ for id_, reader in self._reader.items() if reader == quantity.kind]
        free = [id_ for id_ in wanted if not self._facts[id_]["reads"].get("near")]
        if free:
            return free[0], 0
        if quantity.bare and quantity.kind == "duration":  # the date itself says more
            wanted = [i for i in wanted if not (self._facts[i].get("derive") or {})]
        best: tuple[int, str] | None = None
        for found in near:
            timed = found.id == _NOTHING and quantity.kind in ("duration", "date")
            hired = found.id == _HIRED and quantity.kind == "count"
            ruled = found.id == _RULE and quantity.kind == "money"
            if found.id not in wanted and not (timed or hired or ruled):
                continue
            if found.start < quantity.end and quantity.start < found.end:
                if found.id in _NO_FACTS:
                    return None, 0
                continue
            if quantity.kind == "count" and found.start >= quantity.end and says_work(found, cut):
                continue
            distance = distance_to(quantity, found.start, found.end, cut)
            if distance is not None and is_yearly(found, cut):
                distance += _AWAY
            if distance is None or distance > _REACH[quantity.kind]:
                continue
            if best is None or distance < best[0]:
                best = (distance, found.id)
        if self._own and quantity.kind == "money":
            own = owned(quantity, cut)
            if own is not None and (best is None or own < best[0]):
                best = (own, self._own)
        if best is None or best[1] in _NO_FACTS:
            return None, 0
        return best[1], best[0]

    def in_unit(self, id_: str, quantity: Quantity, cut: Sequence[Token]) -> list[Any]:
        """Return what a quantity may mean in the unit of a fact; nothing for so much a day."""
        values = [self.fitted(id_, value) for value in quantity.readings or [quantity.value]]
        unit = self._facts[id_].get("unit") or ""
        if not unit.startswith("dh"):
            return values
        if follows(_DAILY, quantity, cut):
            return []
        if unit == "dh_year" and follows(_MONTHLY, quantity, cut):
            return [times(value, 12) for value in values]
        if unit == "dh_year":
            return [v for v in values if not is_too_little(v)] or values
        return values

    def _group(
        self, cut: Sequence[Token], quantities: Sequence[Quantity], context: Context
    ) -> list[Claim]:
        """Read "we are seven women": members, and the share when all of them are women."""
        claims: list[Claim] = []
        if "members" not in self._facts:
            return claims
        groups = _GROUP.find_in(cut)
        for quantity in quantities:
            if quantity.kind != "count" or not isinstance(quantity.value, int):
                continue
            led = any(
                found.end <= quantity.start and _only_links(found.end, quantity.start, cut)
                for found in groups
            )
            women = any(
                found.start >= quantity.end
                and words_between(quantity.end, found.start, cut) <= 2
                and not _parted(quantity.end, found.start, cut)
                for found in _WOMEN.find_in(cut)
            )
            around = context.at(quantity.start)
            if not led or around.others or quantity.value < 2:
                continue
            place = (quantity.start, quantity.end, around.supposed)
            claims.append(Claim("members", quantity.value, *place))
            if women and "women_or_youth_share" in self._facts:
                claims.append(Claim("women_or_youth_share", 100, *place))
        return claims


def _only_links(start: int, end: int, cut: Sequence[Token]) -> bool:
    return all(t.text in _LINKS for t in cut if start <= t.start and t.end <= end)


def _parted(start: int, end: int, cut: Sequence[Token]) -> bool:
    """Tell whether "of whom" or another number stands between two places of a message."""
    between = [t for t in cut if start <= t.start and t.end <= end]
    return any(t.kind == "number" for t in between) or bool(_OF_WHOM.find_in(between))


def named_years(cut: Sequence[Token], today: date) -> list[Quantity]:
    """Return "this year" and "last year" as dates."""
    return [
        Quantity("date", year_range(today.year + found.id), found.start, found.end)
        for found in _YEARS.find_in(cut)
    ]

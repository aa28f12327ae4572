"""Provinces and regions named in a message, misspelt or glued to a preposition, and not denied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from language.misspelling import ONE_MISTAKE
from language.normal import normal_set, normalise
from language.place_names import NEEDS_CUE, Places, default_places
from language.scan import Phrases, Scan
from language.script import is_arabic
from language.skeleton import skeleton
from language.wordlists import word_list

_LISTS = word_list("place_words")
_FUNCTION = word_list("function_words")
_ALONE, _NOT_PLACES = (
    frozenset("".join(_pieces) for _pieces in (normalise(str(w)).split() for w in _LISTS[name]))
    for name in ("no_cue_alone", "not_places")
)
_KNOWN_WORDS = frozenset(
    str(word) for name in ("french", "darija", "english") for word in _FUNCTION[name]
)
_KNOWN_KEYS = frozenset(skeleton(str(word)) for word in _FUNCTION["darija"])
_CUE, _REGION, _DENY, _WAS, _NOW = (
    Phrases(_LISTS[name]) for name in ("before", "region_before", "deny", "was", "now")
)
_FILLERS = frozenset(skeleton(str(word)) for word in _LISTS["deny_fillers"])
_DENY_AFTER, _ANYWHERE, _ENTERING, _ENTERING_LINKS, _NOT_CUES, _ARTICLES, _JOINS, _FREELY, _YES, _OKAY, _NO, _I_WAS, _QUARTERS = (
    normal_set(_LISTS[name])
    for name in ("deny_after", "alone_anywhere", "entering", "entering_links", "not_cues",
                 "articles", "joins", "glued_freely",
                 "yes_before", "okay", "no", "i_was", "quarters")
)  # fmt: skip
_GLUED = word_list("glued")
_GLUED_LATIN, _GLUED_ARABIC, _SURELY, _LOOSELY = (
    tuple(map(str, _GLUED[name]))
    for name in ("before_latin_places", "before_arabic_places", "place_surely", "place_loosely")
)
_SEPARATE = frozenset(map(str, _GLUED["place_never_alone"]))
_LINKS = frozenset(map(str, _GLUED["links"]))
_ARTICLE = tuple(map(str, _GLUED["article"]))
_LONGEST = 4


__all__ = ["Place", "Places", "read_places"]


@dataclass(frozen=True)
class Place:
    """A place.

    Attributes:
        province: Province id, or None when only a region was named.
        region: Region id.
        start: Where it begins in the message.
        end: Where it ends, exclusive.
        exact: The name was spelt in a way we list.
    """

    province: str | None
    region: str
    start: int
    end: int
    exact: bool = True

    def to_json(self) -> dict[str, str]:
        """Return the ids; without ``province`` for a region."""
        if self.province is None:
            return {"region": self.region}
        return {"province": self.province, "region": self.region}


@dataclass(frozen=True)
class _Hit:
    province: str | None
    region: str
    first: int
    last: int
    exact: bool
    cued: bool


def read_places(
    text: Scan, expecting: str | None = None, places: Places | None = None
) -> tuple[Place, ...]:
    """Return the places of a message in order, each once, without those it denies.

    Args:
        text: The message.
        expecting: "place" when a bare name answers "where?"; then *safi* is the town.
        places: The names to look for; those of the catalogue when not given.
    """
    known = places or default_places()
    hits: list[_Hit] = []
    index = 0
    while index < len(text):
        hit = _hit_at(text, index, known, expecting == "place")
        if hit is None:
            index += 1
            continue
        hits.append(hit)
        index = hit.last
    hits = list(_split_regions(text, hits, known))
    hits = [hit for hit, later in _pairs(hits) if not _is_quarter_of(text, hit, later)]
    kept = [hit for hit, later in _pairs(hits) if not _denied(text, hit, later)]
    found: dict[tuple[str | None, str], Place] = {}
    for hit in kept:
        place = Place(hit.province, hit.region, *text.span(hit.first, hit.last), hit.exact)
        found.setdefault((hit.province, hit.region), place)
    named = {place.region for place in found.values() if place.province}
    return tuple(p for p in found.values() if p.province or p.region not in named)


def _hit_at(text: Scan, index: int, known: Places, expected: bool) -> _Hit | None:
    if text.kind(index) not in ("word", "clitic"):
        return None
    for length in range(min(_LONGEST, len(text) - index), 0, -1):
        if length > 1 and text.word(index) in _SEPARATE:
            continue
        if any(text.kind(i) not in ("word", "clitic") for i in range(index, index + length)):
            continue
        name = "".join(text.texts[index : index + length])
        last = index + length
        if place := known.exact(name):
            if _believed(text, name, index, last, known, expected):
                return _made(text, place, index, last, exact=True)
            if length == 1:
                return None
        glued = _unglued(name, known, length == 1) if len(text.word(index)) > 2 else None
        if glued:
            return _made(text, glued, index, last, exact=True)
        if (
            length <= 3
            and (length == 1 or len(name) >= 8)
            and _may_be_misspelt(text, index, length, name)
        ):
            close = known.close(name)
            if close and (length == 1 or (close[0] and not _first_word_is_small(text, index))):
                return _made(text, close, index, last, exact=False)
    return None


def _made(text: Scan, place: tuple[str | None, str], first: int, last: int, exact: bool) -> _Hit:
    province, region = place
    if province and _REGION.before(text, first) >= 0:
        province = None  # "la région de Fès"
    if province and text.kind(first - 1) in ("word", "clitic") and text.word(first - 1) in _LINKS:
        province = None if _REGION.before(text, first - 1) >= 0 else province
    return _Hit(province, region, first, last, exact, _CUE.before(text, first) >= 0)


def _believed(text: Scan, name: str, first: int, last: int, known: Places, expected: bool) -> bool:
    """Tell whether a name that is more often another word stands for the place here."""
    if name not in NEEDS_CUE:
        return True
    if name in _OKAY and text.word(first - 1) in _YES:
        return False
    if expected:
        return True
    alone = (first == 0 or text.kind(first - 1) == "punct") and (
        last == len(text) or text.kind(last) == "punct"
    )
    if name in _ALONE and (alone or name in _ANYWHERE):
        return True
    if name in _ENTERING:
        at = last + (text.word(last) in _ENTERING_LINKS)
        if text.kind(at) == "number":
            return False
    before = text.word(first - 1)
    if before in _NOT_CUES:
        return name in _ALONE
    if before in _ARTICLES and name not in _ALONE:
        return False
    joined_to = text.word(first - 2) if before in _JOINS and first > 1 else ""
    return _CUE.before(text, first) >= 0 or known.exact(joined_to) is not None


def _unglued(name: str, known: Places, one_word: bool) -> tuple[str | None, str] | None:
    """Look a name up without the preposition typed against it: *ffes*, *بفاس*, *mncasa*."""
    if name in _KNOWN_WORDS or name in _NOT_PLACES:
        return None
    for prefix in _GLUED_ARABIC if is_arabic(name[0]) else _GLUED_LATIN:
        rest = name[len(prefix) :]
        if not name.startswith(prefix) or len(rest) < 3:
            continue
        articled = (article + rest for article in _ARTICLE)
        candidates = (rest, *articled) if prefix.endswith("ل") else (rest,)
        for candidate in candidates:
            place = known.exact(candidate)
            if place is None and one_word and len(rest) >= 6 and prefix in _LOOSELY:
                place = known.close(rest) if rest not in _NOT_PLACES else None
            if place is None:
                continue
            risky = candidate in NEEDS_CUE and candidate not in _FREELY
            if risky and prefix not in _SURELY and not is_arabic(name[0]):
                continue
            return place
    return None


def _may_be_misspelt(text: Scan, index: int, length: int, name: str) -> bool:
    if (
        name in _KNOWN_WORDS
        or name in _NOT_PLACES
        or name in NEEDS_CUE
        or len(name) < ONE_MISTAKE - 1
    ):
        return False
    if length == 1 and text.key(index) in _KNOWN_KEYS:
        return False
    if length == 1 and any(name.removeprefix(each) in _NOT_PLACES for each in _ARTICLE):
        return False
    return not any(text.word(i) in _NOT_PLACES for i in range(index, index + length)) or length > 1


def _first_word_is_small(text: Scan, index: int) -> bool:
    return len(text.word(index)) < 3 or text.word(index) in _KNOWN_WORDS


def _split_regions(text: Scan, hits: list[_Hit], known: Places) -> Iterator[_Hit]:
    """Part "machi fes meknes": what is denied is the first town, not the region."""
    for hit in hits:
        if (
            hit.province is None
            and hit.last - hit.first == 2
            and (_denial_before(text, hit.first) or text.word(hit.first - 1) in _I_WAS)
        ):
            one, two = known.exact(text.word(hit.first)), known.exact(text.word(hit.first + 1))
            if one and two and one[0] and two[0]:
                yield _Hit(*one, hit.first, hit.first + 1, True, hit.cued)
                yield _Hit(*two, hit.first + 1, hit.last, True, False)
                continue
        yield hit


def _pairs(hits: list[_Hit]) -> list[tuple[_Hit, _Hit | None]]:
    """Return each place with the one behind it."""
    return list(zip(hits, [*hits[1:], None], strict=False))


def _is_quarter_of(text: Scan, hit: _Hit, later: _Hit | None) -> bool:
    """Tell whether a quarter is said to be in the town behind it: *hay mohammadi agadir*."""
    if later is None or text.word(hit.first) not in _QUARTERS:
        return False
    between = text.texts[hit.last : later.first]
    return later.province not in (None, hit.province) and all(
        word in _SEPARATE or word in "," for word in between
    )


def _denied(text: Scan, hit: _Hit, later: _Hit | None) -> bool:
    if _denial_before(text, hit.first):
        return True
    if later and text.word(hit.last) in _DENY_AFTER and text.kind(hit.last + 1) in ("punct", ""):
        return True
    if later is None:
        return False
    was = any(_WAS.at(text, i) for i in range(max(0, hit.first - 4), hit.first))
    now = any(_NOW.at(text, i) for i in range(hit.last, later.first))
    return was and now


def _denial_before(text: Scan, first: int) -> bool:
    at = first
    for _ in range(4):
        start = _DENY.before(text, at)
        if start >= 0:
            # "non, Fès" and "la, fes" answer something else.
            return not (text.word(at - 1) in _NO and at == first)
        if at <= 0 or text.key(at - 1) not in _FILLERS:
            return False
        at -= 1
    return False

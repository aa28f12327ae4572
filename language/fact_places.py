"""Facts that are places: where the person is, and whether that is where they live."""

from __future__ import annotations

from collections.abc import Container, Sequence

from language.context import Context
from language.fact_corrections import NON
from language.fact_nearness import Quantity
from language.fact_words import Claim
from language.gazetteer import Found, Gazetteer
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_LIVING = Gazetteer({True: _LISTS["living"]}, mistakes=False)
_BORN = Gazetteer({True: _LISTS["born"]}, mistakes=False)
_BREAKS = frozenset(",.;:!?()\n")
_REACH = 25  # characters between "I live" or "born" and the town
_TO_A_TOWN = frozenset(map(str, _LISTS["to_a_town"]))
_NOT = Gazetteer({True: _LISTS["correction"]["not"]}, mistakes=False)
_GLUED = tuple(map(str, word_list("glued")["in"]))
_ALONE = 2
_SAID, _BUT = (
    Gazetteer({True: _LISTS[name]}, mistakes=False) for name in ("said_before", "but_it_is")
)


def read_places(
    quantities: Sequence[Quantity], context: Context, facts: Container[str]
) -> list[Claim]:
    """Return what the places of a message say, for the facts that a catalogue has."""
    claims: list[Claim] = []
    living = _LIVING.find_in(context.tokens)
    born = _BORN.find_in(context.tokens)
    places = [q for q in quantities if q.kind == "place"]
    elsewhere = [q for q in places if not _born_in(born, living, q, context.tokens)]
    for quantity in _not_taken_back(elsewhere or places, context):
        around = context.at(quantity.start)
        denied = around.denied and not (
            _opened_by_no(context.tokens, quantity) or _put_right(context.tokens, quantity)
        )
        if around.others or denied:
            continue
        if quantity.bare and not _led_to(context.tokens, quantity):
            continue
        place = (quantity.start, quantity.end, around.supposed)
        for id_, value in quantity.value.items():
            if id_ in facts and (id_ == "province" or "province" not in quantity.value):
                claims.append(Claim(id_, value, *place))
        if _behind(living, quantity, context.tokens) and "resident" in facts:
            claims.append(Claim("resident", True, *place))
    return claims


def _not_taken_back(places: Sequence[Quantity], context: Context) -> Sequence[Quantity]:
    """Leave out the first of "I said Meknès but it is Sefrou"."""
    if len(places) != 2:
        return places
    first, second = places
    said = any(found.end <= first.start for found in _SAID.find_in(context.tokens))
    but = any(
        first.end <= found.start and found.end <= second.start
        for found in _BUT.find_in(context.tokens)
    )
    return [second] if said and but else places


def _born_in(
    born: Sequence[Found], living: Sequence[Found], place: Quantity, cut: Sequence[Token]
) -> bool:
    """Tell whether "born" or "from", and not "I live", is what stands nearest before a place."""
    nearest = [
        max((f.start for f in words if f.end <= place.start), default=-1)
        for words in (born, living)
    ]
    return nearest[0] > nearest[1] and _behind(born, place, cut)


def _behind(words: Sequence[Found], place: Quantity, cut: Sequence[Token]) -> bool:
    """Tell whether a place follows one of the words closely, in the same part of a sentence."""
    return any(
        0 <= place.start - word.end <= _REACH
        and not any(t.text in _BREAKS and word.end <= t.start < place.start for t in cut)
        for word in words
    )


def _led_to(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a misspelt town is named as one: behind "in" or "from", or nearly alone."""
    before = [token for token in cut if token.end <= quantity.start]
    glued = any(
        t.kind == "clitic" and t.start == quantity.start and t.text in _TO_A_TOWN for t in cut
    )
    return glued or len(cut) <= _ALONE or (bool(before) and before[-1].text in _TO_A_TOWN)


def _put_right(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a town follows the one that is denied: *machi f fes f sefrou*."""
    before = [token for token in cut if token.end <= quantity.start and token.kind != "punct"]
    led = [token.text in _TO_A_TOWN for token in before]
    if not (led and led[-1]) and not _has_glued_in(cut, quantity):
        return False
    names = [token for token, leads in zip(before, led, strict=True) if not leads][-3:]
    return any(
        found.end <= names[at + 1].start
        for at in range(len(names) - 1)
        for found in _NOT.find_in(names[: at + 1])
        if found.end == names[at].end
    )


def _has_glued_in(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether "in" is glued to the name of a place: ``فصفرو``."""
    own = next(token for token in cut if token.end > quantity.start)
    return own.text[:1] in _GLUED


def _opened_by_no(cut: Sequence[Token], quantity: Quantity) -> bool:
    """Tell "non, Fès" and "non à Fès" from "pas à Fès": the first "no" turns down another town."""
    between = sum(cut[0].end <= token.start < quantity.start for token in cut)
    return cut[0].text == NON and between <= 1

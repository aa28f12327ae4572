"""What surrounds each word of a message: is it denied, wished, supposed, asked, somebody else's?

A word such as *bac* says something about the person only in "j'ai le bac"; not in "j'ai pas le
bac", "et si j'avais le bac", "mon fils a le bac" or "faut-il le bac ?". Markers open a state,
and punctuation, joining words or a new statement close it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from language.gazetteer import Found, Gazetteer
from language.normal import normalise
from language.tokens import Token
from language.wordlists import word_list

_LISTS = word_list("facts")
_MARKERS = Gazetteer(_LISTS["markers"], mistakes=False)
_CALLED = Gazetteer({True: _LISTS["called"]}, mistakes=False)
_THIRD = Gazetteer({True: _LISTS["third"]}, mistakes=False)
_JOINTS = frozenset(normalise(str(word)) for word in _LISTS["joints"])
_CLAUSE_KINDS = ("self", "asked", "wish", "aim")
_DENIAL_REACH = 6  # words

_SENTENCE_ENDS = frozenset(".?!;:…\n")
# The verb inside ``ma…ch``, glued to it.
_LATIN_DENIAL = re.compile(r"(?:w|ou)?m(?:a\w{2,}|3nd\w+|kayn\w*|kan\w*)ch\Z")
_ARABIC_DENIAL = re.compile(r"و?(?:ما\w{2,}|معند\w+|مكاين\w*|مك\w{2,}|مب\w{2,})ش\Z")
_AND, _EITHER_PERSON, _FIRST_PERSON, _BELONGS, _MA, _AFTER_GLUED_AND = (
    frozenset(normalise(str(word)) for word in _LISTS["persons_and_joints"][name])
    for name in ("and", "either_person", "first_person", "belongs", "ma", "after_glued_and")
)
# "w" glued to a word: any of three letters in Arabic script; in Latin letters a participle or a known word.
_GLUED_AND = re.compile(
    rf"(?:و\w{{3,}}|w(?:m[b-df-hj-np-tv-z]\w{{2,}}|3nd\w+|kan\w+|{'|'.join(sorted(_AFTER_GLUED_AND))}))\Z"
)
_BEGINS_WITH_W = frozenset(normalise(str(word)) for word in _LISTS["begins_with_w"])


@dataclass(frozen=True)
class Surroundings:
    """What holds around one word.

    Attributes:
        clause: Number of the clause, cut at commas and sentence ends.
        denied: The word is denied.
        wished: It is wanted rather than true.
        supposed: It is part of a what-if.
        others: It is said of somebody else, or of former times.
    """

    clause: int
    denied: bool = False
    wished: bool = False
    supposed: bool = False
    others: bool = False


@dataclass(frozen=True)
class Context:
    """The surroundings of every token, and what each clause contains.

    Attributes:
        tokens: The tokens of the message.
        around: The surroundings of each.
        markers: The marker phrases found.
        owning: Clauses in which the person speaks of themselves.
        asking: Clauses that ask.
        wishing: Clauses in which the person wants something.
        aiming: Clauses about something to get or do, without saying who.
    """

    tokens: tuple[Token, ...]
    around: tuple[Surroundings, ...]
    markers: tuple[Found, ...]
    owning: frozenset[int]
    asking: frozenset[int]
    wishing: frozenset[int]
    aiming: frozenset[int]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(token.start for token in self.tokens)

    def at(self, start: int) -> Surroundings:
        """Return the surroundings of the token that holds a character of the message."""
        at = bisect(self._starts, start) - 1
        while at > 0 and self._starts[at - 1] == self._starts[at]:
            at -= 1
        if at >= 0 and start < self.tokens[at].end:
            return self.around[at]
        return self.around[-1] if self.around else Surroundings(0)

    def general(self, start: int) -> bool:
        """Tell whether a place in the message is in a clause that asks about nobody in particular."""
        around = self.at(start)
        clause = around.clause
        if around.supposed:
            return False
        return clause in self.asking and clause not in self.owning | self.wishing


def read_context(cut: Sequence[Token]) -> Context:
    """Return the context of a message cut by :func:`language.tokens`."""
    markers = _MARKERS.find_in(cut)
    by_start = {found.start: found for found in markers}
    others = _others_called(cut)
    state = _State()
    around: list[Surroundings] = []
    clauses: dict[str, set[int]] = {kind: set() for kind in _CLAUSE_KINDS}
    for index, token in enumerate(cut):
        state.step(cut, index)
        found = by_start.get(token.start)
        kind = found.id if found is not None else None
        if found is not None:
            state.enter(found, index, _is_own_wish(cut, index))
            if kind in clauses and not (kind == "asked" and _counted(cut, found)):
                clauses[kind].add(state.clause)
        if token.start in others:
            state.others = True
        around.append(state.now(token, found))
        if _denies(cut, index):
            state.deny_from(index)
    return Context(
        tuple(cut), tuple(around), markers, *(frozenset(clauses[kind]) for kind in _CLAUSE_KINDS)
    )


class _State:
    """What holds while going through a message."""

    def __init__(self) -> None:
        self.clause = 0
        self.denial: int | None = None  # index of the denying word
        self.wished = self.supposed = self.others = self.past = False
        self.denial_end = -1  # where the denying phrase itself ends

    def step(self, cut: Sequence[Token], index: int) -> None:
        token = cut[index]
        if token.kind == "punct" and token.text in _SENTENCE_ENDS:
            self.clause += 1
            self.denial = None
            self.wished = self.supposed = self.others = self.past = False
        elif token.kind == "punct" and token.text in ",()":
            self.clause += 1
            self.denial = None
            self.wished = self.supposed = self.past = False
        elif _has_glued_and(token):
            self.denial = None
            self.past = False
        elif token.text in _JOINTS and token.kind in ("word", "clitic"):
            self.denial = None
            self.past = False
            if token.text not in _AND:
                self.wished = self.supposed = False
                self.clause += 1
        if self.denial is not None and index - self.denial > _DENIAL_REACH:
            self.denial = None

    def enter(self, found: Found, index: int, own: bool) -> None:
        kind = found.id
        if kind == "negation":
            self.denial, self.denial_end = index, found.end
        elif kind == "only":
            self.denial = None
        elif kind == "wish":
            self.wished, self.past = True, False
            self.others = self.others and not own
            self.denial = None
        elif kind == "aim":
            self.wished = True
        elif kind == "past":
            self.past = True
        elif kind == "self":
            self.wished = self.others = self.past = False
            self.denial = None
        elif kind == "suppose":
            self.supposed, self.others = True, False
        elif kind == "others":
            self.others = True

    def deny_from(self, index: int) -> None:
        self.denial = index

    def now(self, token: Token, found: Found | None) -> Surroundings:
        denied = self.denial is not None and token.start >= self.denial_end
        others = self.others or (self.past and not self.supposed)  # "if I had …" is no past
        return Surroundings(self.clause, denied, self.wished, self.supposed, others)


def _counted(cut: Sequence[Token], found: Found) -> bool:
    """Tell "5 femmes" and "il y a 5 mois" from "les femmes" and "il y a": a number asks nothing."""
    before = next((t for t in reversed(cut) if t.end <= found.start), None)
    after = next((t for t in cut if t.start >= found.end), None)
    return (before is not None and (before.kind == "number" or before.text == "%")) or (
        after is not None and after.kind == "number"
    )


def _is_own_wish(cut: Sequence[Token], index: int) -> bool:
    """Tell "I look for" from "(he) looks for", which French writes alike."""
    if cut[index].text not in _EITHER_PERSON:
        return True
    return any(token.text in _FIRST_PERSON for token in cut[max(0, index - 2) : index])


def _has_glued_and(token: Token) -> bool:
    """Tell ``ومسجلة`` ("and registered") from ``وراق`` ("papers")."""
    return (
        token.kind == "word"
        and _GLUED_AND.match(token.text) is not None
        and token.text not in _BEGINS_WITH_W
    )


def _denies(cut: Sequence[Token], index: int) -> bool:
    """Tell whether a token ends a ``ma…ch``, glued or not."""
    text = cut[index].text
    if _LATIN_DENIAL.match(text) or _ARABIC_DENIAL.match(text):
        return True
    ends = text.endswith(("ch", "sh", "x", "ش"))
    return ends and index > 0 and cut[index - 1].text in _MA


def _others_called(cut: Sequence[Token]) -> frozenset[int]:
    """Return where "my brother" is spoken of rather than called."""
    spoken: set[int] = set()
    for found in _CALLED.find_in(cut):
        after = next((t for t in cut if t.start >= found.end), None)
        before = next((t for t in reversed(cut) if t.end <= found.start), None)
        followed = after is not None and bool(_THIRD.find_in([after]))
        if followed or (before is not None and before.text in _BELONGS):
            spoken.add(found.start)
    return frozenset(spoken)

"""Finding listed phrases in a message, however they are spelt and in whichever script.

Phrases and messages are compared by the keys of their words, so one listed spelling stands for
many; long words may carry a small mistake. Articles between the words of a phrase do not
matter, nor do the prepositions that cling to a word. A ``…`` in a phrase stands for up to three
words of the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from language.misspelling import ONE_MISTAKE, is_misspelling, near_forms
from language.skeleton import word_key
from language.tokens import Token, tokens
from language.wordlists import word_list

GAP = "…"
_WIDEST_GAP = 3
_STRICT_KEY = 3  # keys this short collide too easily: the spelling itself must be listed
_SHORTEST_STEM = 4

_LISTS = word_list("facts")
_ARTICLES = frozenset(map(str, _LISTS["articles"]))
_FREE = str.maketrans({"7": "h", "q": "9", "x": "ch"})
_DOUBLES = re.compile(r"(.)\1+")
_NEGATED = re.compile(r"(?P<verb>\w{3,})(?:ch|sh|x|ش)\Z")
_GLUED_MA = re.compile(r"(?:w|ou|و)?(?:ma|m|ما|م)(?P<verb>\w{3,})\Z")
_MA = frozenset(["ma", "ما"])
_SIGNS = frozenset("-'")
_SMALL = frozenset(["f", "b", "a", "ف", "ب", "fi", "في"])
_EXACTLY = "="
_AS_SPELT = "~"
_PREFIXES = ("wl", "fl", "bl", "dl", "al", "w", "l", "f", "b", "d")
_STANDING = frozenset(word_key(str(word)) for word in _LISTS["standing"])


@dataclass(frozen=True)
class Found:
    """A listed phrase in a message.

    Attributes:
        id: What the phrase stands for.
        start: Where it begins in the message as typed.
        end: Where it ends, exclusive.
        exact: False when a word had to be taken for a misspelling.
        negated: True when the verb of the phrase is inside ``ma…ch`` (``ma tsejjeltch``).
    """

    id: Any
    start: int
    end: int
    exact: bool
    negated: bool = False


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ids: list[Hashable] = field(default_factory=list)


@dataclass(frozen=True)
class _Way:
    """One listed word that a word of the message may stand for."""

    key: str
    exact: bool = True
    negated: bool = False


@dataclass(frozen=True)
class _Hit:
    found: Found
    words: int


class Gazetteer:
    """A set of phrases, each standing for an id.

    Args:
        entries: For each id the phrases that mean it.
        layer: Groups ids whose phrases may not overlap each other; by default all of them.
        mistakes: Whether long words may carry a small mistake.
    """

    def __init__(
        self,
        entries: Mapping[Any, Iterable[str]],
        layer: Callable[[Any], Hashable] | None = None,
        mistakes: bool = True,
    ) -> None:
        self._layer = layer or (lambda _: None)
        self._root = _Node()
        self._listed: set[str] = set()
        for id_, phrases in entries.items():
            for phrase in phrases:
                self._add(id_, str(phrase))
        self._nearby: dict[str, set[str]] = {}
        if mistakes:
            for key in self._listed:
                if key[0] in (_EXACTLY, _AS_SPELT):
                    continue
                for form in near_forms(key):
                    self._nearby.setdefault(form, set()).add(key)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the phrases found, in the order of the message, longest match first."""
        return self.find_in(tokens(text))

    def find_in(self, cut: Sequence[Token]) -> tuple[Found, ...]:
        """Do what :meth:`find` does, for a message already cut by :func:`language.tokens`."""
        ways = [self._ways(token, cut[at - 1] if at else None) for at, token in enumerate(cut)]
        hits: list[_Hit] = []
        for at in range(len(cut)):
            if ways[at]:
                self._walk(self._root, at, at, (0, True, False), cut, ways, hits)
        hits.sort(key=_preference)
        kept: list[Found] = []
        for hit in hits:
            new = hit.found
            layer = self._layer(new.id)
            if not any(
                new.start < old.end and old.start < new.end and self._layer(old.id) == layer
                for old in kept
            ):
                kept.append(new)
        return tuple(sorted(kept, key=lambda found: (found.start, found.end)))

    def _add(self, id_: Any, phrase: str) -> None:
        node = self._root
        for step in phrase_words(phrase):
            self._listed.add(step)
            node = node.next.setdefault(step, _Node())
        if node is not self._root and id_ not in node.ids:
            node.ids.append(id_)

    def _ways(self, token: Token, before: Token | None) -> tuple[_Way, ...]:
        """Return the listed words this word may stand for: itself, or a likely misspelling."""
        own = (_EXACTLY + token.text, _step(token.key, token.text))
        positive = _without_negation(token, before) if token.kind == "word" else None
        if positive not in self._listed or positive in _STANDING:
            positive = None
        if any(step in self._listed for step in own):
            listed = [_Way(step) for step in own if step in self._listed]
            return (*listed, *([_Way(positive, negated=True)] if positive else ()))
        if token.kind != "word":
            return ()
        ways: list[_Way] = []
        for prefix in _PREFIXES:
            rest = token.key[len(prefix) :]
            long = token.key.startswith(prefix) and len(rest) >= _SHORTEST_STEM
            if long and rest in self._listed:
                return (_Way(rest),)
        if token.text.startswith("و"):
            rest = _step(word_key(token.text[1:]), token.text[1:]) if token.text[1:] else ""
            if rest in self._listed:
                return (_Way(rest),)
        if positive:
            ways.append(_Way(positive, negated=True))
        if not ways and token.key not in _STANDING:
            ways += [_Way(key, exact=False) for key in sorted(self._misspelt(token.key))]
        return tuple(ways)

    def _misspelt(self, key: str) -> set[str]:
        if len(key) < ONE_MISTAKE or not self._nearby:
            return set()
        near: set[str] = set()
        for form in near_forms(key):
            near |= self._nearby.get(form, set())
        if key.endswith("s") and key[:-1] in near:
            return {key[:-1]}
        return {o for o in near if o[:2] == key[:2] and is_misspelling(key, o)}

    def _walk(
        self,
        node: _Node,
        first: int,
        at: int,
        so_far: tuple[int, bool, bool],
        cut: Sequence[Token],
        ways: Sequence[tuple[_Way, ...]],
        hits: list[_Hit],
    ) -> None:
        """Follow the phrases that go on with the word at ``at``."""
        count, exact, negated = so_far
        if count and node.ids:
            end = cut[at - 1].end
            start = cut[first].start
            if negated and first and cut[first - 1].text in _MA:
                start = cut[first - 1].start
            hits += [_Hit(Found(id_, start, end, exact, negated), count) for id_ in node.ids]
        if at >= len(cut) or not node.next:
            return
        for way in ways[at]:
            following = node.next.get(way.key)
            if following is not None:
                state = (count + 1, exact and way.exact, negated or way.negated)
                self._walk(following, first, at + 1, state, cut, ways, hits)
        gap = node.next.get(GAP)
        if gap is not None:
            for place in _within_gap(cut, at):
                if ways[place]:
                    self._walk(gap, first, place, so_far, cut, ways, hits)
        if count and _is_passed_over(cut[at]):
            self._skip(node, first, at + 1, so_far, cut, ways, hits)

    def _skip(
        self,
        node: _Node,
        first: int,
        at: int,
        so_far: tuple[int, bool, bool],
        cut: Sequence[Token],
        ways: Sequence[tuple[_Way, ...]],
        hits: list[_Hit],
    ) -> None:
        """Go on after an article; a phrase that is already complete does not end here."""
        open_node = _Node(node.next)
        self._walk(open_node, first, at, so_far, cut, ways, hits)


def _spelling(text: str) -> str:
    """Return a spelling without what is free even in short words: doubles, 7 for h, q for 9."""
    return _DOUBLES.sub(r"\1", text.translate(_FREE))


def _step(key: str, text: str) -> str:
    """Return what a word is compared by: its key, or its spelling when the key is too short."""
    return key if len(key) > _STRICT_KEY else _AS_SPELT + _spelling(text)


def phrase_words(phrase: str) -> list[str]:
    """Cut a listed phrase into the words that count, gaps included."""
    steps: list[str] = []
    for number, piece in enumerate(phrase.split(GAP)):
        if number:
            steps.append(GAP)
        cut = [token for token in tokens(piece) if token.text not in _SIGNS]
        only_articles = all(_is_passed_over(token) for token in cut)
        exactly = False
        for token in cut:
            if token.text == _EXACTLY:
                exactly = True
                continue
            if _is_passed_over(token) and not (exactly or only_articles):
                continue
            steps.append(_EXACTLY + token.text if exactly else _step(token.key, token.text))
            exactly = False
    return steps


def _preference(hit: _Hit) -> tuple[int, bool, bool, int, int]:
    found = hit.found
    return (-hit.words, not found.exact, found.negated, found.start - found.end, found.start)


def _is_passed_over(token: Token) -> bool:
    return token.text in _SIGNS or token.text in _ARTICLES


def _stops(token: Token) -> bool:
    return token.kind == "punct" and token.text not in _SIGNS


def _within_gap(cut: Sequence[Token], at: int) -> Iterator[int]:
    """Yield the places where a phrase may go on after a gap that begins at ``at``."""
    passed = 0
    for place in range(at, len(cut)):
        yield place
        passed += not _is_passed_over(cut[place]) and cut[place].text not in _SMALL
        if passed > _WIDEST_GAP or _stops(cut[place]):
            return


def _without_negation(token: Token, before: Token | None) -> str | None:
    """Return what the verb inside ``ma…ch`` is compared by, glued or not, or None."""
    ending = _NEGATED.match(token.text)
    if ending is None:
        return None
    verb = ending.group("verb")
    if before is None or before.text not in _MA:
        glued = _GLUED_MA.match(verb)
        if glued is None:
            return None
        verb = glued.group("verb")
    return word_key(verb)

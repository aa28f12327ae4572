"""Finding listed phrases in a message, however they are spelt and in whichever script.

Phrases and messages are compared by the keys of their words, so one listed spelling stands for
many; long words may carry a small mistake. Articles between the words of a phrase do not
matter, nor do the prepositions that cling to a word. A ``…`` in a phrase stands for up to three
words of the message.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from language.misspelling import ONE_MISTAKE, is_misspelling, near_forms
from language.skeleton import word_key
from language.tokens import Token, tokens
from language.word_forms import AS_SPELT, EXACTLY, MA, forms, step
from language.wordlists import word_list

GAP = "…"
_WIDEST_GAP = 3
_MOST_ARTICLES = 3  # passed over between two words of a phrase
_LONGEST_WORD = 40  # characters; no listed word comes near

_LISTS = word_list("facts")
_ARTICLES = frozenset(map(str, _LISTS["articles"]))
_SIGNS = frozenset("-'")
_SMALL = frozenset(map(str, _LISTS["in_gaps"]))
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
        # One message is searched several times by the readers of its facts.
        self._last: tuple[Sequence[Token], tuple[Found, ...]] = ((), ())
        self._listed: set[str] = set()
        for id_, phrases in entries.items():
            for phrase in phrases:
                self._add(id_, str(phrase))
        self._nearby: dict[str, set[str]] = {}
        if mistakes:
            for key in self._listed:
                if key[0] in (EXACTLY, AS_SPELT):
                    continue
                for form in near_forms(key):
                    self._nearby.setdefault(form, set()).add(key)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the phrases found, in the order of the message, longest match first."""
        return self.find_in(tokens(text))

    def find_in(self, cut: Sequence[Token]) -> tuple[Found, ...]:
        """Do what :meth:`find` does, for a message already cut by :func:`language.tokens`."""
        last_cut, found = self._last
        if cut is last_cut:
            return found
        ways = [self._ways(token, cut[at - 1] if at else None) for at, token in enumerate(cut)]
        hits: list[_Hit] = []
        for at in range(len(cut)):
            if ways[at]:
                self._walk(self._root, at, at, (0, True, False), cut, ways, hits)
        found = self._best(hits)
        if isinstance(cut, tuple):
            self._last = (cut, found)
        return found

    def _best(self, hits: list[_Hit]) -> tuple[Found, ...]:
        """Return the hits that overlap no better one of their layer."""
        hits.sort(key=_preference)
        taken: dict[Hashable, list[tuple[int, int]]] = {}
        kept: list[Found] = []
        for hit in hits:
            span = (hit.found.start, hit.found.end)
            spans = taken.setdefault(self._layer(hit.found.id), [])
            at = bisect(spans, span)
            if (at and spans[at - 1][1] > span[0]) or (at < len(spans) and spans[at][0] < span[1]):
                continue
            spans.insert(at, span)
            kept.append(hit.found)
        return tuple(sorted(kept, key=lambda found: (found.start, found.end)))

    def _add(self, id_: Any, phrase: str) -> None:
        node = self._root
        for word in phrase_words(phrase):
            self._listed.add(word)
            node = node.next.setdefault(word, _Node())
        if node is not self._root and id_ not in node.ids:
            node.ids.append(id_)

    def _ways(self, token: Token, before: Token | None) -> tuple[_Way, ...]:
        """Return the listed words this word may stand for: itself, or a likely misspelling."""
        if len(token.text) > _LONGEST_WORD:
            return ()
        is_word = token.kind == "word"
        after_ma = before is not None and before.text in MA
        may_be = forms(token.text, token.key, is_word, after_ma)
        listed = self._listed
        if may_be.every.isdisjoint(listed):
            return self._nearly(token.key) if is_word and self._nearby else ()
        positive = may_be.positive
        if positive not in listed or positive in _STANDING:
            positive = None
        denied = (_Way(positive, negated=True),) if positive else ()
        own = tuple(_Way(step) for step in may_be.own if step in listed)
        if own:
            return (*own, *denied)
        for rest in may_be.rests:
            if rest in listed:
                return (_Way(rest),)
        return denied or (self._nearly(token.key) if self._nearby else ())

    def _nearly(self, key: str) -> tuple[_Way, ...]:
        if len(key) < ONE_MISTAKE or key in _STANDING:
            return ()
        return tuple(_Way(near, exact=False) for near in sorted(self._misspelt(key)))

    def _misspelt(self, key: str) -> set[str]:
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
        passed: int = 0,
    ) -> None:
        """Follow the phrases that go on with the word at ``at``, ``passed`` articles behind."""
        count, exact, negated = so_far
        if count and node.ids and not passed:
            end = cut[at - 1].end
            start = cut[first].start
            if negated and first and cut[first - 1].text in MA:
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
        if count and passed < _MOST_ARTICLES and _is_passed_over(cut[at]):
            # A phrase that is already complete does not end behind an article.
            self._walk(node, first, at + 1, so_far, cut, ways, hits, passed + 1)


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
            if token.text == EXACTLY:
                exactly = True
                continue
            if _is_passed_over(token) and not (exactly or only_articles):
                continue
            steps.append(EXACTLY + token.text if exactly else step(token.key, token.text))
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
    for place in range(at, min(len(cut), at + _WIDEST_GAP + 2 * _MOST_ARTICLES)):
        yield place
        passed += not _is_passed_over(cut[place]) and cut[place].text not in _SMALL
        if passed > _WIDEST_GAP or _stops(cut[place]):
            return

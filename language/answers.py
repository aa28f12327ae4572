"""Short answers: yes, no, I don't know, I'd rather not say, next, enough.

Politeness around an answer does not count, and *nchallah* alone is no yes: it leaves the matter
open. What follows a "yes" or "no" is left to the readers of facts.
"""

from __future__ import annotations

from collections.abc import Sequence

from language.gazetteer import Found, Gazetteer
from language.tokens import Token, tokens
from language.wordlists import word_list

_LISTS = word_list("answers")
_LONGEST = 60  # words; nobody answers yes or no in more and means only that

_KINDS: dict[tuple[str, str], list[str]] = {
    **{(kind, "leading"): phrases for kind, phrases in _LISTS["leading"].items()},
    **{(kind, "alone"): phrases for kind, phrases in _LISTS["alone"].items()},
    ("", "around"): _LISTS["around"],
    ("", "other"): _LISTS["other"],
}
_PHRASES = Gazetteer(_KINDS, mistakes=False)
_LA = frozenset(_LISTS["la"])
_ARTICLE = "la"
_ASKING = Gazetteer({True: _LISTS["asking"]}, mistakes=False)
_SORRY = Gazetteer({True: _LISTS["sorry"]}, mistakes=False)
_NOTED = Gazetteer({True: _LISTS["noted"]}, mistakes=False)
_AND = frozenset(map(str, _LISTS["and"]))
_QUESTION_MARK = "?"
_AFTER_LA = Gazetteer({True: _LISTS["after_la"]}, mistakes=False)


def read_answer(text: str) -> str | None:
    """Return what a message answers, or None when it is something else.

    Returns:
        ``yes``, ``no``, ``dont_know``, ``refuse``, ``skip``, ``stop`` or None.
    """
    return answer_in(tokens(text))


def answer_in(cut: Sequence[Token]) -> str | None:
    """Do what :func:`read_answer` does, for a message already cut."""
    if not cut or len(cut) > _LONGEST:
        return None
    found = _PHRASES.find_in(cut)
    content = [
        t for t in cut if t.kind not in ("punct", "clitic") and not _covered(t, found, "around")
    ]
    if not content:
        return None
    answers = [f for f in found if f.id[0] and not f.negated]
    first = next((f for f in answers if f.start <= content[0].start < f.end), None)
    if _only(content, answers):
        return _of_several(answers)
    if first is None:
        return "no" if _is_no(cut, content) else None
    if first.id[1] == "alone":
        return "no" if _is_no(cut, content) else None
    kind: str = first.id[0]
    if kind in ("yes", "no") and (_asks_on(cut, first) or _puts_right(cut, first)):
        return None
    if kind in ("yes", "no", "refuse") or _closes(cut, first):
        return kind
    return None


def is_question(cut: Sequence[Token]) -> bool:
    """Tell whether a message ends in a question mark or opens with a word that asks."""
    if not cut:
        return False
    return _QUESTION_MARK in [token.text for token in cut[-2:]] or _opens_asking(cut)


def _opens_asking(cut: Sequence[Token]) -> bool:
    """Tell whether the first words ask, perhaps behind "and": ``et pour``, ``w ch7al``."""
    words = [token for token in cut if token.kind not in ("punct", "emoji")][:4]
    starts = {token.start for token in words[: 1 + (bool(words) and words[0].text in _AND)]}
    return any(found.start in starts for found in _ASKING.find_in(words))


def _puts_right(cut: Sequence[Token], first: Found) -> bool:
    """Tell "no sorry, …", which takes back something said before."""
    after = [token for token in cut if token.start >= first.end and token.kind != "punct"]
    return bool(after) and any(f.start == after[0].start for f in _SORRY.find_in(after))


def _asks_on(cut: Sequence[Token], first: Found) -> bool:
    """Tell "ok, and for the first one?", which answers nothing, from "no, is it free?".

    A mere "ok" only takes note when anything is asked behind it; a "yes" or "no" does when a
    question word follows.
    """
    after = [token for token in cut if token.start >= first.end]
    if not any(token.kind == "word" for token in after):
        return False
    if _opens_asking(after):
        return True
    noted = any(found.start == first.start for found in _NOTED.find_in(cut))
    return noted and is_question(after)


def _of_several(answers: Sequence[Found]) -> str:
    """Return the answer of "oui, enfin je ne sais pas": the last one weighs more than yes or no."""
    kinds = [found.id[0] for found in answers]
    for kind in reversed(kinds):
        if kind not in ("yes", "no"):
            return str(kind)
    return str(kinds[0])


def _only(content: Sequence[Token], answers: Sequence[Found]) -> bool:
    return bool(answers) and all(
        any(f.start <= t.start and t.end <= f.end for f in answers) for t in content
    )


def _covered(token: Token, found: Sequence[Found], level: str) -> bool:
    return any(f.id[1] == level and f.start <= token.start and token.end <= f.end for f in found)


def _closes(cut: Sequence[Token], first: Found) -> bool:
    """Tell whether a phrase stands by itself at the head of the message: ``je sais pas, …``."""
    after = [t for t in cut if t.start >= first.end]
    return not after or after[0].kind in ("punct", "emoji")


def _is_no(cut: Sequence[Token], content: Sequence[Token]) -> bool:
    """Tell whether a leading *la* is "no" rather than the French article."""
    first = content[0]
    if first.text not in _LA:
        return False
    after = [t for t in cut if t.start >= first.end]
    if first.text != _ARTICLE or not after or after[0].kind != "word":
        return True
    following = _AFTER_LA.find_in(after)
    circumfixed = after[0].text.startswith("ma") and after[0].text.endswith("ch")
    return circumfixed or any(f.start == after[0].start for f in following)

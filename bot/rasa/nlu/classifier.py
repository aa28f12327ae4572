"""The Rasa component that says what a message is for."""

from __future__ import annotations

import pickle
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa.nlu.intent_model import LONGEST, IntentModel

LAST_CLAUSE = "last_clause_intent"
"""Where the intent of the last clause alone is kept on a message."""

ENOUGH_WORDS = 3

RANKED = 10
"""How many intents a ranking names."""

_FILE = "model.pickle"
_CLAUSES = re.compile(r"[,.;:!?،؛؟\n]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MoroccanIntentClassifier(IntentClassifier, GraphComponent):
    """Says what a message is for, with a confidence between 0 and 1."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        trained: IntentModel | None = None,
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
            trained = pickle.loads((folder / _FILE).read_bytes())
        return cls(config, model_storage, resource, trained)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent, and keep the model.

        Raises:
            InvalidConfigException: There are not two intents to tell apart.
        """
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        intents = [e.get(INTENT) for e in examples]
        if len(set(intents)) < 2:
            raise InvalidConfigException("An intent classifier needs examples of two intents.")
        self._trained = IntentModel.train([e.get(TEXT) for e in examples], intents)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(pickle.dumps(self._trained))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking on each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._trained is None or text.startswith(INTENT_MESSAGE_PREFIX):
                continue
            ranking = [
                {"name": intent, "confidence": confidence}
                for intent, confidence in self._trained.rank(text)[:RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            if last := last_clause(text):
                intent, confidence = self._trained.rank(last)[0]
                message.set(LAST_CLAUSE, {"name": intent, "confidence": confidence})
        return messages


def last_clause(text: str) -> str | None:
    """Return the last clause of a message of several: where people ask, after all they told."""
    clauses = [clause for clause in _CLAUSES.split(text[:LONGEST]) if clause.strip()]
    if len(clauses) < 2 or len(clauses[-1].split()) < ENOUGH_WORDS:
        return None
    return clauses[-1]

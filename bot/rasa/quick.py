"""A turn without the work that Rasa repeats in each: with the same results, in this process only.

The stock commands do not use this. Everything here is put onto the loaded agent, part by part:

- the graph of components is run straight, in an order found once, instead of by a scheduler;
- which rule follows is found once for each recent course of talk, instead of comparing all rules
  with all states of the conversation four times a turn;
- what our own actions return is not checked against a JSON schema, only for its form;
- nothing is copied for log lines that nobody reads.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from functools import cache
from typing import Any

from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphSchema
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

REMEMBERED = 4096
"""Courses of talk for which the rule is remembered."""


def prepare(agent: Agent) -> None:
    """Spare the work of a loaded agent."""
    runner = agent.processor.graph_runner
    runner.run = StraightRun(runner._graph_schema, runner._instantiated_nodes)
    for node in runner._instantiated_nodes.values():
        if type(node._component) is RulePolicy:
            RememberedRules(node._component)


def spare_repeated_work() -> None:
    """Make Rasa do once what it does anew in every turn.

    That is the check of action results, the search for the class of an event's type (a walk
    through all subclasses for each stored event), and deep copies of what is logged only when
    debugging. Calling this twice changes nothing.
    """
    RemoteAction._validate_action_result = _has_form
    if not logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        processor.copy = _Uncopied  # used there for log lines only
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))


class _Uncopied:
    """Stands for the module ``copy`` where Rasa uses it for log lines only."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        """Return ``value`` itself."""
        return value


def _has_form(_: RemoteAction, result: Any) -> bool:
    """Check the form of what an action returned; its events are checked when they are read."""
    events, responses = result.get("events", ()), result.get("responses", ())
    if not all(isinstance(event["event"], str) for event in events):
        raise TypeError("An action returned an event without a name.")
    if not all(isinstance(response, dict) for response in responses):
        raise TypeError("An action returned a response that is no mapping.")
    return True


class StraightRun:
    """Runs the nodes that a target needs, one after the other."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, Any]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._orders: dict[tuple[str, ...], list[tuple[str, Any, tuple[str, ...]]]] = {}

    def __call__(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the output of each target, as `DaskGraphRunner.run` does."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        # a node is handed the names and values of what it needs
        made = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._orders[wanted]:
            made[name] = node(*(made[need] for need in needs))
        return dict(made[target] for target in wanted)

    def _order(self, wanted: tuple[str, ...]) -> list[tuple[str, Any, tuple[str, ...]]]:
        order: dict[str, tuple[str, Any, tuple[str, ...]]] = {}

        def visit(name: str) -> None:
            if name in order or name not in self._nodes:
                return  # known, or an input
            needs = tuple(self._schema.nodes[name].needs.values())
            for need in needs:
                visit(need)
            order[name] = (name, self._nodes[name], needs)

        for target in wanted:
            visit(target)
        return list(order.values())


class RememberedRules:
    """Remembers which rule follows on which course of talk.

    A rule looks back over at most as many states as it is long, so the newest events decide, as
    long as they are of the usual kinds and no slot takes part; else the policy is asked.
    """

    def __init__(self, policy: RulePolicy) -> None:
        self._find = policy._find_action_from_rules
        rules = [json.loads(key) for key in policy.lookup["rules"]]
        self._states = max((len(states) for states in rules), default=0) + 1
        # texts do not matter where no rule is about a text
        self._texts = any("text" in state.get("user", {}) for states in rules for state in states)
        self._known: OrderedDict[Any, Any] = OrderedDict()
        policy._find_action_from_rules = self

    def __call__(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool,
    ) -> Any:
        """Return what `RulePolicy._find_action_from_rules` returns."""
        course = None if self._texts else self._course(tracker, domain)
        if course is None:
            return self._find(tracker, domain, use_text_for_last_user_input)
        key = (use_text_for_last_user_input, tracker.latest_action_name, course)
        found = self._known.pop(key, None)
        if found is None:
            found = self._find(tracker, domain, use_text_for_last_user_input)
        self._known[key] = found
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _course(self, tracker: DialogueStateTracker, domain: Domain) -> tuple[Any, ...] | None:
        """Return what decides about the next action; None where more may decide."""
        if tracker.active_loop_name or any(slot.has_features() for slot in domain.slots):
            return None
        course: list[Any] = []
        actions = 0
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                entities = tuple(
                    (e.get("entity"), e.get("role"), e.get("group")) for e in event.entities
                )
                course.append((event.intent_name, event.use_text_for_featurization, entities))
            elif isinstance(event, ActionExecuted):
                if event.action_name is None:
                    return None
                course.append(event.action_name)
                actions += 1
                if actions > self._states:
                    break
            elif isinstance(event, (SessionStarted, Restarted)):
                course.append(None)
                break
            elif not isinstance(event, (BotUttered, SlotSet, DefinePrevUserUtteredFeaturization)):
                return None
        return tuple(course)

"""What is spared gives what Rasa gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy

from bot.channels.messages import Said
from bot.rasa.assistant import RasaAssistant


async def test_remembered_rules_are_those_that_the_policy_finds(
    assistant: RasaAssistant, tiny_agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, Any]] = []
    runner = tiny_agent.processor.graph_runner
    [policy] = [
        node._component
        for node in runner._instantiated_nodes.values()
        if type(node._component) is RulePolicy
    ]
    remembered = policy._find_action_from_rules

    def compare(tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        ours = remembered(tracker, domain, use_text_for_last_user_input)
        theirs = RulePolicy._find_action_from_rules(
            policy, tracker, domain, use_text_for_last_user_input
        )
        asked.append((ours[0], theirs[0]))
        return ours

    monkeypatch.setattr(policy, "_find_action_from_rules", compare)
    for text in ["bonjour", "j'ai 27 ans", "imbécile", "bonjour", "xyz", "efface tout"] * 4:
        await assistant.take_turn("p", Said(text), "web")
    assert len(asked) > 40
    assert all(ours == theirs for ours, theirs in asked)
    assert len(remembered._known) < len(asked) / 2

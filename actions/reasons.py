"""Why: why (not) me, what would change it, why do you ask, where does this come from."""

from __future__ import annotations

from typing import Any

from actions.answers import SchemeAnswer
from actions.asking import answer_buttons
from actions.knowledge import catalogue, wording
from actions.matters import say_source
from actions.results import decider, source_button
from actions.turn import Turn, button
from actions.verdicts import explain_verdict

A_BARE_WHY = 2
"""A "why" of so few words is about the question that was just asked."""


class ActionAskWhy(SchemeAnswer):
    """Why (not) me, what would change it, why do you ask, where does this come from."""

    aspect = "why"

    def take(self, turn: Turn) -> None:
        """Say why the pending question is asked, or explain a scheme's verdict."""
        if self._is_about_our_question(turn):
            fact = catalogue().facts[str(turn.pending)]
            buttons = [*answer_buttons(turn, fact.id)[:-1], button(turn.title("skip"), "cancel")]
            turn.say("utter_why_ask", buttons, why=turn.local(fact.why))
            return
        super().take(turn)

    def _is_about_our_question(self, turn: Turn) -> bool:
        if turn.pending not in catalogue().facts or turn.named("scheme"):
            return False
        ours = any(turn.entities("about_our_question"))
        return ours or len(turn.text.split()) <= A_BARE_WHY

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the reasons that decide and what would change them; else where the rules stand."""
        match = turn.match()
        if not turn.profile:
            say_source(turn, scheme)
            return
        explain_verdict(turn, match.verdict(scheme.id))
        turn.say(
            "utter_results_note",
            [
                source_button(turn, scheme.id),
                button(turn.title("steps"), "ask_steps", scheme=scheme.id),
            ],
            date=wording().date(match.on, turn.language),
            decider=decider(turn, scheme.id),
        )

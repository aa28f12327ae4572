"""What exists in general: the schemes by what people look for."""

from __future__ import annotations

from typing import Any

from actions.action import TurnAction
from actions.knowledge import bullets, catalogue, joined, wording
from actions.matters import answer_matter
from actions.results import suits
from actions.turn import Turn, button

NAMES = 4
"""So many schemes are named for each need."""

BUTTONS = 6


class ActionListSchemes(TurnAction):
    """What exists in general, by what people look for; closed schemes stay out."""

    def take(self, turn: Turn) -> None:
        """List some schemes for every need, or all for the need that a button names."""
        if answer_matter(turn):
            return
        wish = catalogue().seeking_facts[0]
        choices = catalogue().facts[wish].choices
        needs = turn.said_facts().get(wish)
        if isinstance(needs, list) and needs and needs[0] in choices:
            self._list_one(turn, wish, str(needs[0]))
            return
        lines, buttons = [], []
        for need, choice in choices.items():
            names = [turn.local(s.name) for s in _serving(turn, wish, need)]
            if not names:
                continue
            title = turn.local(choice.label)
            more = turn.words("and_more") if len(names) > NAMES else ""
            listed = joined(names[:NAMES], turn.language) + more
            lines.append(turn.words("label_and_value", label=title, value=listed))
            buttons.append(button(title, "list_schemes", fact={"id": wish, "value": [need]}))
        turn.tell(turn.title("all_schemes"), "utter_list_schemes", buttons, items=bullets(lines))
        turn.note(aspect="list")

    def _list_one(self, turn: Turn, wish: str, need: str) -> None:
        schemes = _serving(turn, wish, need)
        lines = [
            turn.words(
                "scheme_and_verdict",
                scheme=turn.local(s.name),
                verdict=wording().status(s, turn.language),
            )
            for s in schemes
        ]
        buttons = [button(turn.local(s.name), "ask_scheme", scheme=s.id) for s in schemes]
        need_words = wording().value(wish, [need], turn.language)
        turn.tell(
            need_words, "utter_list_need", buttons[:BUTTONS], need=need_words, items=bullets(lines)
        )


def _serving(turn: Turn, wish: str, need: str) -> list[Any]:
    """Return the schemes that mainly serve a need, those that serve it best first."""
    fits = list(catalogue().facts[wish].choices[need].fits)
    verdicts = catalogue().match({wish: {"only": [need]}}).verdicts
    schemes = (catalogue().schemes[v.scheme] for v in verdicts if suits(v))
    serving = [s for s in schemes if s.gives and s.gives[0].kind in fits]
    # what people have most names for is what they know and ask for most
    return sorted(serving, key=lambda s: (fits[0] not in catalogue().kinds[s.id], -len(s.aka)))

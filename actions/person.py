"""The person's own things: what is known of them, forgetting it, starting again."""

from __future__ import annotations

from actions.action import TurnAction
from actions.asked import named_facts
from actions.asking import ask, ask_next, back_to_question, go_on
from actions.knowledge import bullets, catalogue, joined, wording
from actions.matters import answer_matter
from actions.profile import in_order, known_facts, take_aside
from actions.turn import FORGET, Turn, button


class ActionMyProfile(TurnAction):
    """What do you know of me; any line of it may be changed or removed."""

    def take(self, turn: Turn) -> None:
        """List every fact with a button to change or remove it; or do what a button asks."""
        if answer_matter(turn):
            return
        change, remove = _first(turn, "change"), _first(turn, "remove")
        if change:
            ask(turn, change)
        elif remove:
            self._remove(turn, remove)
        elif turn.is_button and (known := _first(turn, "known")):
            self._offer(turn, known)
        else:
            self._list(turn)

    def _list(self, turn: Turn) -> None:
        facts = in_order(known_facts(turn))
        if not facts:
            turn.say("utter_profile_empty")
            ask_next(turn, turn.match(), "utter_tell_me")
            return
        lines, buttons = [], []
        for fact, value in facts.items():
            label = turn.local(catalogue().facts[fact].label)
            words_of_value = wording().value(fact, value, turn.language)
            lines.append(turn.words("label_and_value", label=label, value=words_of_value))
            buttons.append(button(turn.words("change_line", label=label), "my_profile", known=fact))
        buttons.append(button(turn.title("results"), "find_schemes"))
        buttons.append(button(turn.title("forget"), "delete_data"))
        turn.say("utter_profile", buttons, items=bullets(lines))

    def _offer(self, turn: Turn, fact: str) -> None:
        value = known_facts(turn).get(fact)
        if value is None:
            self._list(turn)
            return
        buttons = [
            button(turn.title("change"), "my_profile", change=fact),
            button(turn.title("remove"), "my_profile", remove=fact),
        ]
        turn.say(
            "utter_change_or_remove",
            buttons,
            label=turn.local(catalogue().facts[fact].label),
            value=wording().value(fact, value, turn.language),
        )

    def _remove(self, turn: Turn, fact: str) -> None:
        remove_facts(turn, [fact])
        if known_facts(turn):
            self._list(turn)


def remove_facts(turn: Turn, facts: list[str]) -> None:
    """Forget some facts of the profile, and say so."""
    kept = {name: value for name, value in turn.profile.items() if name not in facts}
    pending = None if turn.pending in facts else turn.pending
    turn.remember(profile=kept, pending=pending)
    turn.say("utter_removed", label=_labels(turn, facts))


def _labels(turn: Turn, facts: list[str]) -> str:
    return joined((turn.local(catalogue().facts[fact].label) for fact in facts), turn.language)


def _first(turn: Turn, kind: str) -> str | None:
    """Return the fact a button carries."""
    return next((str(v) for v in turn.entities(kind) if v in catalogue().facts), None)


class ActionDeleteData(TurnAction):
    """Forget me, or forget one thing I said."""

    reads_facts = True  # what is to be forgotten is not to be taken

    def take(self, turn: Turn) -> None:
        """Remove what was named; before everything is erased, ask once."""
        named = [] if turn.is_button else named_facts(turn)
        if named:
            known = [fact for fact in named if fact in turn.profile]
            if known:
                remove_facts(turn, known)
            else:
                turn.say("utter_not_noted", label=_labels(turn, named))
            back_to_question(turn)
            return
        buttons = [
            button(turn.title("forget_yes"), "affirm"),
            button(turn.title("forget_no"), "deny"),
        ]
        turn.remember(pending=FORGET)
        turn.say("utter_forget_sure", buttons)


class ActionRestart(TurnAction):
    """Begin again from nothing; the language stays."""

    reads_facts = True

    def take(self, turn: Turn) -> None:
        """Empty the profile and open the talk anew."""
        turn.remember(profile={}, pending=None, scheme=None, talk={})
        turn.say("utter_restarted")
        if facts := turn.said_facts():
            take_aside(turn, facts)
            go_on(turn)


class ActionChangeLanguage(TurnAction):
    """Answer in another language from now on."""

    def take(self, turn: Turn) -> None:
        """Keep the language that was asked for, or offer the three."""
        asked = [v for v in turn.entities("language_choice") if isinstance(v, str)]
        if asked:
            turn.remember(language_choice=asked[-1])
            turn.say("utter_language_set")
            if turn.said_facts():
                go_on(turn)
            else:
                back_to_question(turn)
            return
        buttons = [
            button(
                turn.title(f"language_{code}"),
                "change_language",
                language_choice=value,
                language=value,
            )
            for code, value in (("fr", "fr"), ("ary", "ary"), ("ary_latn", "ary-Latn"))
        ]
        turn.say("utter_which_language", buttons)

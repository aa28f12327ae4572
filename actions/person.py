"""The person's own things: what is known of them, forgetting it, starting again, a summary."""

from __future__ import annotations

from typing import Any

from actions.answers import document_lines
from actions.interview import ask_next
from actions.knowledge import bullets, catalogue, joined, wording
from actions.places import place_lines, province
from actions.profile import DECLINED, in_words, stated
from actions.results import certain, near_change, ranked
from actions.turn import Turn, TurnAction, button

SURE = 0.8
"""Below this confidence, whether to erase everything is asked before it is done."""


def known_facts(turn: Turn) -> dict[str, Any]:
    """Return the facts a person has stated, without those they declined to say."""
    return {f: stated(v) for f, v in turn.profile.items() if stated(v) != DECLINED}


class ActionMyProfile(TurnAction):
    """What do you know of me."""

    def take(self, turn: Turn) -> None:
        """List every fact with its label, and how to correct or erase it."""
        facts = known_facts(turn)
        if not facts:
            turn.say("utter_profile_empty")
            return
        lines = [
            turn.words(
                "label_and_value",
                label=turn.local(catalogue().facts[fact].label),
                value=wording().value(fact, value, turn.language),
            )
            for fact, value in facts.items()
        ]
        buttons = [
            button(turn.title("results"), "find_schemes"),
            button(turn.title("forget"), "delete_data"),
        ]
        turn.say("utter_profile", buttons, items=bullets(lines))


class ActionDeleteData(TurnAction):
    """Forget me."""

    def take(self, turn: Turn) -> None:
        """Erase everything, after asking once where the wish was not clear."""
        if turn.confidence < SURE or turn.said_facts():
            buttons = [
                button(turn.title("yes"), "affirm"),
                button(turn.title("no"), "deny"),
            ]
            turn.remember(pending="forget")
            turn.say("utter_forget_sure", buttons)
            return
        turn.erase_everything()
        turn.say("utter_forgotten")


class ActionRestart(TurnAction):
    """Begin again from nothing; the language stays."""

    def take(self, turn: Turn) -> None:
        """Empty the profile and open the talk anew."""
        turn.remember(profile={}, pending=None, scheme=None, talk={})
        turn.say("utter_restarted")


class ActionChangeLanguage(TurnAction):
    """Answer in another language from now on."""

    def take(self, turn: Turn) -> None:
        """Keep the language that was asked for, or offer the three."""
        asked = [v for v in turn.entities("language_choice") if isinstance(v, str)]
        if asked:
            turn.remember(language_choice=asked[-1])
            turn.say("utter_language_set")
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


class ActionGetSheet(TurnAction):
    """A summary to keep or print: what was said, what suits, papers and places."""

    def take(self, turn: Turn) -> None:
        """Write the summary of the best matches."""
        match = turn.match()
        verdicts = [v for v in ranked(turn, match) if certain(v) or near_change(turn, v)][:3]
        if not verdicts or not turn.profile:
            turn.say("utter_sheet_empty")
            ask_next(turn, match, "utter_tell_me")
            return
        blocks = []
        for verdict in verdicts:
            scheme = catalogue().schemes[verdict.scheme]
            head = turn.words(
                "scheme_and_verdict",
                scheme=turn.local(scheme.name),
                verdict=wording().verdict(verdict.outcome, turn.language),
            )
            papers = joined(document_lines(turn, scheme), turn.language)
            places = place_lines(turn, scheme.where or (scheme.institution,), province(turn))
            lines = [head]
            if papers:
                lines.append(turn.words("papers_line", papers=papers))
            lines += [turn.words("where_line", places=place) for place in places]
            blocks.append("\n".join(lines))
        turn.say(
            "utter_sheet",
            date=wording().date(match.on, turn.language),
            facts=in_words(known_facts(turn), turn.language),
            items="\n\n".join(blocks),
        )

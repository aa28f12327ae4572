"""Their own application: what to check, what comes after, and who knows its state."""

from __future__ import annotations

from typing import Any

from actions.answers import SchemeAnswer
from actions.asked import door
from actions.knowledge import bullets
from actions.papers import document_lines
from actions.places import say_places
from actions.subject import ask_which, meant_schemes
from actions.turn import Turn, button


class ActionDossier(SchemeAnswer):
    """Their own application: what to check, and who knows its state."""

    aspect = "dossier"

    def without_scheme(self, turn: Turn) -> bool:
        """Show the right door for a file that is none of our schemes'."""
        if not turn.is_button and not meant_schemes(turn) and (answer := door(turn)):
            turn.say("utter_door", answer=answer)
            return True
        several = meant_schemes(turn)
        if len(several) > 1 and not turn.named("scheme") and not turn.profile:
            turn.note(programme=turn.named("programme")[-1])
            turn.say("utter_dossier_unseen")
            ask_which(turn, several)
            return True
        return False

    def answer(self, turn: Turn, scheme: Any) -> None:
        """Give the list to check the file by, and a button for what comes after."""
        lines = document_lines(turn, scheme)
        name = turn.local(scheme.name)
        if lines:
            later = button(turn.title("after"), "follow_up", scheme=scheme.id, matter="after")
            turn.tell(name, "utter_dossier", [later], scheme=name, items=bullets(lines))
        else:
            turn.say("utter_dossier_unseen")
        say_places(turn, scheme.where or (scheme.institution,), name)

"""A conversation in memory that is copied and told without going through all its events."""

from __future__ import annotations

import copy
from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity


class Tracker(DialogueStateTracker):
    """A tracker that knows how much of it is in the database.

    Attributes:
        newest: The id of its newest event in the database.
        written: How many of its events are there.
    """

    newest = 0
    written = 0

    def copy(self) -> Tracker:
        """Return a copy; events are shared, since they never change once they are told."""
        twin = copy.copy(self)
        twin.events = self.events.copy()
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        return twin

    def current_state(
        self, event_verbosity: EventVerbosity = EventVerbosity.NONE
    ) -> dict[str, Any]:
        """Return the state as an action is told it; each event is written out only once."""
        state: dict[str, Any] = super().current_state(EventVerbosity.NONE)
        told = self._events_for_verbosity(event_verbosity)
        state["events"] = None if told is None else [_told(event) for event in told]
        return state


def _told(event: Event) -> dict[str, Any]:
    known: tuple[float, dict[str, Any]] | None = getattr(event, "_told", None)
    # Rasa stamps an event anew when it is put into a conversation.
    if known is None or known[0] != event.timestamp:
        known = (event.timestamp, event.as_dict())
        event._told = known
    return known[1]

"""What one may ask about a scheme beside its parts: both at once, what comes after, who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from actions.asked import matters
from actions.asking import ask_next, back_to_question, show_now
from actions.knowledge import bullets, catalogue, joined, wording
from actions.profile import known_facts
from actions.results import decider, source_button, suits
from actions.subject import ask_which, meant_schemes, subject
from actions.turn import Turn, button

SOURCES = 3
"""At most so many sources in one answer."""


def answer_matter(turn: Turn) -> bool:
    """Answer where the message asks for such a matter, whatever its intent; False where not."""
    asked = matters(turn)
    if "show" in asked:
        if known_facts(turn):
            show_now(turn)
        else:
            ask_next(turn, turn.match(), "utter_tell_me")
        return True
    if "persons" in asked and say_most_persons(turn):
        return True
    for matter, answer in _ANSWERS.items():
        if matter not in asked:
            continue
        scheme = subject(turn)
        if scheme is None:
            ask_which(turn)
        else:
            turn.note(aspect=matter)
            answer(turn, catalogue().schemes[scheme])
            back_to_question(turn)
        return True
    return False


def say_most_persons(turn: Turn) -> bool:
    """Say for how many persons a scheme is given at most; False where no such number is known."""
    scheme = subject(turn)
    gives = catalogue().schemes[scheme].gives if scheme else ()
    known = [item for item in gives if (item.amounts.get("persons") or {}).get("to")]
    if scheme is None or not known:
        return False
    most = wording().quantity(known[0].amounts["persons"]["to"], "persons", turn.language)
    name = turn.local(catalogue().schemes[scheme].name)
    conditions = button(turn.title("conditions"), "ask_conditions", scheme=scheme)
    turn.say("utter_persons", [conditions], scheme=name, persons=most)
    turn.note(aspect="benefit")
    back_to_question(turn)
    return True


def say_combined(turn: Turn, scheme: Any) -> None:
    """Say which schemes go with this one, and which do not; or whether two that were named do."""
    named = [s for s in dict.fromkeys(meant_schemes(turn)) if s != scheme.id]
    pair = [s for s in turn.talk.get("compared", ()) if s in catalogue().schemes]
    if not turn.is_button and not meant_schemes(turn) and scheme.id in pair[:1] and pair[1:]:
        turn.say(TOGETHER[together(*pair)], (), **_pair(turn, *pair))
        return
    if named and len(turn.named("scheme")) + len(turn.named("programme")) > 1:
        turn.say(TOGETHER[together(scheme.id, named[0])], (), **_pair(turn, scheme.id, named[0]))
        return
    fits = {
        v.scheme: turn.local(catalogue().schemes[v.scheme].name)
        for v in turn.match().verdicts
        if suits(v) and together(scheme.id, v.scheme) == "combines"
    }
    barred = [turn.local(catalogue().schemes[s].name) for s in scheme.excludes]
    name = turn.local(scheme.name)
    if fits:
        buttons = [button(title, "ask_scheme", scheme=id) for id, title in list(fits.items())[:3]]
        turn.say("utter_combines_list", buttons, scheme=name, items=bullets(fits.values()))
    if barred:
        turn.say("utter_excludes_list", scheme=name, items=bullets(barred))
    if not fits and not barred:
        turn.say("utter_combines_unknown", scheme=name, decider=decider(turn, scheme.id))


TOGETHER = {
    "combines": "utter_combines",
    "excludes": "utter_excludes",
    "open": "utter_combines_open",
}
"""What is said of two schemes."""


def together(first: str, second: str) -> str:
    """Return whether two schemes go together: combines, excludes or open."""
    one, other = catalogue().schemes[first], catalogue().schemes[second]
    if second in one.excludes or first in other.excludes:
        return "excludes"
    if second in one.combines_with or first in other.combines_with:
        return "combines"
    return "open"


def _pair(turn: Turn, first: str, second: str) -> dict[str, str]:
    schemes = catalogue().schemes
    return {
        "first": turn.local(schemes[first].name),
        "second": turn.local(schemes[second].name),
    }


def say_after(turn: Turn, scheme: Any) -> None:
    """Say what comes once the support is granted: duties and help."""
    later = [turn.local(item.text) for item in turn.match().applicable(scheme.follow_up)]
    name = turn.local(scheme.name)
    if later:
        turn.tell(name, "utter_follow_up_support", scheme=name, items=bullets(later))
    else:
        turn.say("utter_follow_up_unknown", scheme=name, decider=decider(turn, scheme.id))


def say_decider(turn: Turn, scheme: Any) -> None:
    """Name who really decides."""
    turn.say(
        "utter_decider",
        [
            button(turn.title("where"), "ask_place", scheme=scheme.id),
            source_button(turn, scheme.id),
        ],
        scheme=turn.local(scheme.name),
        decider=decider(turn, scheme.id),
    )


def say_source(turn: Turn, scheme: Any) -> None:
    """Say where the rules are written, and what no source settles."""
    verdict = turn.match().verdict(scheme.id)
    name = turn.local(scheme.name)
    lines = bullets(source_lines(turn, scheme, verdict))
    turn.tell(name, "utter_source", scheme=name, items=lines)
    if scheme.open_questions:
        open_questions = bullets(turn.local(item.text) for item in scheme.open_questions[:2])
        if turn.is_news("open", open_questions):
            turn.say("utter_open_questions", items=open_questions)


def source_lines(turn: Turn, scheme: Any, verdict: Any) -> list[str]:
    """Name the sources of the conditions, each with its publisher and date."""
    keys = [key for reason in verdict.reasons for key in _sources(reason)]
    lines = []
    for key in dict.fromkeys(keys or scheme.sources):
        source = scheme.sources[key]
        parts = [part for part in (source.title, source.publisher) if part]
        if source.date is not None and source.date.first is not None:
            parts.append(wording().date(source.date, turn.language))
        lines.append(" · ".join(parts))
    return lines[:SOURCES]


def _sources(reason: Any) -> Iterable[str]:
    yield from reason.source
    for part in reason.parts:
        yield from _sources(part)


def applicants(turn: Turn, scheme: Any) -> str:
    """Say who may apply."""
    return joined((turn.words(f"applicant_{kind}") for kind in scheme.applicant), turn.language)


_ANSWERS: dict[str, Callable[[Turn, Any], None]] = {
    "combine": say_combined,
    "after": say_after,
    "decides": say_decider,
    "source": say_source,
}

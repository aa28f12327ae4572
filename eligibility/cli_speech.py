"""What the command line prints for people."""

from __future__ import annotations

from eligibility import text
from eligibility.matching import Match, Verdict
from eligibility.plan import Reason
from eligibility.wording import Wording

MARKS = {"holds": "✓", "fails": "✗", "unknown": "?", "margin": "~"}


def print_match(match: Match, language: str) -> None:
    """Print every scheme with its verdict, and the next question."""
    words = Wording(match.catalogue)
    for clash in match.contradictions:
        statements = [
            f"{words.label(fact, language)} {words.value(fact, value, language)}"
            for statement in clash.statements
            for fact, value in statement.items()
        ]
        what = " / ".join(statements)
        print("! " + words.say("lines", "contradiction", language, what=what))
    for verdict in match.verdicts:
        scheme = match.catalogue.schemes[verdict.scheme]
        name = text(scheme.name, language)
        said = words.verdict(verdict.outcome, language)
        print(f"{name} [{verdict.scheme}]: {said} · {words.status(scheme, language)}")
        for reason in verdict.reasons:
            if reason.outcome != "holds":
                _print_reason(words, reason, language, 1, with_parts=False)
    if match.next_question:
        question = text(match.catalogue.facts[match.next_question].ask, language)
        print(words.say("lines", "next", language, what=question))
    print(words.say("lines", "guidance", language, day=words.date(match.on, language)))


def print_scheme(match: Match, id: str, language: str) -> None:
    """Print one scheme in full: verdict, reasons, benefits, papers, steps, where."""
    words = Wording(match.catalogue)
    scheme = match.catalogue.schemes[id]
    verdict = match.verdict(id)
    said = words.verdict(verdict.outcome, language)
    print(f"{text(scheme.name, language)} [{id}]: {said} · {words.status(scheme, language)}")
    _print_bounds(words, verdict, language)
    if verdict.missing:
        what = ", ".join(words.label(fact, language) for fact in verdict.missing)
        print(words.say("lines", "missing", language, what=what))
    for change in verdict.changes:
        what = ", ".join(words.value(fact, value, language) for fact, value in change.items())
        print(words.say("lines", "change", language, what=what))
    print(f"\n{words.say('lines', 'reasons', language)}")
    for reason in verdict.reasons:
        _print_reason(words, reason, language, 1, with_parts=True)
    print(f"\n{words.say('lines', 'gives', language)}")
    for benefit in match.applicable(scheme.gives):
        print(f"  - {text(benefit.text, language)}")
    print(f"\n{words.say('lines', 'documents', language)}")
    if scheme.documents is None:
        print(f"  {words.say('lines', 'documents_unknown', language)}")
    for needed in match.applicable(scheme.documents):
        paper = match.catalogue.documents.get(needed.id)
        print(f"  - {text(paper.name, language) if paper else needed.id}")
    print(f"\n{words.say('lines', 'steps', language)}")
    for number, step in enumerate(match.applicable(scheme.steps), 1):
        print(f"  {number}. {text(step, language)}")
    _print_offices(match, id, words, language)
    if scheme.open_questions:
        print(f"\n{words.say('lines', 'open_questions', language)}")
        for item in scheme.open_questions:
            print(f"  - {text(item, language)}")
    print("\n" + words.say("lines", "guidance", language, day=words.date(match.on, language)))


def _print_bounds(words: Wording, verdict: Verdict, language: str) -> None:
    window = verdict.window
    if window and window.last:
        print(words.say("lines", "until", language, day=words.date(window.last, language)))


def _print_reason(
    words: Wording, reason: Reason, language: str, depth: int, with_parts: bool
) -> None:
    phrase = words.condition(reason, language)
    source = ""
    if reason.source:
        source = f" ({words.say('lines', 'source', language, source=', '.join(reason.source))})"
    sure = f" · {words.certainty(reason.certainty, language)}" if reason.certainty else ""
    print(f"{'  ' * depth}{MARKS[reason.outcome]} {phrase}{source}{sure}")
    if with_parts:
        if reason.note:
            print(f"{'  ' * depth}  {text(reason.note, language)}")
        for part in reason.parts:
            _print_reason(words, part, language, depth + 1, with_parts=True)


def _print_offices(match: Match, id: str, words: Wording, language: str) -> None:
    catalogue = match.catalogue
    print(f"\n{words.say('lines', 'where', language)}")
    fact = catalogue.place_fact
    known = match.known.get(fact) if fact else None
    province = catalogue.facts[fact].single(known) if fact and known else None
    for kind in catalogue.schemes[id].where:
        offices = catalogue.offices_for(kind, province)
        for office in offices:
            phone = f" · {', '.join(office.phone)}" if office.phone else ""
            print(f"  - {text(office.name, language)}{phone}")
        if not offices and kind in catalogue.office_kinds:
            print(f"  - {text(catalogue.office_kinds[kind].unknown, language)}")
        elif not offices and kind in catalogue.institutions:
            print(f"  - {text(catalogue.institutions[kind].name, language)}")

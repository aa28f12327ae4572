"""The intent of a message in the light of what was asked and of what was read; no Rasa."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding import Understood

QUESTIONS = frozenset(
    {
        "find_schemes",
        "list_schemes",
        "ask_scheme",
        "ask_benefit",
        "ask_conditions",
        "ask_documents",
        "ask_steps",
        "ask_place",
        "ask_deadline",
        "ask_why",
        "compare_schemes",
        "follow_up",
    }
)
"""Intents that ask something of us, however many facts stand beside the question."""

DESTRUCTIVE = {"restart": 0.45, "delete_data": 0.3}
"""Below these confidences nothing is thrown away on a guess; forgetting is also asked back."""

ANSWERS = frozenset({"affirm", "deny"})

CONFIDENT = 0.8
"""Confidence from which the last clause of a message decides what it is for."""

CLEARLY = 0.9
"""Words of no language of ours are believed to mean something from this confidence on."""

SURE = 0.5
"""A question is believed against an expected answer from this confidence on."""

OF_PAPERS = frozenset({"ask_documents", "ask_steps", "follow_up"})
"""What "j'ai la CIN et le devis" is easily taken for."""

PAPERS = "papers"
"""What is expected after the list of a file's papers: which of them are there."""


def said_by_another(understood: Understood) -> tuple[Understood, str, float]:
    """Return what counts of a forwarded message, its intent and confidence.

    It says nothing about the person who forwards it; what it names may be explained.
    """
    named = understood.schemes or understood.programmes or understood.institutions
    rest = replace(understood, facts={}, hypothetical=False, ambiguous={}, answer=None, instead=())
    return (rest, "ask_scheme", 1.0) if named else (rest, "out_of_scope", 0.0)


def in_context(
    intent: str, confidence: float, understood: Understood, expecting: str | None
) -> tuple[str, float]:
    """Return the intent in the light of what was asked and of what was read.

    An expected answer is an answer unless the message clearly asks something; a few words that
    name facts are facts.
    """
    if understood.danger:
        return "out_of_scope", 1.0
    if confidence < DESTRUCTIVE.get(intent, 0):
        return "out_of_scope", min(confidence, SURE / 2)
    answers = understood.telling and expecting in understood.facts
    asks = intent in QUESTIONS and confidence >= SURE and not answers
    if _tells_of_an_application(intent, understood, expecting):
        return "dossier", max(confidence, 0.9)
    if expecting and not asks:
        if understood.answer in ("yes", "no"):
            return ("affirm" if understood.answer == "yes" else "deny"), max(confidence, 0.9)
        if understood.answer == "dont_know":
            return "dont_know", max(confidence, 0.9)
        if understood.answer in ("refuse", "skip"):
            return "cancel", max(confidence, 0.9)
        if expecting in understood.facts or expecting in understood.ambiguous:
            return "inform", max(confidence, 0.9)
    if (understood.foreign or understood.unreadable) and confidence < CLEARLY:
        return "out_of_scope", max(SURE, 1 - confidence)
    if understood.telling and confidence < SURE and intent not in QUESTIONS:
        return "inform", SURE
    if intent in ANSWERS and (understood.instead or understood.facts):
        return "inform", max(confidence, SURE)
    if intent == "out_of_scope":
        names = understood.schemes + understood.programmes + understood.institutions
        if names:
            return "ask_scheme", SURE
    return intent, confidence


def _tells_of_an_application(intent: str, understood: Understood, expecting: str | None) -> bool:
    """Whether a message says which papers are there, or what became of a file, and no more."""
    told = understood.paperwork
    if intent not in QUESTIONS and (told.progress or told.everything):
        return True
    if intent in QUESTIONS and intent not in OF_PAPERS:
        return False
    claimed = told.claimed or told.everything
    papers = told.have or told.lack or told.everything
    only_that = not (understood.facts or understood.schemes)
    return bool(papers) and only_that and (claimed or expecting == PAPERS or intent == "inform")


def is_question_at_the_end(
    whole: str, last: str, confidence: float, understood: Understood
) -> bool:
    """Whether a message that mainly tells facts ends in a question, which is what to act on.

    A wish in passing is not one; a scheme, programme or institution asked about is.
    """
    named = understood.schemes or understood.programmes or understood.institutions
    asks = last in QUESTIONS and (last != "find_schemes" or bool(named))
    return whole == "inform" and bool(understood.facts) and asks and confidence >= CONFIDENT

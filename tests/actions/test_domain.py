"""What the assistant may say and hear is complete in all three ways of writing."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

import yamlsource
from language import detect

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yamlsource.plain(ROOT / "domain.yml")
LANGUAGES = {"fr", "ary", "ary-Latn"}
PLACE = re.compile(r"{(\w+)}")


def slots_of(variation: dict[str, Any]) -> dict[str, str]:
    return {str(each["name"]): str(each["value"]) for each in variation["condition"]}


def language_of(variation: dict[str, Any]) -> str:
    return slots_of(variation)["language"]


@pytest.mark.parametrize("response", DOMAIN["responses"])
def test_every_line_is_said_in_one_way_to_anybody_at_any_turn(response: str) -> None:
    variations = DOMAIN["responses"][response]
    for language, voice, address in product(LANGUAGES, "123", ("one", "many")):
        now = {"language": language, "voice": voice, "address": address}
        fitting = [v for v in variations if slots_of(v).items() <= now.items()]
        assert len(fitting) == 1, (response, now, fitting)


@pytest.mark.parametrize("response", DOMAIN["responses"])
def test_every_variation_of_a_line_has_the_same_gaps(response: str) -> None:
    variations = DOMAIN["responses"][response]
    assert len({tuple(sorted(set(PLACE.findall(v["text"])))) for v in variations}) == 1


def test_the_lines_of_conversation_are_said_in_three_ways_in_each_language() -> None:
    varied = {
        name
        for name, variations in DOMAIN["responses"].items()
        if {v for each in variations if (v := slots_of(each).get("voice"))} == set("123")
    }
    assert len(varied) >= 40
    for name in varied:
        for language in LANGUAGES:
            texts = {v["text"] for v in DOMAIN["responses"][name] if language_of(v) == language}
            assert len(texts) >= 3, (name, language)


BILINGUAL = {"utter_first_greeting", "utter_which_language", "utter_languages_spoken"}
"""Lines for people whose language we do not know yet."""


@pytest.mark.parametrize("response", sorted(set(DOMAIN["responses"]) - BILINGUAL))
def test_every_line_is_written_in_the_letters_of_its_language(response: str) -> None:
    for variation in DOMAIN["responses"][response]:
        text = PLACE.sub("", variation["text"])
        letters = [letter for letter in text if letter.isalpha()]
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
        if letters and language_of(variation) == "ary":
            assert arabic > len(letters) / 2, text
        elif letters:
            assert arabic < len(letters) / 2, text


def test_every_line_is_spoken_by_an_action_or_a_rule() -> None:
    code = "".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    code += (ROOT / "bot" / "rasa" / "in_process.py").read_text()
    code += (ROOT / "data" / "rules.yml").read_text()
    assert [name for name in DOMAIN["responses"] if name not in code] == []


def test_every_line_that_code_speaks_is_written() -> None:
    code = "".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    spoken = set(re.findall(r'"(utter_(?!message)\w+)"', code))
    assert spoken - set(DOMAIN["responses"]) == set()


def test_the_actions_of_the_domain_are_those_of_the_code() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(DOMAIN["actions"])


def test_every_intent_has_one_rule() -> None:
    rules = yamlsource.plain(ROOT / "data" / "rules.yml")["rules"]
    answered = [rule["steps"][0]["intent"] for rule in rules]
    assert sorted(answered) == sorted(name for entry in DOMAIN["intents"] for name in entry)


def test_every_intent_has_ten_examples_in_each_way_of_writing_and_the_frequent_ones_sixty() -> None:
    counts: dict[str, dict[str, int]] = {}
    for block in yamlsource.plain(ROOT / "data" / "nlu.yml")["nlu"]:
        lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
        ways = counts.setdefault(block["intent"], dict.fromkeys((*LANGUAGES, "mixed", "other"), 0))
        for line in lines:
            ways[detect(line)] += 1
    assert set(counts) == {name for entry in DOMAIN["intents"] for name in entry}
    for intent, ways in counts.items():
        assert sum(ways.values()) >= (60 if intent in ("inform", "find_schemes") else 30), intent
        assert all(ways[language] >= 10 for language in LANGUAGES), (intent, ways)


def test_every_word_around_the_answers_exists_in_three_languages() -> None:
    wording = yamlsource.plain(ROOT / "catalogue" / "wording.yml")
    for group in ("talk", "buttons", "verdicts", "statuses"):
        for key, texts in wording[group].items():
            assert set(texts) == {"fr", "ary", "ary_latn"}, (group, key)
            assert len({tuple(sorted(PLACE.findall(text))) for text in texts.values()}) == 1, key

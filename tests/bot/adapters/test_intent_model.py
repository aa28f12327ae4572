from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.rasa.nlu.intent_model import PARTS, IntentModel
from bot.rasa.nlu.spelling import in_arabic_letters, in_latin_letters, respelt, variants
from bot.settings import ROOT

BANK = {
    "card_lost": ["j'ai perdu ma carte", "lcarte dyali tlfat", "ضاعت ليا الكارط", "carte volée"],
    "balance": ["mon solde svp", "ch7al 3ndi f l7sab", "شحال عندي فالحساب", "solde du compte"],
    "opening_hours": ["vous ouvrez quand", "fou9ach kat7ello", "فوقاش كتحلو", "horaires"],
}
EXAMPLES = [(text, intent) for intent, texts in BANK.items() for text in texts]


@pytest.fixture(scope="module")
def model() -> IntentModel:
    texts, intents = zip(*EXAMPLES, strict=True)
    return IntentModel.train(texts, intents)


def test_a_question_learnt_in_one_script_is_known_in_the_other() -> None:
    latin = [(text, intent) for text, intent in EXAMPLES if text.isascii()]
    texts, intents = zip(*latin, strict=True)
    model = IntentModel.train(texts, intents)
    assert model.rank("شحال عندي فالحساب")[0][0] == "balance"
    assert model.rank("فوقاش كتحلو")[0][0] == "opening_hours"


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b\u202e", "a" * 100_000, "ب" * 5_000, "\ud800x", "٣" * 3_000, "😀" * 900],
)
def test_any_text_gets_confidences_that_sum_to_one(model: IntentModel, text: str) -> None:
    ranked = model.rank(text)
    assert {intent for intent, _ in ranked} == set(BANK)
    assert sum(confidence for _, confidence in ranked) == pytest.approx(1)
    assert ranked == sorted(ranked, key=lambda one: -one[1])


def test_two_intents_are_enough() -> None:
    model = IntentModel.train(["oui", "ah", "non", "lla"], ["yes", "yes", "no", "no"])
    assert model.rank("oui")[0][0] == "yes"
    assert model.rank("lla")[0][0] == "no"


def test_the_margins_are_those_of_scikit_learn() -> None:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    texts, intents = zip(*EXAMPLES, strict=True)
    ours = IntentModel.train(texts, intents)
    cutters = [TfidfVectorizer(analyzer=cut, sublinear_tf=True) for _, cut in PARTS]
    seen = [
        cutter.fit_transform([form(text) for text in texts])
        for cutter, (form, _) in zip(cutters, PARTS, strict=True)
    ]
    theirs = LinearSVC(tol=0.01, class_weight="balanced", random_state=0).fit(hstack(seen), intents)
    message = "salam, ch7al b9a 3ndi f lcompte"
    new = [
        cutter.transform([form(message)]) for cutter, (form, _) in zip(cutters, PARTS, strict=True)
    ]
    margins = theirs.decision_function(hstack(new))[0]
    order = [str(theirs.classes_[i]) for i in (-margins).argsort()]
    assert [intent for intent, _ in ours.rank(message)] == order


def test_the_other_script_keeps_numbers_and_turns_digits_inside_words_into_letters() -> None:
    assert in_arabic_letters("3ndi 27 3am") == "عندي 27 عام"
    assert in_latin_letters("بغيت 30 ألف") == "bghit 30 alf"


def test_the_same_seed_gives_the_same_spellings_and_french_stays_as_it_is() -> None:
    first, again = (list(variants(EXAMPLES, True, 1, seed=7)) for _ in range(2))
    assert first == again
    assert first != list(variants(EXAMPLES, True, 1, seed=8))
    assert list(variants([("je voudrais ouvrir un compte", "x")], True, 2, seed=0)) == []
    assert respelt("wach 7ta khouya", random.Random(3)) != "wach 7ta khouya"


@pytest.mark.slow
def test_our_config_trains_on_intents_that_are_not_ours_and_finds_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")
    lines = "".join(
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in BANK.items()
    )
    (tmp_path / "nlu.yml").write_text(f'version: "3.1"\nnlu:\n{lines}')
    made = train_nlu(str(ROOT / "config.yml"), str(tmp_path / "nlu.yml"), str(tmp_path))
    agent = Agent.load(str(made))
    for text, intent in [("lcarte tlfat lia", "card_lost"), ("شحال فالحساب ديالي", "balance")]:
        assert asyncio.run(agent.parse_message(text))["intent"]["name"] == intent
    for text in ("27 ans, Fès", "oui", "", "bghit nmout", "zzz qqq", "hello my friend how are you"):
        assert asyncio.run(agent.parse_message(text))["intent"]["name"] in BANK

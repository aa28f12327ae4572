"""Papers had, papers missing and the progress of an application, as people tell them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.paperwork import Paperwork, PaperworkReader

READER = PaperworkReader(Path(__file__).resolve().parents[2] / "catalogue")


@pytest.mark.parametrize(
    ("text", "have", "lack"),
    [
        ("j'ai la CIN et le devis", {"cin", "devis"}, set()),
        ("3ndi lCIN w devis", {"cin", "devis"}, set()),
        (
            "عندي لاكارط والدوفي، باقي خاصني شهادة السكنى",
            {"cin", "devis"},
            {"justificatif_domicile"},
        ),
        ("il me manque le certificat de résidence", set(), {"justificatif_domicile"}),
        ("jme3t kolchi mn ghir le devis", set(), {"devis"}),
        ("ma 3ndich diplome walakin 3ndi cv", {"cv"}, {"copie_diplome"}),
        ("j'ai pas encore le registre de commerce", set(), {"registre_commerce"}),
        ("rc w statuts 3ndi", {"registre_commerce", "statuts"}, set()),
        ("comment avoir l'attestation fiscale ?", {"attestation_fiscale"}, set()),
        ("فين نجيب شهادة السكنى", {"justificatif_domicile"}, set()),
        ("salam 3ndi 27 3am f fes", set(), set()),
        ("je suis sans emploi", set(), set()),
    ],
)
def test_papers(text: str, have: set[str], lack: set[str]) -> None:
    read = READER.read(text)
    assert (set(read.have), set(read.lack)) == (have, lack)


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("j'ai déposé mon dossier hier", "filed"),
        ("ddosi 7ttito lbare7", "filed"),
        ("حطيت الدوسي", "filed"),
        ("9eblouni f idmaj", "granted"),
        ("dossier dyali t9bel lhamdollah", "granted"),
        ("قبلوني", "granted"),
        ("ma 9eblounich", "refused"),
        ("ils m'ont refusé parce que j'ai pas d'apport", "refused"),
        ("ما قبلونيش", "refused"),
        ("حطيت الدوسي ومازال ما جاوبوني", "no_answer"),
        ("toujours pas de réponse", "no_answer"),
        ("bghit nkhdem", None),
        ("j'ai un projet", None),
    ],
)
def test_progress(text: str, progress: str | None) -> None:
    assert READER.read(text).progress == progress


def test_nothing_told_is_false() -> None:
    assert not READER.read("merci beaucoup")
    assert Paperwork() == READER.read("")


@pytest.mark.parametrize(
    ("text", "everything", "lack"),
    [
        ("c bon j'ai tout sauf le certificat de résidence", True, {"justificatif_domicile"}),
        ("jme3t kolchi mn ghir le devis", True, {"devis"}),
        ("كلشي واجد", True, set()),
        ("j'ai la CIN", False, set()),
    ],
)
def test_everything_but(text: str, everything: bool, lack: set[str]) -> None:
    read = READER.read(text)
    assert (read.everything, set(read.lack)) == (everything, lack)


def test_naming_a_paper_claims_nothing() -> None:
    assert not READER.read("comment avoir l'attestation fiscale ?").claimed
    assert not READER.read("est-ce que j'ai besoin du devis").claimed
    assert not READER.read("3ndi lCIN, wach khassni 7ta devis").claimed
    assert READER.read("3ndi lCIN").claimed
    assert READER.read("باقي خاصني شهادة السكنى").claimed

"""Which language a message is in, by its small words."""

from __future__ import annotations

import pytest

from language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "bjr je couds chez moi, jai 27 ans, je voudrai ouvrir un petit atelier a fes"),
        ("fr", "oui"),
        ("fr", "non merci"),
        ("fr", "salam je veux un crédit pour mon projet"),
        ("fr", "quelles sont les conditions pour bénéficier de l'INDH"),
        ("fr", "cest quoi anapec"),
        ("fr", "combien ca coute"),
        ("fr", "c ou lanapec a meknes"),
        ("fr", "auto-entrepreneur"),
        ("fr", "28 ans, licence en économie, sans emploi"),
        ("fr", "élevage de poulets"),
        ("fr", "projet agricole"),
        ("fr", "financement"),
        ("fr", "jsp"),
        ("fr", "d'accord"),
        ("fr", "pourquoi cette question"),
        ("fr", "aide pour création d'entreprise"),
        ("fr", "slt, cv ? j'cherche une formation en informatique"),
        ("ary-Latn", "salam, 3ndi lissance w hadi 3am w nss bla khdma, wach kayn chi 7aja liya"),
        ("ary-Latn", "l dossier dyali fin wsel"),
        ("ary-Latn", "ana inscrit f l'anapec w mazal ma jawbouni"),
        ("ary-Latn", "la"),
        ("ary-Latn", "wakha"),
        ("ary-Latn", "walo"),
        ("ary-Latn", "kifach ndir bach nakhod carte auto entrepreneur"),
        ("ary-Latn", "chno khasni mn wra9"),
        ("ary-Latn", "brit ndir commerce f wejda"),
        ("ary-Latn", "fin kayn l bureau dyal l'anapec f taza"),
        ("ary-Latn", "khayata"),
        ("ary-Latn", "ma3reftch"),
        ("ary-Latn", "3ndi bac w diplome technicien spécialisé f gestion"),
        ("ary-Latn", "salam"),
        ("ary-Latn", "chokran bzaf"),
        ("ary-Latn", "bghit credit bach nchri triporteur"),
        ("ary-Latn", "wach ymkn lia nstafed mn INDH"),
        ("ary-Latn", "ta3awniya dyal zit argan"),
        ("ary", "حنا سبعة ديال العيالات ف تاونات"),
        ("ary", "بغيت نعرف شنو هي ANAPEC"),
        ("ary", "عندي SARL وبغيت نستافد من INDH"),
        ("ary", "كيفاش نقدر ناخد الدعم"),
        ("ary", "ما هي شروط الاستفادة من برنامج انطلاقة"),
        ("ary", "واخا"),
        ("ary", "لا"),
        ("mixed", "salam, 3andi une petite société créée f 2019, bghit nkhdem 2 personnes, on m'a parlé de Tahfiz"),
        ("mixed", "bghit n3ref est-ce que je peux avoir le financement, hit 3ndi projet"),
        ("mixed", "عندي مشروع صغير mais je ne sais pas comment faire pour avoir le crédit"),
        ("mixed", "je suis coiffeuse w bghit ndir salon dyali, comment je peux faire?"),
        ("mixed", "Bonjour, ana mohammed, j'ai 30 ans w baghi nakhod crédit pour acheter triporteur"),
        ("other", "hello how can I get money for my business"),
        ("other", "hola quiero saber como puedo tener ayuda"),
        ("other", "good morning, I need help please"),
        ("other", "ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ"),
        ("other", "asdkjh qwlkj zxmn"),
        ("other", "12345"),
        ("other", "???"),
        ("other", ""),
        ("other", "😀😀"),
        ("other", "你好"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_small_words(language: str, text: str) -> None:
    assert detect(text) == language

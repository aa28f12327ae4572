"""Messages of many people, and what each of them says about the person who writes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import yamlsource
from language.facts import FactReader
from language.gazetteer import phrase_words

CATALOGUE = Path(__file__).parents[2] / "catalogue"
TODAY = date(2026, 11, 24)
READER = FactReader(
    yamlsource.plain(CATALOGUE / "facts.yml"),
    yamlsource.plain(CATALOGUE / "places.yml"),
)
YEAR_2019 = {"from": date(2019, 1, 1), "to": date(2019, 12, 31)}
YEAR_2026 = {"from": date(2026, 1, 1), "to": date(2026, 12, 31)}
RUNNING = ["informal", "operating"]
WANTED = ["idea", "project"]
AT_HOME = ["informal", "self_employed"]
NO_BAC = {"below": "baccalaureate"}


def facts(text: str, expecting: str | None = None) -> dict[str, Any]:
    return READER.read(text, expecting, today=TODAY).facts


MESSAGES: list[tuple[str, dict[str, Any]]] = [
    # Seamstresses, bakers, hairdressers
    ("bjr je couds chez moi, jai 27 ans, je voudrai ouvrir un petit atelier a fes",
     {"age": 27, "province": "fes", "sector": "crafts", "situation": AT_HOME, "stage": WANTED}),
    ("ana khiyata f fes 3ndi 27 3am w 3ndi carte auto entrepreneur",
     {"age": 27, "province": "fes", "sector": "crafts", "sex": "female", "legal_form": "auto_entrepreneur"}),
    ("كنخيط فداري ف صفرو، عندي 34 عام وما عنديش وراق",
     {"age": 34, "province": "sefrou", "sector": "crafts", "situation": AT_HOME, "legal_form": "none"}),
    ("kansayb 7elwa f dar w kanbi3ha, 3omri 41", {"age": 41, "sector": "crafts", "situation": AT_HOME}),
    ("je suis coiffeuse diplômée, 29 ans, Meknès, je veux ouvrir mon salon",
     {"age": 29, "province": "meknes", "sector": "services", "sex": "female", "stage": WANTED}),
    ("أنا حلاقة ف تازة، عندي 31 عام وبغيت نحل صالون ديالي",
     {"age": 31, "province": "taza", "sector": "services", "sex": "female", "stage": WANTED}),
    ("7ella9 f oujda hadi 5 snin, 3ndi patente", {"province": "oujda-angad", "sector": "services", "legal_form": "sole_trader", "business_age": 60}),
    # Farmers, bees, olives
    ("ana fellah f taounate 3ndi zitoun w bghit da3m", {"province": "taounate", "sector": "agriculture", "sex": "male", "seeking": ["funding"]}),
    ("fellah de 52 ans à Boulemane, élevage de chèvres", {"age": 52, "province": "boulemane", "sector": "agriculture"}),
    ("كساب ف إفران، 38 عام، باغي قرض", {"age": 38, "province": "ifrane", "sector": "agriculture", "seeking": ["loan"]}),
    ("trbiyat n7el f lbadya d taza, 3ndi 45 3am", {"age": 45, "province": "taza", "sector": "agriculture", "setting": "rural"}),
    ("حنا سبعة ديال العيالات ف تاونات، كنخدمو زيت الزيتون، وبغينا شي دعم",
     {"members": 7, "women_or_youth_share": 100, "province": "taounate", "sector": "agriculture", "seeking": ["funding"]}),
    # Graduates and job seekers
    ("salam, 3ndi lissance w hadi 3am w nss bla khdma, wach kayn chi 7aja liya",
     {"education": "bachelor", "situation": "unemployed", "unemployed_months": 18}),
    ("j'ai une licence, 14 mois sans travail, inscrit à l'anapec",
     {"education": "bachelor", "situation": "unemployed", "unemployed_months": 14, "anapec_registered": True}),
    ("technicien spécialisé OFPPT en chômage depuis 2 ans",
     {"vocational_diploma": "specialised_technician", "situation": "unemployed", "unemployed_months": 24}),
    ("عندي ماستر ومعطل عامين هادي", {"education": "master", "situation": "unemployed", "unemployed_months": 24}),
    ("ana m3tel hadi 3 snin 3ndi deug w mazal ma tsejjeltch f l'anapec",
     {"situation": "unemployed", "sex": "male", "unemployed_months": 36, "education": "bac_plus_2", "anapec_registered": False}),
    ("je cherche un emploi, bac+5 en gestion, Casablanca",
     {"seeking": ["job"], "education": "master", "province": "casablanca"}),
    ("bghit khdma, 3ndi 22 3am niveau bac", {"seeking": ["job"], "age": 22, "education": "lower_secondary"}),
    ("ma 3ndich lbac, 9rit ghir l i3dadi", {"education": "lower_secondary"}),
    ("je n'ai aucun diplôme et je cherche une formation", {"education": NO_BAC, "vocational_diploma": "none", "seeking": ["training"]}),
    ("باغي شي تكوين، ما عنديش دبلوم، 19 عام", {"seeking": ["training"], "education": NO_BAC, "vocational_diploma": "none", "age": 19}),
    ("étudiante en master à Rabat, 24 ans", {"situation": "student", "education": {"from": "bachelor"}, "province": "rabat", "age": 24}),
    ("baqi kan9ra f lfac, 3ndi 21 3am", {"situation": "student", "age": 21}),
    # Employers
    ("salam, 3andi une petite société créée f 2019, bghit nkhdem 2 personnes, on m'a parlé de Tahfiz",
     {"legal_form": "company", "stage": "operating", "created_on": YEAR_2019, "hires_planned": 2, "seeking": ["hiring"]}),
    ("j'ai créé une société cette année et je veux embaucher deux personnes",
     {"legal_form": "company", "created_on": YEAR_2026, "hires_planned": 2, "seeking": ["hiring"]}),
    ("gérant d'une SARL de 6 salariés, affiliée à la CNSS, je recrute 3 stagiaires",
     {"legal_form": "company", "situation": "self_employed", "employees": 6, "cnss_affiliated": True, "hires_planned": 3, "seeking": ["hiring"], "contract_offered": "internship"}),
    ("عندي شركة ف طنجة خدامين معايا 4 وباغي نخدم 2 جداد", {"legal_form": "company", "stage": "operating", "province": "tanger-assilah", "employees": 4, "hires_planned": 2, "seeking": ["hiring"]}),
    ("nous sommes une association à Fès et nous voulons recruter en CDI", {"legal_form": "association", "province": "fes", "seeking": ["hiring"], "contract_offered": "cdi"}),
    # Couriers, drivers, shopkeepers, craftsmen
    ("livreur glovo, 24 ans, casablanca, niveau bac", {"sector": "transport", "age": 24, "province": "casablanca", "education": "lower_secondary"}),
    ("3ndi triporteur f fes w kankhdem bla wra9", {"sector": "transport", "province": "fes", "stage": "informal", "legal_form": "none"}),
    ("mol 7anout f sefrou 3ndi 50 3am", {"sector": "commerce", "situation": "self_employed", "stage": RUNNING, "province": "sefrou", "age": 50}),
    ("ana 7eddad f meknes, khddam l rasi bla wra9",
     {"sector": "crafts", "sex": "male", "province": "meknes", "situation": "self_employed", "stage": "informal", "legal_form": "none"}),
    ("plombier auto-entrepreneur à Salé depuis 3 ans", {"sector": "construction", "legal_form": "auto_entrepreneur", "province": "sale", "business_age": 36}),
    ("njjar, 3ndi 36 3am", {"sector": "crafts", "age": 36}),
    ("أنا سائق طاكسي ف الدار البيضاء", {"sector": "transport", "province": "casablanca"}),
    ("développeur web freelance, 26 ans, Rabat", {"sector": "digital", "situation": "self_employed", "age": 26, "province": "rabat"}),
    ("infographiste, je veux lancer mon activité", {"sector": "digital", "stage": WANTED}),
    ("bghit n7el crèche f meknes", {"sector": "education", "province": "meknes", "stage": WANTED}),
    # Cooperatives
    ("on est une coopérative de 12 membres dont 80 % de femmes, à Taza",
     {"legal_form": "cooperative", "members": 12, "women_or_youth_share": 80, "province": "taza"}),
    ("3ndna ta3awniya dyal l3sel f ifrane, fina 9 dyal l2a3da2", {"legal_form": "cooperative", "stage": "operating", "sector": "agriculture", "province": "ifrane", "members": 9}),
    # Abroad, foreigners, sensitive
    ("je vis en france et je veux investir à Fès", {"resident": False, "province": "fes"}),
    ("ana 3aych f spanya w baghi ndir mchrou3 f oujda", {"resident": False, "province": "oujda-angad", "stage": WANTED}),
    ("je suis sénégalais, j'habite à Rabat", {"moroccan": False, "province": "rabat", "resident": True}),
    ("عندي إعاقة وبغيت شي دعم", {"disability": True, "seeking": ["funding"]}),
    ("khrejt mn l7ebs w bghit nbda chi mchrou3", {"precarity": "prison_leaver", "stage": WANTED}),
    ("mzyouda f 1998, sakna f fes", {"birth_date": {"from": date(1998, 1, 1), "to": date(1998, 12, 31)}, "sex": "female", "province": "fes", "resident": True}),
    # More people, as they came
    ("ana chab 3ndi 23 3am ma 3ndi la khdma la walo, wach n9der nakhod chi 9erd sghir bach nchri triporteur",
     {"age": 23, "sex": "male", "situation": "unemployed", "seeking": ["loan"], "sector": "transport"}),
    ("السلام عليكم أنا شاب من تاونات عندي 28 سنة حاصل على الإجازة في القانون وعاطل عن العمل منذ سنتين",
     {"age": 28, "sex": "male", "province": "taounate", "education": "bachelor", "situation": "unemployed", "unemployed_months": 24}),
    ("slt je suis ingénieur informatique, j'ai quitté mon boulot et je veux créer une startup",
     {"education": "master", "sector": "digital", "stage": WANTED}),
    ("ana mwaddafa f jam3iya w bghit ndir projet dyal crèche f lbadya",
     {"situation": "employee", "stage": WANTED, "sector": "education", "setting": "rural"}),
    ("nous sommes 5 jeunes et on veut monter une coopérative d'apiculture à Ifrane",
     {"members": 5, "women_or_youth_share": 100, "sector": "agriculture", "province": "ifrane", "stage": WANTED}),
    ("3andi mahlaba f meknes, khddamin m3aya 2, bghit nkebber lmchrou3", {"sector": "services", "stage": RUNNING, "province": "meknes", "employees": 2}),
    ("j'ai un café à Fès depuis 2018, 4 employés, je cherche un financement",
     {"sector": "services", "stage": RUNNING, "province": "fes", "employees": 4, "seeking": ["funding"], "created_on": {"from": date(2018, 1, 1), "to": date(2018, 12, 31)}}),
    ("lwalida 3ndha 60 3am, wach t9der tstafed", {}),
    ("khoya kayn f talyan w bgha yerje3 ydir mchrou3", {}),
    ("ana tbib w bghit n7el cabinet", {"sector": "liberal_profession", "stage": WANTED}),
    ("أنا أم عازبة وكنقلب على خدمة", {"precarity": "isolated_woman", "sex": "female", "seeking": ["job"]}),
    ("je vends des vêtements sur instagram sans registre", {"sector": "commerce", "stage": "informal", "legal_form": "none"}),
    ("je suis étudiant en 2ème année licence", {"situation": "student", "education": {"from": "baccalaureate"}}),
    ("wach l'INDH kat3ti l9erd wla ghir da3m", {}),
    ("je suis salarié mais je veux me mettre à mon compte", {"situation": "employee"}),
    ("société SARL AU créée en mars 2025, BTP, Rabat",
     {"legal_form": "company", "sector": "construction", "province": "rabat", "created_on": {"from": date(2025, 3, 1), "to": date(2025, 3, 31)}}),
    ("je suis handicapé moteur, 33 ans, je cherche un emploi", {"disability": True, "age": 33, "seeking": ["job"]}),
    ("bghit nkhdem m3a rasi", {"stage": WANTED}),
    ("bghit nsowel 3la chorot dyal auto entrepreneur wach lmowadaf y9der", {}),
    ("wach khassni nkoun m9eyyed f cnss", {}),
    ("ana makandir walou daba", {}),
    ("moi c'est Hamza, 26 ans, j'ai un BTS et je bosse au noir", {"age": 26, "education": "bac_plus_2", "situation": "informal", "stage": "informal"}),
    ("خدامة فالقهوة بلا كونطرا وبغيت ندير سناك صغير", {"sex": "female", "sector": "services", "stage": WANTED}),
    ("عندي حانوت ديال البقالة فالدوار، 46 عام، ما عنديش السجل التجاري", {"sector": "commerce", "setting": "rural", "age": 46, "legal_form": "none", "stage": RUNNING}),
    ("hna ta3awniya dyal zrabi f boulemane, kolna 3yalat",
     {"legal_form": "cooperative", "sector": "crafts", "province": "boulemane", "women_or_youth_share": 100}),
    ("عندي 3 خدامة وباغي نزيد 2", {"employees": 3, "hires_planned": 2, "seeking": ["hiring"]}),
    ("bghit nkheddem bent m3aya f salon", {"seeking": ["hiring"], "sector": "services"}),
    ("sortant de prison, je cherche du travail", {"precarity": "prison_leaver", "seeking": ["job"]}),
    ("je suis pas marocaine, je suis ivoirienne", {"moroccan": False}),
    ("c'est pour ma soeur, elle est couturière à Sefrou, 30 ans", {}),
    ("qui peut bénéficier du programme Tahfiz, une association peut ?", {}),
    ("j'ai plus de 35 ans c'est grave ?", {"age": {"above": 35}}),
    ("wakha ma 3ndich diplome n9der nstafed?", {"education": NO_BAC, "vocational_diploma": "none"}),
    ("je suis auto-entrepreneur et salarié en même temps", {"legal_form": "auto_entrepreneur", "situation": "employee"}),
    ("ma 3ndnach ta3awniya, ghir majmou3a d l3yalat", {}),
    ("ana 3ndi rc w patente hadi 2 snin", {"legal_form": "sole_trader", "business_age": 24}),
    ("kan9ra f OFPPT technicien f cuisine", {"situation": "student", "sector": "services"}),
    ("ana ma 3ndich apport", {"own_contribution": 0}),
    ("lmchrou3 kayswa 150000 dh w 3ndi mnha 30000 dh", {"project_cost": 150000, "own_contribution": 30000}),
    ("quelle est la différence entre coopérative et association", {}),
    ("j'ai besoin d'un crédit pour mon salon de coiffure", {"seeking": ["loan"], "sector": "services"}),
    ("slm wach lli ma3ndoch bac i9dar ydir idmaj", {}),
    ("mn sefrou kankhiyt jlaleb w bghit chi da3m bach nkbber lkhedma", {"province": "sefrou", "sector": "crafts", "seeking": ["funding"]}),
    ("je suis fonctionnaire est ce que je peux avoir la carte ae", {"situation": "employee"}),
    ("bac libre w 9rit coiffure", {"education": "baccalaureate", "sector": "services"}),
    ("wach kayn takwin fabor l 3yalat f khyata", {"seeking": ["training"], "sector": "crafts"}),
    ("je ne suis ni étudiant ni salarié", {}),
    ("l9it charika bghat tkhdemni", {"employer_found": True}),
    ("khoti bjouj battala w ana khddama", {"sex": "female"}),
    # Money
    ("mon projet coûte 200000 dh et mon apport est de 40000 dh", {"project_cost": 200000, "own_contribution": 40000}),
    ("chiffre d'affaires 300 000 dh par an", {"turnover": 300000}),
    ("kandkhl 8000 dh f chher", {"turnover": 96000}),
    ("salaire 4500 dh brut pour le poste", {"salary_offered": 4500}),
    # Denied, contrasted
    ("ma 3ndich carte auto entrepreneur", {}),
    ("j'ai pas le bac", {"education": NO_BAC}),
    ("ماعنديش الباك", {"education": NO_BAC}),
    ("je ne suis pas inscrit à l'anapec", {"anapec_registered": False}),
    ("mazal ma tsejjeltch f lanapik", {"anapec_registered": False}),
    ("machi fes, meknes", {"province": "meknes"}),
    ("pas à Fès mais à Taza", {"province": "taza"}),
    ("ماشي فاس، مكناس", {"province": "meknes"}),
    ("je n'ai que le bac", {"education": "baccalaureate"}),
    ("ma 3ndi ghir lbac", {"education": "baccalaureate"}),
    ("bla khdma w bla diplome", {"situation": "unemployed", "education": NO_BAC, "vocational_diploma": "none"}),
    ("je ne travaille pas mais j'ai le bac", {"situation": "unemployed", "education": "baccalaureate"}),
    ("je n'ai pas de handicap", {"disability": False}),
    # Not made yet, not any more, not theirs
    ("حنا سبعة ديال العيالات ف تاونات كنخدمو زيت الزيتون وباقي ما درنا تعاونية",
     {"members": 7, "women_or_youth_share": 100, "province": "taounate", "sector": "agriculture", "legal_form": "none"}),
    ("mazal ma derna ta3awniya", {"legal_form": "none"}),
    ("on n'a pas encore créé de coopérative", {"legal_form": "none"}),
    ("ma 3ndnach charika", {}),
    ("ma 3ndich patente walakin 3ndi carte auto entrepreneur", {"legal_form": "auto_entrepreneur"}),
    ("on veut créer notre coopérative d'apiculture", {"stage": WANTED, "sector": "agriculture"}),
    ("خدمت عام فكول سنتر ومن بعد سدات الشركة", {}),
    ("kont khddam f ma3mel w daba kan9elleb 3la khdma", {"seeking": ["job"]}),
    ("kont f talyan 10 snin w rje3t", {"resident": True}),
    ("je vis en France et je veux investir au Maroc", {"resident": False}),
    ("3mri ma tsejjelt f anapec", {"anapec_registered": False}),
    ("j'ai raté ma licence, j'ai juste le bac", {"education": "baccalaureate"}),
    ("9rit 7tal lbac", {"education": {"from": "lower_secondary", "to": "baccalaureate"}}),
    ("je suis en deuxième année de BTS", {"education": {"from": "baccalaureate"}}),
    ("nous sommes 6 à la maison", {}),
    ("on est une coopérative de 9 membres dont 7 femmes", {"legal_form": "cooperative", "members": 9, "women_or_youth_share": 78}),
    ("je loue un local à 1500 dh par mois", {}),
    ("kandkhl 200 dh f nhar", {}),
    ("khddam 12 sa3a bla cnss", {}),
    # Words that only look like a listed one
    ("lmchrou3 dyali kayswa 6 mlayn w ana f fes", {"province": "fes"}),
    ("بني ملال", {"province": "beni-mellal"}),
    ("3tini lista dyal lwra9", {}),
    ("bghit ma3loumat", {}),
    ("internet ma khdamach", {}),
    ("oui avec plaisir", {}),
    ("quels documents dois-je fournir", {}),
    ("c'est très utile", {}),
    ("j'élève seule mes enfants", {}),
    # Asked, wished, said of others, general
    ("wach lmo9awil dati ykhallas dariba", {}),
    ("واش المقاول الذاتي كيخلص الضريبة؟", {}),
    ("fin kayn CRI", {}),
    ("kifach ndir ta3awniya", {"seeking": ["status"]}),
    ("est-ce qu'un fonctionnaire peut être auto-entrepreneur ?", {}),
    ("quel est le salaire d'un stagiaire anapec", {}),
    ("attestation de handicap : faut-il la joindre ?", {}),
    ("wach lazem lbac bach ndir idmaj", {}),
    ("kay3ti tahfiz l mol charika", {}),
    ("c'est quoi le statut auto entrepreneur ?", {}),
    ("quels papiers pour une coopérative ?", {}),
    ("chno khassni bach ndir carte auto entrepreneur", {"seeking": ["status"]}),
    ("est-ce que je dois être inscrit à l'anapec ?", {}),
    ("je veux m'inscrire à l'anapec", {}),
    ("est-ce que les étudiants ont droit à quelque chose ?", {}),
    ("weldi 3ndo 22 3am w kay9elleb 3la khdma", {}),
    ("mon fils a 22 ans, il est au chômage", {}),
    ("khti khddama f charika, ana galsa f dar", {"situation": "homemaker", "sex": "female"}),
    ("mon mari est salarié, moi je couds à la maison", {"sector": "crafts", "situation": AT_HOME}),
    ("salam khouya, bghit khdma", {"seeking": ["job"]}),
    ("j'ai une fille de 5 ans", {}),
    ("bonjour", {}),
    ("merci beaucoup", {}),
    ("combien de temps ça prend ?", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_a_message_says_these_facts_and_no_others(text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("et si j'avais 36 ans ?", {"age": 36}),
        ("w ila kan 3ndi 40 3am?", {"age": 40}),
        (
            "si j'avais la carte auto-entrepreneur, ça change quoi ?",
            {"legal_form": "auto_entrepreneur"},
        ),
        ("إلا كان عندي الباك واش نقدر", {"education": "baccalaureate"}),
        ("w ila kont msejjel f l'anapec ?", {"anapec_registered": True}),
        ("si je crée une coopérative, j'aurai droit à quoi ?", {"legal_form": "cooperative"}),
        ("et si on était 7 femmes ?", {"members": 7, "women_or_youth_share": 100}),
        ("لو كان عندي تعاونية", {"legal_form": "cooperative", "stage": "operating"}),
    ],
)
def test_a_what_if_is_marked_as_one(text: str, supposed: dict[str, Any]) -> None:
    read = READER.read(text, today=TODAY)
    assert read.hypothetical
    assert read.facts == supposed
    assert read.supposed == frozenset(supposed)


@pytest.mark.parametrize(
    "text",
    ["même si j'ai 40 ans", "ila bghiti, 3ndi 27 3am", "je veux savoir si j'ai droit, 30 ans"],
)
def test_politeness_and_even_though_suppose_nothing(text: str) -> None:
    assert not READER.read(text, today=TODAY).hypothetical


ANSWERS: list[tuple[str, str, dict[str, Any]]] = [
    ("age", "35", {"age": 35}),
    ("age", "35 ans", {"age": 35}),
    ("age", "la, 37", {"age": 37}),
    ("age", "1998", {"birth_date": {"from": date(1998, 1, 1), "to": date(1998, 12, 31)}}),
    ("anapec_registered", "oui", {"anapec_registered": True}),
    ("anapec_registered", "ah", {"anapec_registered": True}),
    ("anapec_registered", "mazal", {"anapec_registered": False}),
    ("anapec_registered", "mazal ma tsejjeltch", {"anapec_registered": False}),
    ("anapec_registered", "لا", {"anapec_registered": False}),
    ("anapec_registered", "nchallah", {}),
    ("anapec_registered", "je sais pas", {}),
    ("province", "Fès", {"province": "fes"}),
    ("legal_form", "non rien encore", {"legal_form": "none"}),
    ("legal_form", "walou", {"legal_form": "none"}),
    ("legal_form", "auto entrepreneur", {"legal_form": "auto_entrepreneur"}),
    ("legal_form", "باقي", {"legal_form": "none"}),
    ("legal_form", "2", {"legal_form": "auto_entrepreneur"}),
    ("own_contribution", "walou", {"own_contribution": 0}),
    ("own_contribution", "ma 3ndich", {"own_contribution": 0}),
    ("own_contribution", "30000 dh", {"own_contribution": 30000}),
    ("employees", "bo7di", {"employees": 0}),
    ("employees", "3", {"employees": 3}),
    ("seeking", "les deux", {"seeking": ["funding", "job"]}),
    ("seeking", "b jouj", {"seeking": ["funding", "job"]}),
    ("seeking", "khdma", {"seeking": ["job"]}),
    ("seeking", "Une formation", {"seeking": ["training"]}),
    ("setting", "f lbadya", {"setting": "rural"}),
    ("setting", "les deux", {"setting": ["urban", "rural"]}),
    ("stage", "ghir fikra", {"stage": "idea"}),
    ("stage", "non", {"stage": "none"}),
    ("sex", "mra", {"sex": "female"}),
    ("sex", "راجل", {"sex": "male"}),
    ("education", "lissance", {"education": "bachelor"}),
    ("education", "j'ai arrêté au collège", {"education": "lower_secondary"}),
    ("unemployed_months", "14 mois", {"unemployed_months": 14}),
    ("unemployed_months", "3am w nss", {"unemployed_months": 18}),
    ("business_age", "2019", {"created_on": YEAR_2019}),
    ("business_age", "had l3am", {"created_on": YEAR_2026}),
    ("members", "حنا سبعة", {"members": 7}),
    ("hires_planned", "jouj", {"hires_planned": 2, "seeking": ["hiring"]}),
    ("women_or_youth_share", "80%", {"women_or_youth_share": 80}),
    ("disability", "non", {"disability": False}),
    ("situation", "khddama f dari bla wra9", {"situation": "informal", "sex": "female"}),
    ("situation", "خدامة فداري بلا وراق", {"situation": "informal", "sex": "female"}),
    ("situation", "walo", {"situation": "unemployed"}),
    ("legal_form", "ma 3ndich charika", {"legal_form": "none"}),
    ("legal_form", "machi charika, ta3awniya", {"legal_form": "cooperative"}),
    ("education", "walo", {"education": NO_BAC}),
    ("stage", "mazal", {"stage": WANTED}),
    ("stage", "bdit", {"stage": ["informal", "operating"]}),
    ("anapec_registered", "ana msjla", {"anapec_registered": True, "sex": "female"}),
    ("employer_found", "ma l9itch", {"employer_found": False}),
    ("past_support", "non", {"past_support": {"only": []}}),
    ("project_cost", "non", {}),
    ("own_contribution", "20%", {"contribution_share": 20}),
    ("turnover", "15000 par mois", {"turnover": 180000}),
    ("turnover", "200 dh f nhar", {}),
    ("women_or_youth_share", "5 sur 7", {"women_or_youth_share": 71}),
    ("women_or_youth_share", "la moitié", {"women_or_youth_share": 50}),
    ("women_or_youth_share", "kolhom", {"women_or_youth_share": 100}),
    ("unemployed_months", "jamais travaillé", {}),
    ("resident", "فرنسا", {"resident": False}),
    ("seeking", "flous", {"seeking": ["funding"]}),
    ("sector", "khyata", {"sector": "crafts"}),
    (
        "sector",
        "couture et vente de vetements",
        {"sector": "crafts", "other_sectors": ["commerce"]},
    ),
]


@pytest.mark.parametrize(("expecting", "text", "expected"), ANSWERS)
def test_an_answer_is_read_for_the_question_asked(
    expecting: str, text: str, expected: dict[str, Any]
) -> None:
    assert facts(text, expecting) == expected


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("la la, 37 machi 27", (37, 27)),
        ("la, 37", (37, None)),
        ("non pas 27, 37", (37, 27)),
        ("لا، 37 ماشي 27", (37, 27)),
        ("لا سبعة وتلاتين ماشي سبعة وعشرين", (37, 27)),
        ("pardon, 7", (7, None)),
        ("sm7 liya, 7 machi 5", (7, 5)),
    ],
)
@pytest.mark.parametrize("expecting", [None, "stage", "anapec_registered", "sector", "employees"])
def test_a_corrected_number_is_no_answer_to_the_pending_question(
    text: str, instead: tuple[int, int | None], expecting: str | None
) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.answer, read.instead) == ({}, None, (instead,))


@pytest.mark.parametrize(
    ("expecting", "text", "expected"),
    [
        ("stage", "non 37 ans", {"age": 37}),
        ("stage", "la, meknes", {"province": "meknes"}),
        ("stage", "non à Meknès", {"province": "meknes"}),
        ("anapec_registered", "machi fes, meknes", {"province": "meknes"}),
        ("age", "37 machi 27", {"age": 37}),
        ("project_cost", "la, 70000", {"project_cost": 70000}),
        ("business_age", "la, 3 snin", {"business_age": 36}),
    ],
)
def test_a_correction_that_names_its_fact_is_simply_that_fact(
    expecting: str, text: str, expected: dict[str, Any]
) -> None:
    read = READER.read(text, expecting, today=TODAY)
    assert (read.facts, read.answer, read.instead) == (expected, None, ())


@pytest.mark.parametrize(
    ("text", "fact", "readings"),
    [
        ("mon projet coûte 6 millions", "project_cost", [60000, 6000000]),
        ("khassni 3 dlmlayn l lmchrou3", "project_cost", [30000, 3000000]),
    ],
)
def test_money_with_two_readings_is_reported_and_not_guessed(
    text: str, fact: str, readings: list[int]
) -> None:
    read = READER.read(text, today=TODAY)
    assert read.ambiguous == {fact: readings}
    assert fact not in read.facts


def test_a_bare_number_of_months_or_years_is_asked_back() -> None:
    read = READER.read("3", "unemployed_months", today=TODAY)
    assert read.ambiguous == {"unemployed_months": [3, 36]}
    assert read.facts == {}


def test_an_impossible_number_is_no_fact() -> None:
    assert facts("j'ai 400 ans") == {}


def test_a_reader_knows_only_the_facts_of_its_catalogue() -> None:
    small = FactReader({"age": {"type": "number", "unit": "years", "reads": {"reader": "age"}}})
    assert small.read("ana khiyata 27 ans", today=TODAY).facts == {"age": 27}


def test_no_phrase_means_two_choices_of_one_fact() -> None:
    for id_, fact in yamlsource.plain(CATALOGUE / "facts.yml")["facts"].items():
        meant: dict[tuple[str, ...], Any] = {}
        for value, choice in (fact.get("choices") or {}).items():
            for phrase in choice.get("words", ()):
                words = tuple(phrase_words(phrase))
                assert words, f"{id_}: {phrase!r} has no words"
                assert meant.setdefault(words, value) == value, f"{id_}: {phrase!r}"


def test_a_button_of_every_choice_is_short_and_says_itself() -> None:
    for id_, fact in yamlsource.plain(CATALOGUE / "facts.yml")["facts"].items():
        for value, choice in (fact.get("choices") or {}).items():
            for language in ("fr", "ary", "ary_latn"):
                label = choice["label"][language]
                assert len(label) <= 24, f"{id_}: {label}"
                said = facts(label, id_).get(id_)
                assert said == ([value] if fact["type"] == "set" else value), f"{id_}: {label}"


def test_numbers_said_back_stand_in_words_that_say_what_they_count() -> None:
    for id_, fact in yamlsource.plain(CATALOGUE / "facts.yml")["facts"].items():
        if fact["type"] == "number":
            for language in ("fr", "ary", "ary_latn"):
                assert "{value}" in fact["say"][language], id_


def test_any_text_at_all_is_survived() -> None:
    for text in (
        "",
        "?",
        "🙂",
        "ma",
        "si j'",
        "…",
        "ila " * 400,
        "1" * 5000,
        "1 " * 50,
        "9" * 15,
        "la, " + "9" * 15,
        "٣" * 20,
        "\u202e\u0000",
    ):
        for expecting in (None, "age", "seeking", "sector", "province", "nonsense", "created_on"):
            READER.read(text, expecting, today=TODAY)

"""The main job of Fanal, from a school to a protected situation. Everybody is invented."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from browser.chromium import Visitors
from browser.person import Person

GIVEN, FAMILY, INITIALS = "Solveig", "Chimère-Lointaine", "S. C."
MOTHER, BROTHER = "Ondine Chimère-Lointaine", "Timoléon"
FACTS = "Ne vient plus en cours depuis lundi, répond à des messages la nuit entière."
OPINION = "Dit qu'elle veut revenir au collège et dormir chez sa tante."
NOTE = "Appel de la tante : elle propose d'accueillir les week-ends."
INVENTED = (GIVEN, FAMILY, MOTHER, BROTHER, FACTS, OPINION, NOTE)
# Answering for a parquet is no work of a département: refused before anything is looked for.
NOT_HIS_WORK = "/signalements/recus/"
REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

Meet = Callable[[str], Person]


@pytest.fixture
def meet(visitors: Visitors) -> Meet:
    people: dict[str, Person] = {}

    def find(name: str) -> Person:
        return people.setdefault(name, Person(name, visitors))

    return find


def test_a_concern_becomes_a_protected_situation(meet: Meet) -> None:
    sofia, nadia, karim = meet("Sofia"), meet("Nadia"), meet("Karim")
    julien, ines, claire = meet("Julien"), meet("Inès"), meet("Claire")

    receipt = write_in_five_steps(sofia)
    only_a_status(sofia, "reçue")
    qualify(nadia, receipt)
    only_a_status(sofia, "en cours")
    evaluate(karim)
    decide(nadia, receipt)
    signal(nadia)
    answer(julien)
    notify(nadia, receipt)
    open_situation(ines, receipt)
    situation = ask_for_a_measure(claire)
    read_and_write(claire, situation)
    only_a_status(sofia, "réponse donnée")
    nothing_for_a_stranger(meet("Paul"), [sofia, nadia, karim, julien, ines, claire])


def today() -> date:
    return datetime.now(tz=ZoneInfo("Europe/Paris")).date()


def in_three_months() -> date:
    """The legal period of the evaluation (CASF D226-2-4): from a day to the same one."""
    now = today()
    year, month = now.year + (now.month + 2) // 12, (now.month + 2) % 12 + 1
    return date(year, month, min(now.day, monthrange(year, month)[1]))


def write_in_five_steps(sofia: Person) -> str:
    sofia.open()
    sofia.follow("Transmettre une inquiétude")
    sofia.press("Commencer")
    sofia.choose("immediate_danger", "no")
    sofia.choose("missing_now", "no")
    sofia.press("Continuer")
    _begin_and_leave(sofia)
    sofia.choose("sex", "F")
    sofia.write("Commune où il vit", "Lille")
    sofia.press("Continuer")
    sofia.write("Ce que vous avez vu ou entendu", FACTS)
    sofia.choose("exploitation", "suspected")
    sofia.press("Continuer")
    sofia.choose("child_informed", "yes")
    sofia.choose("parents_informed", "yes")
    sofia.write("Parents ou tuteurs", f"{MOTHER} ; mère ; 06 00 00 00 00")
    sofia.write("Autres mineurs du foyer", f"{BROTHER} {FAMILY} ; 9 ans ; frère")
    sofia.press("Continuer")
    sofia.sees(FACTS)
    sofia.sees("Votre information part à : Nord")
    sofia.press("Envoyer à la cellule de recueil")
    sofia.sees("Bien reçue")
    return sofia.main.locator(".receipt-number strong").inner_text()


def _begin_and_leave(sofia: Person) -> None:
    """The bell rings in the middle of a step: what was typed is found again."""
    sofia.write("Prénom", GIVEN)
    sofia.write("Nom de famille", FAMILY)
    sofia.write("Âge estimé", "15")
    sofia.waits_until_saved()
    sofia.leaves()
    sofia.open("/transmettre/")
    sofia.follow(f"Reprendre {INITIALS}")
    if not sofia.address.endswith("/jeune/"):
        sofia.follow("Le jeune")
    expect(sofia.main.get_by_label("Prénom")).to_have_value(GIVEN)
    expect(sofia.main.get_by_label("Nom de famille")).to_have_value(FAMILY)


def only_a_status(sofia: Person, status: str) -> None:
    """The author knows where it stands, and nothing of what the département knows."""
    sofia.open("/mes-envois/")
    row = sofia.main.locator("tbody tr").first
    expect(row).to_contain_text(status)
    row.get_by_role("link").first.click()
    sofia.page.wait_for_load_state()
    for hidden in (FAMILY, FACTS, OPINION, "Karim", "Julien", "Claire"):
        sofia.does_not_see(hidden)


def qualify(nadia: Person, receipt: str) -> None:
    nadia.open()
    nadia.follow(re.compile("à ouvrir"))
    nadia.follow(receipt)
    nadia.sees(f"{GIVEN} {FAMILY}")
    nadia.sees(FACTS)
    nadia.follow("Qualifier cette information")
    nadia.choose("decision", "evaluate")
    nadia.pick("Évaluation confiée à", "Karim")
    nadia.press("Enregistrer la décision")
    nadia.sees("Évaluation confiée à Karim")
    legal = nadia.main.locator(f"time[datetime^='{in_three_months().isoformat()}']")
    expect(legal.first).to_be_visible()


def evaluate(karim: Person) -> None:
    karim.opens_notice("Une évaluation vous est confiée")
    karim.sees(FACTS)
    karim.write("Avis du mineur", OPINION)
    karim.waits_until_saved()
    karim.follow("Ajouter une rencontre")
    karim.write("Date", f"{today():%d/%m/%Y}")
    karim.write("Lieu", "domicile")
    karim.write("Personnes rencontrées", "la jeune, sa mère")
    karim.press("Ajouter la rencontre")
    karim.sees("domicile")
    karim.follow("Écrire ce que l'évaluation en dit")
    karim.write("Ce que l'évaluation dit de ce mineur", "Rencontré avec sa mère, va bien.")
    karim.main.locator("button[type=submit]").click()
    karim.page.wait_for_load_state()
    expect(karim.main.get_by_label("Avis du mineur")).to_have_value(OPINION)
    karim.choose("minor_met", "True")
    karim.write("Avis des parents", "La mère demande de l'aide.")
    karim.choose("danger", "danger")
    karim.write("Ce qui la fonde", "Absences, messages la nuit, objets sans explication.")
    karim.choose("proposal", "report_to_prosecutor")
    karim.write("Motifs de la proposition", "Les faits peuvent relever d'une infraction.")
    karim.press("Remettre l'évaluation")
    karim.sees(OPINION)


def decide(nadia: Person, receipt: str) -> None:
    nadia.open("/informations/?shown=all&status=evaluated")
    nadia.follow(receipt)
    nadia.follow("Décider de la suite")
    nadia.sees(OPINION)
    nadia.choose("outcome", "report_to_prosecutor")
    nadia.write("Motif de la décision", "Au vu de l'évaluation.")
    nadia.press("Enregistrer la décision")


def signal(nadia: Person) -> None:
    nadia.follow(re.compile("signalement|Signaler", re.IGNORECASE))
    nadia.press("Préparer le signalement")
    nadia.tick("grounds")
    nadia.write("Faits", FACTS)
    nadia.write("Ce que vous demandez", "Saisine du juge des enfants.")
    nadia.tick("parents_informed")
    nadia.press("Enregistrer et relire")
    nadia.sees("Tribunal judiciaire de Lille")
    nadia.press("Adresser le signalement")
    nadia.sees(INITIALS)


def answer(julien: Person) -> None:
    julien.open()
    newest = julien.main.locator("table").first.locator("tbody tr")
    for rank in range(newest.count()):
        newest.nth(rank).get_by_role("link").click()
        julien.page.wait_for_load_state()
        if julien.main.get_by_text(FAMILY).count():
            break
        julien.open()
    julien.sees(FACTS)
    julien.press("Accuser réception")
    julien.follow("Enregistrer une suite")
    julien.choose("kind", "enquiry_opened")
    julien.write("Décidée le", f"{today():%d/%m/%Y}")
    julien.press("Enregistrer la suite")
    julien.sees("La suite est enregistrée.")
    julien.sees("Enquête ouverte")


def notify(nadia: Person, receipt: str) -> None:
    nadia.open("/informations/?shown=all&status=decided")
    nadia.follow(receipt)
    nadia.follow("Notifier la décision")
    nadia.press("Enregistrer la notification")


def open_situation(ines: Person, receipt: str) -> None:
    ines.open()
    ines.follow(receipt)
    ines.follow("Ouvrir une situation et désigner un référent")
    ines.pick("Référent", "Claire")
    ines.press("Ouvrir la situation")
    ines.sees("Référent : Claire Exemple")


def ask_for_a_measure(claire: Person) -> str:
    claire.opens_notice("situation")
    claire.sees(INITIALS)
    situation = claire.address
    claire.follow("Prendre en charge")
    claire.press("Prendre en charge")
    claire.follow("Mesures")
    claire.follow("Demander une mesure")
    claire.pick("Mesure", "Action éducative en milieu ouvert")
    claire.write("Pourquoi cette mesure", "La mère demande de l'aide, la tante est proche.")
    claire.press("Enregistrer la demande")
    claire.sees("Action éducative en milieu ouvert")
    return situation


def read_and_write(claire: Person, situation: str) -> None:
    claire.open(situation)
    claire.write("Ce qui s'est passé", NOTE)
    claire.press("Ajouter au fil")
    for told in (NOTE, "Action éducative en milieu ouvert", "ignalement", "Claire"):
        claire.sees(told)


def nothing_for_a_stranger(paul: Person, others: list[Person]) -> None:
    """Paul does Nadia's work elsewhere: the same answer whether it exists or not, and no name."""
    met = set().union(*(one.met for one in others))
    about = {address for address in met if REF.search(address)}
    assert len(about) > 20
    absent: dict[str, str] = {}
    for address in sorted(about):
        status, text = paul.answer_at(address)
        assert status == (403 if address.startswith(NOT_HIS_WORK) else 404), address
        kind = REF.sub("", address)
        if kind not in absent:
            absent[kind] = blurred(paul.answer_at(REF.sub(str(uuid4()), address))[1])
        assert blurred(text) == absent[kind], address
    paul.open("/recherche/")
    paul.searches(FAMILY)
    paul.sees("Rien ne correspond")
    for address in sorted((met | paul.met) - about):
        _, text = paul.answer_at(address)
        assert [word for word in INVENTED if word in text] == [], address


def blurred(text: str) -> str:
    """A page without what changes at each visit: references, and the token of its forms."""
    return TOKEN.sub("", REF.sub("", text))

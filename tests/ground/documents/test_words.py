"""What each letter must say, and what it must never say."""

from dataclasses import fields, replace
from datetime import date

import pytest

from fanal.ground.documents.contents import Acknowledgement, Letter, OutcomeNotice
from fanal.ground.documents.rendering import render
from fanal.ground.documents.terms import Answer, Ground, Outcome
from ground.documents import samples
from ground.documents.printed import text_of


def said(letter: Letter) -> str:
    return text_of(render(letter)).replace("’", "'")


def test_the_receipt_says_what_happens_next_and_when() -> None:
    text = said(samples.ACKNOWLEDGEMENT)

    assert "FNL-7K3M-29QD" in text
    assert "mardi 24 novembre 2026 à 14 h 05" in text
    assert "mercredi 24 février 2027 (article D226-2-4" in text
    assert "sans que vous ayez à la demander" in text
    assert "suivi/FNL-7K3M-29QD" in text
    assert "17" in text
    assert "119" in text


def test_somebody_who_is_no_professional_is_answered_on_request() -> None:
    text = said(replace(samples.ACKNOWLEDGEMENT, answer=Answer.ON_REQUEST))

    assert "Si vous le demandez" in text
    assert "L226-5 et D226-2-8" in text
    assert "sans que vous ayez à la demander" not in text


@pytest.mark.parametrize("letter", [Acknowledgement, OutcomeNotice])
def test_a_letter_to_who_reported_has_no_field_for_facts_or_for_the_minor(
    letter: type[Letter],
) -> None:
    allowed = {
        "heading",
        "receipt",
        "received_at",
        "received_on",
        "requested_on",
        "status_page",
        "answer",
        "evaluation_due",
        "first_analysis_on",
        "outcome",
        "contact",
    }

    assert {field.name for field in fields(letter)} <= allowed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome.NO_FURTHER_ACTION, "n'appelle pas d'intervention de notre service"),
        (Outcome.COMMON_LAW_REFERRAL, "orientée vers des services proches"),
        (Outcome.ADMIN_MEASURE, "Un accompagnement par notre service est mis en place"),
        (Outcome.REPORT_TO_PROSECUTOR, "L'autorité judiciaire a été saisie"),
    ],
)
def test_the_outcome_is_told_and_only_the_outcome(outcome: Outcome, sentence: str) -> None:
    text = said(replace(samples.OUTCOME, outcome=outcome))

    assert sentence in text
    assert "ne nous permettent pas de vous en dire davantage" in text
    assert "alinéa 1," in text


def test_an_outcome_that_was_asked_for_says_when() -> None:
    text = said(replace(samples.OUTCOME, requested_on=date(2026, 12, 1)))

    assert "Le mardi 1er décembre 2026, vous nous avez demandé" in text
    assert "D226-2-8" in text


def test_parents_are_told_why_whom_to_call_and_their_rights() -> None:
    text = said(samples.PARENTS_LETTER)

    assert "Léa a beaucoup manqué le collège" in text
    assert "Ce n'est ni une accusation ni un jugement sur vous" in text
    assert "01 99 00 00 13" in text
    assert "mercredi 24 février 2027" in text
    for right in ("personne de votre choix", "interprète", "Défenseur des droits", "CNIL"):
        assert right in text


def test_an_exception_says_its_reason_its_author_and_its_end() -> None:
    text = said(samples.PARENTS_EXCEPTION)

    assert "exposerait Léa à des pressions" in text
    assert "L226-2-1" in text
    assert "À revoir le : mardi 1er décembre 2026" in text
    assert "Nadia Exemple, Responsable de la CRIP" in text


def test_parents_know_to_whom_the_file_goes() -> None:
    text = said(samples.TRANSFER_NOTICE)

    assert "Département de l'Ailleurs" in text
    assert "01 99 00 00 20" in text
    assert "L221-3" in text


def test_an_evaluation_keeps_every_heading_of_the_framework() -> None:
    headings = (
        "Personnes rencontrées",
        "Faits",
        "Avis du mineur",
        "Avis des parents",
        "Ressources du mineur",
        "Qualification du danger",
        "Autres mineurs du foyer",
        "Proposition",
        "Signatures",
    )
    empty = next(one for one in samples.MINIMAL if one.kind == samples.EVALUATION_REPORT.kind)

    for letter in (samples.EVALUATION_REPORT, empty):
        text = said(letter)
        assert [text.count(heading) >= 1 for heading in headings] == [True] * len(headings)
    assert said(samples.EVALUATION_REPORT).count("Date et signature") == 4


def test_a_minor_who_was_not_met_sends_the_evaluation_to_court() -> None:
    assert "D226-2-6" not in said(samples.EVALUATION_REPORT)
    assert "D226-2-6" in said(replace(samples.EVALUATION_REPORT, minor_was_met=False))


def test_a_signalement_gives_the_court_what_it_needs() -> None:
    text = said(samples.REPORT)

    for needed in (
        "L226-4, I,",
        "URGENT",
        "Léa Imaginaire",
        "1er mai 2011",
        "Anne Imaginaire (mère, 01 99 00 00 14)",
        "16 novembre 2026",
        "courant novembre",
        "Aide éducative à domicile, six mois.",
        "Tom Imaginaire",
        "ne sont pas informés de ce signalement",
        "Paul Fictif, assistant social scolaire",
        "une ordonnance de placement provisoire",
        "Service de l'aide sociale à l'enfance",
    ):
        assert needed in text


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_of_a_signalement_is_written_out(ground: Ground) -> None:
    assert str(ground.label) in said(replace(samples.REPORT, grounds=(ground,)))


def test_a_professional_who_writes_straight_to_the_court_owes_a_copy() -> None:
    text = said(replace(samples.REPORT, by_authority=False))

    assert "Copie de ce signalement est adressée au président du conseil départemental" in text


def test_only_the_court_reads_who_spoke() -> None:
    assert "Personne à l'origine" not in said(replace(samples.REPORT, informant=""))
    carriers = [one.kind for one in samples.FULL if hasattr(one, "informant")]
    assert carriers == [samples.REPORT.kind]


def test_parents_learn_that_their_child_is_safe_and_not_where() -> None:
    text = said(samples.SHELTER_PARENTS)

    assert "est en sécurité" in text
    assert "vendredi 27 novembre 2026 à 22 h 40" in text
    assert "le lieu ne vous est pas indiqué" in text
    assert not hasattr(samples.SHELTER_PARENTS, "shelter")


def test_the_court_learns_where_the_child_is_and_until_when() -> None:
    text = said(samples.SHELTER_PROSECUTOR)

    assert "Foyer d'accueil d'urgence du Phare" in text
    assert "vendredi 27 novembre 2026 à 22 h 40" in text
    assert "informés le mardi 24 novembre 2026 à 23 h 10" in text


def test_hours_are_those_of_the_authority() -> None:
    heading = samples.SHELTER_PROSECUTOR.heading
    away = replace(heading, sender=replace(heading.sender, timezone="Indian/Reunion"))

    assert "mercredi 25 novembre 2026 à 1 h 40" in said(
        replace(samples.SHELTER_PROSECUTOR, heading=away)
    )


def test_a_hand_over_lists_every_situation_and_both_signatures() -> None:
    text = said(samples.HANDOVER_RECEIPT)

    assert "40 situations" in text
    assert all(one.reference in text for one in samples.HANDOVER_RECEIPT.situations)
    assert text.count("Date et signature") == 3


def test_a_dossier_goes_by_month_and_keeps_the_place_of_what_is_closed() -> None:
    text = said(samples.DOSSIER)
    months = [text.index(month) for month in ("Novembre 2026", "Décembre 2026", "Janvier 2027")]

    assert months == sorted(months)
    assert text.index("Entretien") > months[1]
    assert "Un élément ne vous est pas ouvert" in text
    assert "Soin" not in text
    assert "par Nadia Exemple" in text


def test_the_copy_of_a_signalement_says_that_it_does_not_name_who_alerted() -> None:
    whole, copy = said(samples.REPORT), said(samples.REPORT.without_informant())

    assert "Paul Fictif" in whole
    assert "Copie au dossier" not in whole
    assert "Paul Fictif" not in copy
    assert "01 99 00 00 15" not in copy
    assert "Personne à l'origine" not in copy
    assert "Copie au dossier, sans l'auteur de l'information." in copy

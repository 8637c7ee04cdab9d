"""One concern, and each deed about it."""

import pytest
from django.urls import reverse

from detect.concerns.screens.concerns import (
    decided,
    entrusted,
    evaluated,
    fresh,
    proposed,
    received,
    to,
)
from factories import HolderFactory, MinorFactory, OtherMinorFactory, RowFactory
from fanal.detect.concerns.models import Addition, Concern
from fanal.ground.people.models import Merge
from rows import as_owner


@pytest.fixture
def crip(signed_in, nadia):
    return signed_in(nadia)


def page_of(response):
    return response.content.decode()


def deed_of(client, concern):
    deed = client.get(to("show", concern)).context["deed"]
    return (deed.label, deed.href) if deed else None


def known(client, concern):
    return [one.receipt for one in client.get(to("show", concern)).context["known"]]


class AdditionFactory(RowFactory[Addition]):
    class Meta:
        model = Addition


def test_a_concern_is_shown_with_all_that_helps(crip, sofia):
    concern = received(indicators=["RUN-1"], child_informed=False)
    HolderFactory(case_file=concern.case_file, name="Anne Inventée")
    OtherMinorFactory(concern=concern)
    AdditionFactory(
        case_file=concern.case_file,
        concern=concern,
        kind="complement",
        text="Revenue hier soir.",
        at=concern.received_at,
        agent=sofia,
    )

    page = page_of(crip.get(to("show", concern)))

    for said in (concern.facts, "Léa Inventée", "Anne Inventée", "Tom Inventé", "Sofia Inventée"):
        assert said in page
    assert "Revenue hier soir." in page
    assert "Signes observés" in page
    assert reverse("reports:draft", args=[concern.ref]) in page


def test_opening_begins_the_first_analysis_and_stops_the_alarm(crip):
    concern = received(immediate_danger=True)

    page = page_of(crip.get(to("show", concern)))

    assert "Danger immédiat signalé" in page
    assert fresh(concern).opened_at is not None
    assert fresh(concern).status == "first_analysis"


def test_somebody_on_call_opens_and_the_analysis_still_waits_for_the_crip(signed_in, omar, crip):
    concern = received(immediate_danger=True)
    signed_in(omar).get(to("show", concern))
    assert (fresh(concern).opened_at is None, fresh(concern).status) == (False, "received")

    crip.get(to("show", concern))

    assert fresh(concern).status == "first_analysis"


def test_a_manager_who_reads_it_first_stops_the_alarm(signed_in, ines):
    concern = received(immediate_danger=True)

    signed_in(ines).get(to("show", concern))

    assert fresh(concern).opened_at is not None


def test_an_evaluator_who_reads_opens_nothing(signed_in, karim):
    concern = entrusted(karim, opened_at=None)

    signed_in(karim).get(to("show", concern))

    assert fresh(concern).opened_at is None


def test_each_state_has_its_next_deed(crip, signed_in, nadia, karim, ines):
    new = received()
    assert deed_of(crip, new) == ("Qualifier cette information", to("qualify", new))
    under = entrusted(karim)
    assert deed_of(crip, under) == ("", "")
    assert deed_of(signed_in(karim), under) == ("Écrire l'évaluation", to("evaluate", under))
    ready = evaluated(karim)
    assert deed_of(crip, ready) == ("Décider de la suite", to("decide", ready))
    waiting = proposed(nadia, karim)
    assert deed_of(crip, waiting) == ("", "")
    assert deed_of(signed_in(ines), waiting) == ("Lire et signer", to("sign", waiting))
    done = decided(nadia)
    assert deed_of(crip, done) == ("Notifier la décision", to("notify", done))
    told = decided(nadia, status="notified")
    assert deed_of(crip, told) == ("Clore cette information", to("close", told))
    assert deed_of(crip, decided(nadia, status="closed")) is None


def test_a_signalement_that_was_decided_is_written_first(crip, nadia):
    concern = decided(nadia, outcome="report_to_prosecutor")

    assert deed_of(crip, concern) == (
        "Rédiger le signalement",
        reverse("reports:draft", args=[concern.ref]),
    )


def test_a_manager_opens_the_situation_of_a_decided_concern(signed_in, ines, nadia):
    concern = decided(nadia)

    page = page_of(signed_in(ines).get(to("show", concern)))

    assert "Ouvrir une situation et désigner un référent" in page


def test_each_decision_is_shown_with_its_consequence(crip):
    concern = received()

    page = page_of(crip.get(to("qualify", concern)))

    assert concern.facts in page
    assert "échéance légale" in page
    assert "Une seconde personne doit signer" in page.replace("\n", " ")
    assert "Joindre à un dossier" not in page


def test_without_exploitation_one_signature_sets_aside(crip):
    concern = received(exploitation="none")
    assert "seconde" not in page_of(crip.get(to("qualify", concern)))

    crip.post(to("qualify", concern), {"decision": "not_a_concern", "reason": "Erreur."})

    assert fresh(concern).status == "not_a_concern"


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({}, "decision"),
        ({"decision": "evaluate"}, "evaluator"),
        ({"decision": "not_a_concern"}, "reason"),
    ],
)
def test_a_half_filled_qualification_says_what_is_missing(crip, posted, field):
    concern = received()

    response = crip.post(to("qualify", concern), posted | {"x": "1"})

    assert list(response.context["form"].errors) == [field]
    assert fresh(concern).status == "received"


def test_a_possible_same_minor_is_shown_with_reasons_and_can_be_joined(crip):
    earlier = received(status="under_evaluation")
    concern = received(minor=MinorFactory(given_names="Léa", family_name="Inventee"))

    page = page_of(crip.get(to("qualify", concern)))
    assert "même date de naissance" in page
    assert earlier.receipt in page
    posted = {"decision": "join", "reason": "Même jeune fille."}
    response = crip.post(to("qualify", concern), posted)
    assert "case_file" in response.context["form"].errors
    crip.post(to("qualify", concern), posted | {"case_file": str(earlier.case_file.ref)})

    assert fresh(concern).status == "joined"
    assert known(crip, earlier) == [concern.receipt]
    with as_owner():
        merge = Merge.objects.get()
    response = crip.post(reverse("concerns:separate", args=[merge.ref]))
    assert response["Location"] == to("show", concern)
    assert known(crip, earlier) == []


@pytest.mark.parametrize("name", ["qualify", "decide", "sign", "notify", "close", "transfer"])
def test_a_deed_that_is_over_leads_back_to_the_concern(signed_in, ines, nadia, name):
    concern = decided(nadia, status="closed")

    response = signed_in(ines).get(to(name, concern))

    assert response["Location"] == to("show", concern)


def test_a_decision_is_laid_beside_the_evaluation(crip, karim):
    concern = evaluated(karim)

    page = page_of(crip.get(to("decide", concern)))

    assert "Trois fugues depuis février." in page
    assert "accord écrit des représentants légaux" in page


def test_an_administrative_measure_needs_the_written_agreement(crip, karim):
    concern = evaluated(karim)
    posted = {"outcome": "admin_measure", "reason": "Ils demandent de l'aide."}

    refused = crip.post(to("decide", concern), posted)
    assert "L223-2" in str(refused.context["form"].non_field_errors())
    crip.post(to("decide", concern), posted | {"parents_agree": "on"})

    assert fresh(concern).outcome == "admin_measure"


def test_a_proposal_is_sent_back_with_its_reason(signed_in, ines, nadia, karim):
    concern = proposed(nadia, karim)
    manager = signed_in(ines)
    assert "Situation apaisée." in page_of(manager.get(to("send_back", concern)))
    assert manager.post(to("send_back", concern), {"reason": ""}).status_code == 200

    manager.post(to("send_back", concern), {"reason": "L'école n'a pas été entendue."})

    assert fresh(concern).proposed == ""
    assert "pas été entendue" in page_of(manager.get(to("show", concern)))


def test_nobody_signs_what_they_proposed(signed_in, ines, karim):
    concern = proposed(ines, karim)
    manager = signed_in(ines)

    assert manager.get(to("sign", concern))["Location"] == to("show", concern)
    assert "autre personne" in page_of(manager.post(to("sign", concern)))


def test_a_concern_is_handed_to_another_authority(crip, bouches_du_rhone, signed_in, paul):
    concern = received()

    asked = crip.post(
        to("transfer", concern), {"commune": "Saint-Denis", "reason": "Déménagement."}
    )
    assert "commune_chosen" in asked.context["form"].fields
    same = crip.post(to("transfer", concern), {"commune": "Roubaix", "reason": "Déménagement."})
    assert "relève déjà de votre autorité" in page_of(same)
    unknown = crip.post(to("transfer", concern), {"commune": "Zzyzx", "reason": "Déménagement."})
    assert unknown.context["form"].errors["commune"]
    response = crip.post(
        to("transfer", concern), {"commune": "13001 Aix-en-Provence", "reason": "Déménagement."}
    )

    assert response["Location"] == to("show", concern)
    assert "Bouches-du-Rhône" in page_of(crip.get(to("show", concern)))
    assert concern.receipt in page_of(signed_in(paul).get(reverse("concerns:list")))


def test_another_minor_of_the_home_gets_a_concern_of_their_own(crip):
    concern = received()
    other = OtherMinorFactory(concern=concern, birth_date="2015-03-01", birth_precision="day")
    where = to("other_minor", concern, other.ref)
    assert "Tom Inventé" in page_of(crip.get(where))

    response = crip.post(where, {"facts": ""})

    with as_owner():
        opened = Concern.objects.get(origin=concern)
    assert response["Location"] == to("show", opened)
    assert opened.receipt in page_of(crip.get(to("show", concern)))


def test_another_minor_too_little_known_is_refused_in_words(crip):
    concern = received()
    other = OtherMinorFactory(concern=concern)

    response = crip.post(to("other_minor", concern, other.ref), {"facts": ""})

    assert "Il faut un nom et un âge" in page_of(response)


def test_the_parents_letter_is_kept_with_the_file(crip):
    concern = received(parents_informed=False, parents_reason="Peur de représailles.")
    assert "Peur de représailles." in page_of(crip.get(to("parents_letter", concern)))

    response = crip.post(
        to("parents_letter", concern),
        {"recipient": "Anne Inventée", "why": "Nous souhaitons vous rencontrer."},
    )

    assert crip.get(response["Location"])["Content-Type"] == "application/pdf"
    assert response["Location"] in page_of(crip.get(to("show", concern)))


def test_the_author_is_told_when_the_decision_is_notified(crip, nadia):
    concern = decided(nadia)
    assert "sans attendre de demande" in page_of(crip.get(to("notify", concern)))

    crip.post(to("notify", concern))

    with as_owner():
        assert fresh(concern).submission.status == "outcome_given"

"""A shelter, from the first call to what became of the minor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.terms import ShelterKind, ShelterStatus
from fanal.protect.measures.use_cases import end_shelter, inform_prosecutor
from fanal.protect.measures.use_cases.informing import leave_parents_uninformed
from fanal.protect.measures.views import shelter_acts, shelters
from fanal.protect.situations.models import Situation
from protect.measures.acting import shelter

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def two_hours_later(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (shelters, shelter_acts):
        monkeypatch.setattr(module, "now", lambda: LATER)


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"measures:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def write(client: Client, name: str, *args: object, **typed: Any) -> str:
    response = client.post(reverse(f"measures:{name}", args=args), typed)
    return response["Location"] if response.status_code == 302 else response.content.decode()


def typed(**said: Any) -> dict[str, Any]:
    return {
        "kind": "shelter_72h",
        "reason": "Demande de l'aide (invention).",
        "commune": "59350",
        "day": "09/03/2026",
        "hour": "13:00",
        "desk": "Foyer inventé",
        "desk_phone": "03 99 00 00 01",
        **said,
    }


def only(agent: Agent) -> EmergencyShelter:
    with acting_as(agent):
        return EmergencyShelter.objects.select_related("case_file__minor").get()


def test_an_empty_list_says_why(client: Client, omar: Agent) -> None:
    client.force_login(omar)

    shown = page(client, "shelters")

    assert "Aucun mineur n'est à l'abri en ce moment." in shown
    assert reverse("measures:shelter_new") in shown


def test_the_list_shows_what_is_owed(
    client: Client, omar: Agent, sheltered: EmergencyShelter
) -> None:
    client.force_login(omar)

    shown = page(client, "shelters")

    assert "L. I., 14 ans" in shown
    assert shown.count("à informer") == 2
    assert "Léa" not in shown


def test_a_known_minor_is_sheltered_from_their_file(
    client: Client, omar: Agent, lea: Minor
) -> None:
    client.force_login(omar)
    form = page(client, "shelter_file", lea.case_file.ref)
    assert 'href="tel:17"' in form
    # Two hours after noon in Greenwich: three in Lille.
    assert 'value="15:00"' in form

    where = write(client, "shelter_file", lea.case_file.ref, **typed())

    sheltered = only(omar)
    assert where == reverse("measures:shelter", args=[sheltered.ref])
    assert sheltered.started_at == NOON


def test_an_unknown_minor_is_sheltered_with_the_little_that_is_known(
    client: Client, omar: Agent
) -> None:
    client.force_login(omar)
    assert page(client, "shelter_new")

    write(
        client,
        "shelter_new",
        **typed(given_names="Nour", age="15", sex="unknown", holder="Parent Inventé"),
    )

    minor = only(omar).case_file.minor
    assert (minor.given_names, minor.birth_precision, minor.commune_id) == ("Nour", "age", "59350")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"age": "15"}, "au moins un prénom"),
        ({"given_names": "Nour"}, "un âge estimé"),
        ({"given_names": "Nour", "age": "15", "birth_date": "01/01/2011"}, "un âge estimé"),
    ],
)
def test_somebody_is_named_and_has_an_age(
    client: Client, omar: Agent, said: dict[str, str], message: str
) -> None:
    client.force_login(omar)

    assert message in write(client, "shelter_new", **typed(sex="unknown", **said))


def test_a_minor_who_may_be_known_is_proposed_before_a_second_file_opens(
    client: Client, omar: Agent, lea: Minor
) -> None:
    client.force_login(omar)
    said = typed(given_names="Léa", family_name="Inventée", birth_date="20/05/2011", sex="F")

    asked = write(client, "shelter_new", **said)
    assert "Ce mineur est-il déjà connu ?" in asked
    assert reverse("measures:shelter_file", args=[lea.case_file.ref]) in asked
    with acting_as(omar):
        assert not EmergencyShelter.objects.exists()

    write(client, "shelter_new", **said, not_known="on")

    assert only(omar).case_file != lea.case_file


def test_a_referent_opens_no_file(client: Client, claire: Agent) -> None:
    client.force_login(claire)

    assert reverse("measures:shelter_new") not in page(client, "shelters")
    assert client.get(reverse("measures:shelter_new")).status_code == 404


def test_the_page_has_its_clock_and_its_two_duties(
    client: Client, omar: Agent, sheltered: EmergencyShelter
) -> None:
    client.force_login(omar)

    shown = page(client, "shelter", sheltered.ref)

    assert "72 heures à compter du 9 mars 2026 à 13 h 00" in shown
    assert reverse("measures:shelter_prosecutor", args=[sheltered.ref]) in shown
    assert reverse("measures:shelter_parents", args=[sheltered.ref]) in shown
    assert reverse("measures:shelter_end", args=[sheltered.ref]) not in shown
    assert "écrit nulle part ici" in shown


def test_the_duties_are_done_and_the_shelter_ends(
    client: Client, ines: Agent, sheltered: EmergencyShelter
) -> None:
    client.force_login(ines)
    moment = {"day": "09/03/2026", "hour": "14:00"}
    for name in ("shelter_prosecutor", "shelter_parents"):
        assert page(client, name, sheltered.ref)
        write(client, name, sheltered.ref, **moment)
    shown = page(client, "shelter", sheltered.ref)
    assert shown.count("(PDF)") == 2
    assert page(client, "shelter_end", sheltered.ref)

    refused = write(client, "shelter_end", sheltered.ref, **moment, outcome="admitted_with_consent")
    assert "Donnez la date de la signature des parents." in refused
    write(
        client,
        "shelter_end",
        sheltered.ref,
        **moment,
        outcome="admitted_with_consent",
        agreed_on="09/03/2026",
        note="Accueil provisoire demandé.",
    )

    assert only(ines).status == ShelterStatus.ADMITTED_WITH_CONSENT
    after = page(client, "shelter", sheltered.ref)
    assert "Accueil provisoire demandé." in after
    assert reverse("measures:request_file", args=[sheltered.case_file.ref]) in after


def test_not_informing_the_parents_is_reasoned(
    client: Client, omar: Agent, sheltered: EmergencyShelter
) -> None:
    client.force_login(omar)
    assert page(client, "shelter_parents_exception", sheltered.ref)

    assert "Écrivez quelques mots." in write(client, "shelter_parents_exception", sheltered.ref)
    write(
        client,
        "shelter_parents_exception",
        sheltered.ref,
        reason="Danger à la maison (invention).",
    )

    assert "Danger à la maison (invention)." in page(client, "shelter", sheltered.ref)


def test_a_late_shelter_says_that_nothing_allows_it(
    client: Client, omar: Agent, sheltered: EmergencyShelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(omar)
    monkeypatch.setattr(shelters, "now", lambda: NOON + timedelta(hours=72))

    assert "Le délai est passé" in page(client, "shelter", sheltered.ref)


def test_a_followed_minor_s_shelter_leads_to_the_situation(
    client: Client, claire: Agent, followed: Situation
) -> None:
    sheltered = shelter(claire, followed.case_file.ref, kind=ShelterKind.PROVISIONAL_RECEPTION)
    with acting_as(claire):
        leave_parents_uninformed(agent=claire, ref=sheltered.ref, reason="x", now=LATER)
        inform_prosecutor(agent=claire, ref=sheltered.ref, at=LATER, now=LATER)
        end_shelter(
            agent=claire,
            ref=sheltered.ref,
            outcome=ShelterStatus.COURT_SEISED,
            at=LATER,
            now=LATER,
        )
    client.force_login(claire)

    shown = page(client, "shelter", sheltered.ref)

    assert reverse("measures:request", args=[followed.ref]) in shown
    assert reverse("situations:show", args=[followed.ref]) in shown
    assert page(client, "of_situation", followed.ref).count("Recueil provisoire") == 1

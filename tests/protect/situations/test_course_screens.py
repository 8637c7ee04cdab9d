"""A situation is opened, taken up, sent elsewhere and closed on its screens."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, ConcernFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import ClosingReason, Status
from fanal.protect.situations.use_cases import (
    propose_closing,
)

pytestmark = pytest.mark.django_db


def test_a_situation_is_opened_from_its_concern(client: Client, ines: Agent, claire: Agent) -> None:
    concern = ConcernFactory(status="decided", outcome="admin_measure", decided_at=NOON)
    client.force_login(ines)
    address = reverse("situations:open_concern", args=[concern.ref])
    assert "checked" in client.get(address).content.decode()

    answer = client.post(address, {"ground": "measure", "referent": claire.pk, "reason": ""})

    with acting_as(ines):
        situation = Situation.objects.get()
    assert answer["Location"] == reverse("situations:show", args=[situation.ref])
    assert (situation.origin_ref, situation.referent) == (concern.ref, claire)


def test_a_minor_who_is_followed_already_leads_to_the_situation(
    client: Client, ines: Agent, followed: Situation, lea: Minor
) -> None:
    client.force_login(ines)

    page = client.get(reverse("situations:open_file", args=[lea.case_file.ref])).content.decode()

    assert "Ce mineur est déjà suivi." in page
    assert reverse("situations:show", args=[followed.ref]) in page


def test_a_situation_is_taken_up_on_its_screen(
    client: Client, claire: Agent, opened: Situation
) -> None:
    client.force_login(claire)
    address = reverse("situations:accept", args=[opened.ref])
    assert address in client.get(reverse("situations:show", args=[opened.ref])).content.decode()

    client.post(address, {"sent": "1"})

    with acting_as(claire):
        opened.refresh_from_db()
    assert opened.status == Status.FOLLOWED


def test_a_closing_is_decided_on_its_screen(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    with acting_as(claire):
        propose_closing(
            agent=claire,
            ref=followed.ref,
            reason=ClosingReason.RELAYED,
            text="Relais pris par le lycée.",
            now=NOON,
        )
    client.force_login(ines)
    address = reverse("situations:decide_closing", args=[followed.ref])
    assert "Relais pris par le lycée." in client.get(address).content.decode()

    client.post(address, {"sent": "1"})

    with acting_as(ines):
        followed.refresh_from_db()
    assert followed.status == Status.CLOSED


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Zzzzqx", "code INSEE"), ("Saint-Denis", "Plusieurs communes possibles")],
)
def test_a_commune_that_is_not_one_is_asked_again(
    client: Client, ines: Agent, followed: Situation, typed: str, said: str
) -> None:
    client.force_login(ines)

    page = client.post(
        reverse("situations:transfer", args=[followed.ref]), {"commune": typed, "summary": "x"}
    ).content.decode()

    assert said in page

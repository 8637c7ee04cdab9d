"""What changes hands is written, signed and read again on its screens."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, ExclusionFactory
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.protect.situations.models import HandOver, Situation
from rows import as_owner

pytestmark = pytest.mark.django_db


def test_a_departure_is_recorded_from_its_screen(client: Client, ines: Agent, yanis: Agent) -> None:
    posting = yanis.postings.get()
    address = reverse("situations:depart", args=[yanis.ref])
    client.force_login(ines)

    assert f'<option value="{posting.pk}"' in client.get(address).content.decode()
    client.post(address, {"posting": posting.pk, "last_day": "31/12/2099"})

    posting.refresh_from_db()
    assert posting.until == date(2099, 12, 31)


def test_a_list_is_handed_over_from_the_board(
    client: Client, ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    client.force_login(ines)
    address = reverse("situations:hand_over", args=[claire.ref])
    assert f'value="{followed.ref}"' in client.get(address).content.decode()

    answer = client.post(
        address,
        {"taker": yanis.pk, "reason": "Départ", "situations": [str(followed.ref)]},
        follow=True,
    )

    page = answer.content.decode()
    assert "Remise de situations" in page
    assert "Yanis Inventé" in page


def test_the_receipt_is_printed(client: Client, claire: Agent, gesture: HandOver) -> None:
    client.force_login(claire)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert page.count("situation non visible") == 1
    answer = client.get(reverse("situations:receipt_pdf", args=[gesture.ref]))
    assert answer.content == bytes(gesture.receipt)


def test_whoever_took_the_list_sees_its_lines(
    client: Client, yanis: Agent, gesture: HandOver
) -> None:
    client.force_login(yanis)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert "situation non visible" not in page
    assert "suivie par Yanis" in page


def test_a_file_sealed_later_is_no_longer_on_the_supervisor_s_receipt(
    client: Client, hugo: Agent, yanis: Agent, gesture: HandOver
) -> None:
    with as_owner():
        CaseFile.objects.update(sealed_at=NOON, seal_reason="Invention")
    client.force_login(hugo)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert page.count("situation non visible") == 1
    assert reverse("situations:receipt_pdf", args=[gesture.ref]) not in page


def test_the_signed_paper_is_for_those_who_made_the_gesture(
    client: Client, hugo: Agent, gesture: HandOver
) -> None:
    client.force_login(hugo)

    assert client.get(reverse("situations:receipt", args=[gesture.ref])).status_code == 200
    answer = client.get(reverse("situations:receipt_pdf", args=[gesture.ref]))
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["ines", "claire", "yanis"])
def test_whoever_one_of_the_files_excludes_has_not_the_signed_paper(
    request: pytest.FixtureRequest, client: Client, gesture: HandOver, who: str
) -> None:
    excluded = request.getfixturevalue(who)
    with as_owner():
        case_file = gesture.lines.get().case_file
    client.force_login(excluded)
    paper = reverse("situations:receipt_pdf", args=[gesture.ref])
    assert client.get(paper).status_code == 200

    ExclusionFactory(case_file=case_file, agent=excluded)

    assert client.get(paper).status_code == 404

"""The phone, its log and its calls to give back, without script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime, now
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.calls.lines import NullLine
from fanal.helpline.calls.models import Call, CallBack
from fanal.helpline.calls.terms import BackReason, Funnel
from fanal.helpline.calls.use_cases import Wish, plan_call_back
from fanal.helpline.calls.views.desk import may_ring
from past import past

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
NUMBER = "06 39 98 00 01"


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def backed(agent: Agent, *, since: datetime) -> CallBack:
    wish = Wish(NUMBER, since, since + HOUR, BackReason.LATER)
    with acting_as(agent):
        return plan_call_back(agent=agent, wish=wish, now=since - HOUR)


def test_one_page_opens_the_line_answers_and_ends(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    ref = phone.ring(helpline, now=now())
    client = signed_in(maya)
    desk = reverse("calls:desk")
    page = client.get(desk).content.decode()
    assert "Ligne fermée" in page
    assert "Décrocher" in page
    page = client.post(reverse("calls:line"), {"state": "open"}, follow=True).content.decode()
    assert "Ligne ouverte" in page
    page = client.post(reverse("calls:answer", args=[ref]), follow=True).content.decode()
    assert "Vous êtes au téléphone" in page
    client.post(reverse("calls:end", args=[ref]), {"treated": "yes"})
    assert past(Call).get().funnel is Funnel.TREATED
    page = client.post(reverse("calls:line"), {"state": "closed"}, follow=True).content.decode()
    assert "Ligne fermée" in page


def test_what_is_refused_is_said_on_the_desk(
    phone: NullLine, helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    ref = phone.ring(helpline, now=now())
    signed_in(tom).post(reverse("calls:answer", args=[ref]))
    page = signed_in(maya).post(reverse("calls:answer", args=[ref]), follow=True)
    assert "Quelqu’un d’autre a décroché" in page.content.decode()


def test_it_rings_on_demand_in_a_demonstration_alone(maya: Agent, settings: Settings) -> None:
    client = signed_in(maya)
    client.post(reverse("calls:ring"))
    assert "Faire sonner" in client.get(reverse("calls:desk")).content.decode()
    assert past(Call).get().funnel is Funnel.WAITING
    settings.FANAL_SERVICE = "Service inventé"
    assert not may_ring()


def test_the_log_counts_each_call_once_and_filters(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    phone.ring(helpline, dissuaded=True, now=NOON)
    soon, late = (phone.ring(helpline, now=NOON) for _ in range(2))
    phone.give_up(soon, now=NOON + 2 * SECOND)
    phone.give_up(late, now=NOON + 60 * SECOND)
    client = signed_in(maya)
    page = client.get(reverse("calls:log")).content.decode()
    assert "3 appels" in page
    assert "Abandonné avant 5 s" in page
    for place, rows in (("abandoned_soon", 1), ("treated", 0), ("", 3)):
        page = client.get(reverse("calls:log"), {"place": place}).content.decode()
        assert page.count('<th scope="row"') == rows
    page = client.get(reverse("calls:log"), {"day": "23/11/2026"}).content.decode()
    assert "Aucun appel ne répond à ces filtres." in page
    for asked in ({"place": "inconnu"}, {"day": "hier"}, {"mine": "on"}):
        assert client.get(reverse("calls:log"), asked).status_code == 200


def test_the_log_leaves_as_a_file_for_who_coordinates(
    phone: NullLine, helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    phone.ring(helpline, number=NUMBER, dissuaded=True, now=NOON)
    answer = signed_in(anouk).get(reverse("calls:export"))
    lines = answer.content.decode().splitlines()
    assert lines[0].endswith("Arrivé le;Décroché le;Terminé le;Où en est l’appel;Écoutant")
    assert lines[1] == "24/11/2026 13:00:00;;24/11/2026 13:00:00;Dissuadé;"
    assert signed_in(maya).get(reverse("calls:export")).status_code == 403


def test_a_number_is_shown_at_its_safe_hour_alone(maya: Agent) -> None:
    later, sooner = backed(maya, since=now() + 2 * HOUR), backed(maya, since=now())
    client = signed_in(maya)
    assert "0639980001" not in client.get(reverse("calls:desk")).content.decode()
    page = client.get(reverse("calls:back", args=[later.ref])).content.decode()
    assert "0639980001" not in page
    assert "peut mettre la personne en danger" in page
    page = client.get(reverse("calls:back", args=[sooner.ref])).content.decode()
    assert "0639980001" in page
    client.post(reverse("calls:dial", args=[sooner.ref]))
    page = client.post(
        reverse("calls:finish", args=[sooner.ref]), {"reached": "yes"}, follow=True
    ).content.decode()
    assert "le numéro est effacé" in page
    page = client.post(reverse("calls:dial", args=[later.ref]), follow=True).content.decode()
    assert "pas l’heure sûre" in page


def test_a_call_back_is_noted_with_its_safe_hour(maya: Agent) -> None:
    client = signed_in(maya)
    address = reverse("calls:plan")
    assert client.get(address).status_code == 200
    tomorrow = localtime(now()) + timedelta(days=1)
    sent = {
        "number": NUMBER,
        "reason": "later",
        "day": f"{tomorrow:%d/%m/%Y}",
        "safe_from": "17:00",
        "safe_until": "18:00",
        "care": "",
    }
    assert client.post(address, sent)["Location"] == reverse("calls:desk")
    assert f"{localtime(past(CallBack).get().safe_from):%H:%M}" == "17:00"
    page = client.post(address, sent | {"number": "abc"}).content.decode()
    assert "Ce n’est pas un numéro de téléphone" in page


@pytest.mark.parametrize("act", ["answer", "end", "back", "dial", "finish"])
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    phone: NullLine, helpline: Organisation, maya: Agent, elsewhere: Agent, act: str
) -> None:
    call, back = phone.ring(helpline, now=now()), backed(maya, since=now())
    client = signed_in(elsewhere)
    for ref in (call if act in ("answer", "end") else back.ref, uuid4()):
        method = client.get if act == "back" else client.post
        assert method(reverse(f"calls:{act}", args=[ref])).status_code == 404
    assert past(CallBack).get().tries == 0


def test_another_trade_has_no_phone_here(nadia: Agent) -> None:
    client = signed_in(nadia)
    for name in ("desk", "queue", "log", "plan"):
        assert client.get(reverse(f"calls:{name}")).status_code == 403

"""The desk of the directory: who reads it, what confirming shows, what a correction hides."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import Tier
from fanal.prevent.spaces.use_cases import confirm_service
from past import past
from prevent.spaces.places import NOON, ServiceFactory
from rows import as_owner

pytestmark = pytest.mark.django_db
LIST, BOARD = reverse("spaces:kept"), reverse("spaces:coverage")
TABLE = reverse("spaces:export")


def address(service: Service) -> str:
    return reverse("spaces:confirm", args=[service.ref])


def sent(service: Service, **changes: Any) -> dict[str, Any]:
    return {
        "name": service.name,
        "phone": "03 20 00 00 00",
        "website": "",
        "address": "",
        "hours": "Mo-Fr 09:00-17:00",
        "description": "",
        "audiences": ["minors"],
        "status": "active",
        "tier": service.tier,
        "confirmed": ["phone", "hours"],
    } | changes


@pytest.fixture
def desk(client: Client, lou: Agent) -> Client:
    client.force_login(lou)
    return client


def test_what_is_confirmed_is_shown_to_everybody(desk: Client) -> None:
    service = ServiceFactory()
    answer = desk.post(address(service), sent(service))
    assert answer.status_code == 302
    shown = public_services().get()
    assert (shown.phone, shown.hours) == ("03 20 00 00 00", "Mo-Fr 09:00-17:00")
    assert shown.verified == {"phone": localdate().isoformat(), "hours": localdate().isoformat()}
    assert shown.verified_on == localdate()
    trace = past(Trace).get(deed="directory.confirm")
    assert trace.detail["confirmed"] == ["hours", "phone"]
    assert "03 20" not in str(trace.detail)


def test_what_is_written_without_being_confirmed_stays_hidden(desk: Client) -> None:
    service = ServiceFactory()
    desk.post(address(service), sent(service, confirmed=[]))
    assert past(Service).get().phone == "03 20 00 00 00"
    shown = public_services().get()
    assert (shown.phone, shown.hours, shown.verified_on) == ("", "", None)


def test_a_word_that_changes_is_to_be_confirmed_again(lou: Agent) -> None:
    service = ServiceFactory(phone="03 20 00 00 00", verified={"phone": "2026-11-20"})
    with acting_as(lou):
        confirm_service(
            agent=lou, ref=service.ref, values={"phone": "03 20 11 11 11"}, confirmed=(), now=NOON
        )
    assert public_services().get().phone == ""


def test_a_place_that_is_hidden_is_hidden_at_once(desk: Client) -> None:
    service = ServiceFactory()
    desk.post(address(service), sent(service, tier=Tier.HIDDEN))
    assert not public_services().exists()


def test_hours_that_nobody_can_read_are_refused_with_what_to_write(desk: Client) -> None:
    service = ServiceFactory()
    page = desk.post(address(service), sent(service, hours="le matin")).content.decode()
    assert "Mo-Fr 09:00" in page
    assert past(Service).get().hours == ""


def test_the_least_sure_come_first_and_filters_hold(desk: Client) -> None:
    ServiceFactory(name="Lieu sûr", verified_on=localdate())
    ServiceFactory(name="Lieu jamais confirmé", tier="professional")
    page = desk.get(LIST).content.decode()
    assert page.index("Lieu jamais confirmé") < page.index("Lieu sûr")
    for query, names in (
        ("state=fresh", {"Lieu sûr"}),
        ("state=never", {"Lieu jamais confirmé"}),
        ("tier=professional", {"Lieu jamais confirmé"}),
        ("departement=13", set()),
    ):
        page = desk.get(f"{LIST}?{query}").content.decode()
        assert {one for one in ("Lieu sûr", "Lieu jamais confirmé") if one in page} == names


def test_a_stranger_meets_the_404_of_what_does_not_exist(
    client: Client, misplaced: Agent, nadia: Agent
) -> None:
    service = ServiceFactory()
    client.force_login(misplaced)
    assert client.get(address(service)).status_code == 404
    assert client.post(address(service), sent(service)).status_code == 404
    assert "Lieu inventé" not in client.get(LIST).content.decode()
    client.force_login(nadia)
    for one in (address(service), LIST, BOARD):
        assert client.get(one).status_code == 403
    assert past(Service).get().phone == ""


def test_nobody_keeps_it_after_their_posting_ended(lou: Agent, as_owner: Any) -> None:
    ServiceFactory()
    with acting_as(lou):
        assert Service.objects.count() == 1
    with as_owner():
        lou.postings.update(until="2026-01-01")
    with acting_as(lou):
        assert Service.objects.count() == 0
        assert Service.objects.update(name="autre") == 0


def test_the_table_holds_every_line_of_the_list_and_is_never_cut(desk: Client, lou: Agent) -> None:
    with as_owner():
        Service.objects.bulk_create(
            ServiceFactory.build(ref=uuid4(), source_key=f"rangée-{number}")
            for number in range(5_050)
        )
    ServiceFactory(name="=1+1", phone="03 20 00 00 00", tier=Tier.HIDDEN)
    file = desk.get(TABLE).getvalue().decode("utf-8-sig").splitlines()
    assert len(file) == 1 + 5_051
    (formula,) = (line for line in file if "1+1" in line)
    assert "'=1+1" in formula
    # Contact is read on the screen: no list of it leaves in a file.
    assert "03 20 00 00 00" not in formula
    # Under the filters of the list, which its button repeats.
    hidden = desk.get(TABLE, {"tier": Tier.HIDDEN}).content.decode().splitlines()
    assert len(hidden) == 2
    assert f"{TABLE}?tier=hidden" in desk.get(LIST, {"tier": Tier.HIDDEN}).content.decode()
    assert past(Trace).filter(deed="directory.table").count() == 2


def test_the_table_is_for_its_keepers(client: Client, misplaced: Agent, nadia: Agent) -> None:
    ServiceFactory(name="Lieu gardé")
    assert client.get(TABLE).status_code == 302
    client.force_login(misplaced)
    assert "Lieu gardé" not in client.get(TABLE).content.decode()
    client.force_login(nadia)
    assert client.get(TABLE).status_code == 403

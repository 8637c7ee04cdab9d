"""A fresh service: its host invites one administrator, who invites everybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.queries import UnknownOrganisation
from fanal.ground.audit.models import Trace
from fanal.portal.accounts.use_cases.accounts import AddressTaken
from fanal.portal.accounts.use_cases.first import (
    AlreadyAdministered,
    IncompleteOrganisation,
    NewOrganisation,
    invite_first_administrator,
)
from rows import as_owner

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase assez longue"


def invite(name: str = "Département inventé", email: str = "a@fanal.invalid", **facts: str) -> str:
    _, token = invite_first_administrator(
        organisation=name,
        described=NewOrganisation(**facts),
        email=email,
        name="Ada Inventée",
        now=now(),
    )
    return token


def test_the_first_administrator_comes_in_and_sees_who_is_there() -> None:
    token = invite(kind="child_welfare", authority="59", siret="22590001801244")
    client = Client()
    client.post(f"/invitation/{token}/", {"password": PASSWORD, "again": PASSWORD})
    client.post("/connexion/", {"email": "a@fanal.invalid", "password": PASSWORD})

    assert "Ada Inventée" in client.get("/comptes/").content.decode()
    made = Organisation.objects.get()
    assert (made.authority_id, made.siret) == ("59", "22590001801244")
    with as_owner():
        assert Trace.objects.filter(deed="agent.invite_first", agent=None).count() == 1
    with pytest.raises(AlreadyAdministered):
        invite(email="b@fanal.invalid")


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "child_welfare"},
        {"kind": "prosecution", "authority": "59"},
        {"kind": "child_welfare", "authority": "no"},
        {"kind": "castle"},
        {"kind": "police", "departement": "no"},
        {"kind": "prefecture"},
    ],
)
def test_an_organisation_says_for_whom_it_answers(facts: dict[str, str]) -> None:
    with pytest.raises(IncompleteOrganisation):
        invite(**facts)
    assert not Agent.objects.exists()


def test_an_unknown_organisation_is_not_made_by_mistake(nadia: Agent) -> None:
    with pytest.raises(UnknownOrganisation):
        invite()
    with pytest.raises(AddressTaken):
        invite("nord", email=nadia.email.upper())

"""Keys of an organisation's software: shown once, replaced with an overlap, revoked at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from fanal.ground.agents.models import Agent, ApiToken, Organisation
from fanal.ground.agents.queries import organisation_of_token
from fanal.portal.accounts.use_cases.tokens import OVERLAP, open_token

pytestmark = pytest.mark.django_db


def clear_text_in(page: str) -> str:
    found = re.search(r"fanal_[\w-]{40,}", page)
    assert found
    return found[0]


def test_a_token_is_made_shown_once_replaced_and_revoked(
    at_desk: Client, nord: Organisation
) -> None:
    made = at_desk.post("/comptes/jetons/", {"organisation": nord.pk, "label": "Logiciel inventé"})
    first = clear_text_in(made.content.decode())
    assert organisation_of_token(first) == nord
    assert first not in at_desk.get("/comptes/jetons/").content.decode()
    token = ApiToken.objects.get()

    replaced = at_desk.post(f"/comptes/jetons/{token.ref}/remplacer/")
    second = clear_text_in(replaced.content.decode())
    assert organisation_of_token(first) == organisation_of_token(second) == nord
    token.refresh_from_db()
    assert token.ends_at is not None
    assert timedelta(0) <= now() + OVERLAP - token.ends_at < timedelta(minutes=1)
    ApiToken.objects.filter(pk=token.pk).update(ends_at=now())
    assert organisation_of_token(first) is None

    newer = ApiToken.objects.exclude(pk=token.pk).get()
    at_desk.post(f"/comptes/jetons/{newer.ref}/revoquer/")
    assert organisation_of_token(second) is None
    assert at_desk.post(f"/comptes/jetons/{newer.ref}/revoquer/").status_code == 404


def test_another_organisation_s_token_is_not_there(
    at_desk: Client, stranger: Agent, bouches_du_rhone: Organisation
) -> None:
    token, _ = open_token(
        agent=stranger, organisation=bouches_du_rhone, label="Logiciel inventé", now=now()
    )

    assert "Logiciel inventé" not in at_desk.get("/comptes/jetons/").content.decode()
    for door in ("remplacer", "revoquer"):
        assert at_desk.post(f"/comptes/jetons/{token.ref}/{door}/").status_code == 404
    refused = at_desk.post(
        "/comptes/jetons/", {"organisation": bouches_du_rhone.pk, "label": "essai"}
    )
    assert ApiToken.objects.count() == 1
    assert refused.status_code == 200

from __future__ import annotations

import pytest
from django.db import connection

from factories import NOON, OrganisationFactory
from fanal.ground.agents.models import ApiToken
from fanal.ground.agents.queries import organisation_of_token
from fanal.ground.agents.use_cases import create_token

pytestmark = pytest.mark.django_db


def test_a_token_speaks_for_its_organisation() -> None:
    school = OrganisationFactory()
    OrganisationFactory()

    _, clear_text = create_token(organisation=school, label="logiciel inventé", now=NOON)

    assert organisation_of_token(clear_text) == school


def test_only_the_digest_is_kept() -> None:
    token, clear_text = create_token(organisation=OrganisationFactory(), label="", now=NOON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM agents_apitoken t WHERE id = %s", [token.pk])
        (row,) = cursor.fetchone()
    assert clear_text not in row
    assert clear_text.removeprefix("fanal_") not in row
    assert len(token.digest) == 64
    assert token.label == "sans libellé"


def test_a_token_is_long_and_never_twice_the_same() -> None:
    school = OrganisationFactory()

    drawn = {create_token(organisation=school, label="", now=NOON)[1] for _ in range(20)}

    assert len(drawn) == 20
    assert all(len(one) >= 40 and one.startswith("fanal_") for one in drawn)


def test_a_revoked_token_speaks_for_nobody() -> None:
    token, clear_text = create_token(organisation=OrganisationFactory(), label="", now=NOON)
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=NOON)

    assert organisation_of_token(clear_text) is None


@pytest.mark.parametrize("text", ["", "fanal_", "' OR 1=1 --", "é", "x" * 10_000])
def test_what_is_no_token_speaks_for_nobody(text: str) -> None:
    create_token(organisation=OrganisationFactory(), label="", now=NOON)

    assert organisation_of_token(text) is None


def test_a_digest_is_no_token() -> None:
    token, _ = create_token(organisation=OrganisationFactory(), label="", now=NOON)

    assert organisation_of_token(token.digest) is None

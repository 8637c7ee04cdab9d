"""Rows that stand in clear in a sealed column, as a migration leaves them: a step seals them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from fanal.config.database import seal_columns
from fanal.detect.concerns.models import Draft
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.chosen import sealing_key
from fanal.ground.privacy.sealing.envelope import is_sealed
from fanal.ground.privacy.sealing.keyring import add_key
from fanal.portal.rights.models import RightsRequest

pytestmark = pytest.mark.django_db(databases=["owner"])

NAME, LETTER = "Alix Inventée", b"%PDF-1.7 Alix Inventee"
CONTENT = '{"facts": "Elle dort dehors.", "author_name": "Sofia Inventée"}'
INSERT_DRAFT = """
INSERT INTO concerns_draft (ref, agent_id, organisation_id, content, started_at, updated_at)
VALUES (gen_random_uuid(), %s, %s, convert_to(%s, 'UTF8'), now(), now())
"""
INSERT_REQUEST = """
INSERT INTO rights_rightsrequest
    (ref, authority_id, kind, asker, asker_name, asker_contact, way, wish, received_on,
     recorded_at, recorded_by_id, status, due_on, why_due, extension_reason, identity_check,
     given, withheld, refusal_reason, letter)
VALUES (gen_random_uuid(), %s, 'access', 'holder', convert_to(%s, 'UTF8'),
        convert_to('3, impasse des Phares', 'UTF8'), 'letter', '',
        '2026-03-09', now(), %s, 'received', '2026-04-09', '', '', '', '', '{}', '', %s)
"""


@pytest.fixture
def in_clear() -> None:
    """One draft and one request, as the release before wrote them."""
    agent, school = _somebody()
    with connections["owner"].cursor() as cursor:
        cursor.execute(INSERT_DRAFT, [agent, school, CONTENT])
        cursor.execute(INSERT_REQUEST, ["59", NAME, agent, LETTER])


def _somebody() -> tuple[int, int]:
    agent = Agent(name="Sofia Inventée", email="sofia@fanal.invalid", password="!")
    agent.save(using="owner")
    school = Organisation(name="Collège inventé", slug="college-invente", kind="school")
    school.save(using="owner")
    return agent.pk, school.pk


def stored() -> list[bytes]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT content FROM concerns_draft")
        found = [bytes(value) for (value,) in cursor]
        cursor.execute("SELECT asker_name, asker_contact, letter FROM rights_rightsrequest")
        return found + [bytes(value) for row in cursor for value in row]


def read_back() -> tuple[Any, ...]:
    draft = Draft.objects.using("owner").get()
    asked = RightsRequest.objects.using("owner").get()
    return draft.content["author_name"], asked.asker_name, asked.asker_contact, asked.letter


WRITTEN = ("Sofia Inventée", NAME, "3, impasse des Phares", LETTER)


def test_what_stood_is_still_read_and_then_sealed(in_clear: None) -> None:
    assert not any(is_sealed(value) for value in stored())
    assert read_back() == WRITTEN

    seal_columns([].append)

    assert len(stored()) == 4
    assert all(is_sealed(value) for value in stored())
    assert read_back() == WRITTEN


def test_closed_keys_do_not_stop_the_sealing(in_clear: None, settings: Any, tmp_path: Path) -> None:
    settings.FANAL_KEYRING = tmp_path / "keyring.json"
    add_key(settings.FANAL_KEYRING, sealing_key())
    settings.FANAL_KEY_KEEPER = "none"

    seal_columns([].append)

    assert all(is_sealed(value) for value in stored())
    settings.FANAL_KEY_KEEPER = "demonstration"
    assert read_back() == WRITTEN


def test_without_any_key_nothing_is_sealed_nor_lost_and_it_is_said(
    in_clear: None, settings: Any, tmp_path: Path
) -> None:
    settings.FANAL_KEYRING, settings.FANAL_KEY_KEEPER = tmp_path / "none.json", "agent"
    said: list[str] = []

    seal_columns(said.append)

    assert said[-1].startswith("Aucune clé n'a encore été faite : rien ne peut être scellé.")
    assert not any(is_sealed(value) for value in stored())
    assert read_back() == WRITTEN

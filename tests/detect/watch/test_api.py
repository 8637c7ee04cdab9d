"""A platform's software: its own reference is sent once, and every refusal is said in French."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now

from detect.watch.telling import NOON, SAID
from factories import OrganisationFactory
from fanal.detect.watch import schema, terms, use_cases
from fanal.detect.watch.models import LodgingAlert
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.use_cases import create_token
from past import past

pytestmark = pytest.mark.django_db
HERE = "/api/v1/lodging-alerts"
ALERT = {
    "external_ref": "PLAT-2026-0042",
    "commune": "59350",
    "lodging": "short_let",
    "listing": "https://exemple.invalid/rooms/7654321",
    "moment": "day",
    "there_now": "unknown",
    "minor": "perhaps",
    "signs": ["occupied"],
    "words": SAID,
}
Send = Callable[..., HttpResponse]


@pytest.fixture
def platform(db: None) -> Organisation:
    return OrganisationFactory(kind="other", name="Plateforme inventée")


@pytest.fixture
def send(client: Client, platform: Organisation) -> Send:
    token = create_token(organisation=platform, label="essai", now=now())[1]
    headers = {"Authorization": f"Bearer {token}"}

    def sent(content: Any = None, **more: Any) -> HttpResponse:
        body = json.dumps({**ALERT, **more} if content is None else content)
        return client.post(HERE, body, content_type="application/json", headers=headers)

    sent.headers = headers  # type: ignore[attr-defined]
    return sent


def test_the_words_of_the_schema_are_those_of_the_house() -> None:
    for code, words in (
        (schema.LodgingCode, terms.Lodging),
        (schema.MomentCode, terms.Moment),
        (schema.SeenCode, terms.Seen),
        (schema.SignCode, terms.Sign),
    ):
        assert list(get_args(code)) == words.values


def test_sent_again_it_is_the_same_receipt_and_other_content_is_refused(
    send: Send, hugo: Agent, platform: Organisation
) -> None:
    first, again = send(), send(dict(reversed(ALERT.items())))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["receipt"] == again.json()["receipt"]  # type: ignore[attr-defined]
    other = send(words="Autre chose.")
    assert other.status_code == 409
    alert = past(LodgingAlert).get()
    assert (alert.organisation_id, alert.writer, alert.words) == (platform.pk, "platform", SAID)
    assert (alert.listing_key, alert.source) == ("7654321", "platform")


def test_it_reads_its_state_and_the_messages_and_no_more(
    send: Send, client: Client, hugo: Agent
) -> None:
    send()
    alert = past(LodgingAlert).get()
    with acting_as(hugo):
        use_cases.take_alert(agent=hugo, ref=alert.ref, now=NOON)
        use_cases.ask_more(agent=hugo, ref=alert.ref, text="Une question.", now=NOON)
    where, headers = f"{HERE}/PLAT-2026-0042", send.headers  # type: ignore[attr-defined]
    read = client.get(where, headers=headers)
    assert read.json()["status"] == "taken"
    assert [one["text"] for one in read.json()["messages"]] == ["Une question."]
    assert SAID not in read.content.decode()
    assert hugo.name not in read.content.decode()
    assert client.get(f"{HERE}/AUTRE", headers=headers).status_code == 404
    token = create_token(organisation=OrganisationFactory(), label="autre", now=now())[1]
    other = client.get(where, headers={"Authorization": f"Bearer {token}"})
    assert other.status_code == 404
    assert client.get(where).status_code == 401


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"commune": "00000"}, "commune", "Aucune commune"),
        ({"commune": "13055"}, "commune", "Aucun point de contact"),
        ({"lodging": "palace"}, "lodging", "Choisissez parmi"),
        ({"listing": None}, "_line", "adresse du logement"),
        ({"signs": [], "words": " "}, "_line", "ce qui a été vu"),
        ({"guest": "Untel"}, "guest", "Champ inconnu"),
        ({"danger": "oui"}, "danger", "true ou false"),
        ({"words": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"}, "words", "décrivez-le"),
        ({"words": "x" * 4_001}, "words", "Texte trop long"),
        ({"external_ref": ""}, "external_ref", "vide"),
    ],
)
def test_a_refusal_names_the_field_in_french(
    send: Send, hugo: Agent, more: dict[str, Any], field: str, said: str
) -> None:
    answer = send(**more)
    assert answer.status_code == 422
    errors = answer.json()["errors"]  # type: ignore[attr-defined]
    assert said in " ".join(errors[field])
    assert not past(LodgingAlert).exists()


def test_danger_is_answered_with_the_numbers(send: Send, hugo: Agent) -> None:
    assert "17" in send(danger=True).json()["emergency"]  # type: ignore[attr-defined]
    assert send([]).status_code == 422

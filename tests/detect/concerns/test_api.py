import json

import pytest
from django.utils.timezone import now

from detect.concerns.inputs import written
from fanal.detect.concerns.models import Submission
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.use_cases import create_token

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/concerns"


@pytest.fixture
def token(school):
    return create_token(organisation=school, label="logiciel", now=now())[1]


def post(client, token, data):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return client.post(
        ADDRESS, body, content_type="application/json", headers={"authorization": f"Bearer {token}"}
    )


def get(client, token, ref):
    return client.get(f"{ADDRESS}/{ref}", headers={"authorization": f"Bearer {token}"})


def test_received_replayed_refused_and_in_conflict(client, token):
    first = post(client, token, written())
    assert first.status_code == 201
    assert first.json()["authority"] == {"code": "59", "name": "Nord"}
    assert first.json()["evaluation_due"] == "2026-06-02"
    assert first.json()["emergency"] is None

    again = post(client, token, written())
    assert (again.status_code, again.json()["receipt"]) == (200, first.json()["receipt"])
    assert post(client, token, written(facts="Autre. [personne inventée]")).status_code == 409
    refused = post(client, token, written(external_ref="TIL-2", commune="00000"))
    assert refused.status_code == 422
    assert "commune" in refused.json()["errors"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"a":' * 2000])
def test_what_is_no_object_is_refused_in_french(client, token, body):
    answer = post(client, token, body)

    assert answer.status_code == 422
    assert answer.json()["errors"]["_line"]


def test_danger_is_answered_with_the_numbers_to_ring(client, token):
    answer = post(client, token, written(immediate_danger=True))

    assert "17" in answer.json()["emergency"]
    assert "pas un service d'urgence" in answer.json()["emergency"]


@pytest.mark.parametrize("token", ["", "fanal_inconnu"])
def test_without_a_living_token_nothing_is_said(client, school, token):
    assert post(client, token, written()).status_code == 401
    assert get(client, token, "TIL-1").status_code == 401


def test_a_revoked_token_is_dead(client, school):
    made, clear = create_token(organisation=school, label="ancien", now=now())
    made.revoked_at = now()
    made.save()

    assert post(client, clear, written()).status_code == 401


def test_the_status_is_all_that_the_author_is_told(client, token):
    post(client, token, written())

    answer = get(client, token, "TIL-1").json()

    assert set(answer) == {"external_ref", "receipt", "status", "status_label", "since"}
    assert answer["status_label"] == "reçue"


def test_another_organisation_finds_nothing_under_that_reference(client, token, nord):
    post(client, token, written())
    other = create_token(organisation=nord, label="autre", now=now())[1]

    assert get(client, other, "TIL-1").status_code == 404
    assert get(client, other, "TIL-1").json() == {
        "errors": {"external_ref": ["Aucun envoi ne porte cette référence."]}
    }
    with acting_as(None, organisation=nord):
        assert not Submission.objects.exists()


def test_the_openapi_document_describes_the_body_by_the_published_schema(client):
    document = client.get("/api/v1/openapi.json").json()

    body = document["paths"]["/api/v1/concerns"]["post"]["requestBody"]
    assert body["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Concern1"
    }
    assert "facts" in document["components"]["schemas"]["Concern1"]["properties"]
    assert "$defs" not in json.dumps(document)


def test_a_reference_that_nothing_can_hold_is_not_found(client, token):
    assert get(client, token, "a%00b").status_code == 404


def test_a_body_that_is_too_large_is_refused_as_such(client, token):
    assert post(client, token, b" " * 2_000_000).status_code == 413

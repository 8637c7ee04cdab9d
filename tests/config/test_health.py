"""Whether this instance can serve: asked by machines, answered in few words."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from fanal.ground.agents.models import Agent


@pytest.mark.django_db
def test_an_instance_that_can_serve_says_so(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "keys": "demonstration"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_instance_without_its_database_answers_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("could not connect to fanal_app at 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", away)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {"status": "error", "database": "unreachable"}


@pytest.mark.django_db
def test_only_reading_is_answered(client: Client) -> None:
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_probe_opens_no_session(client: Client, nadia: Agent) -> None:
    assert not client.get("/healthz").cookies

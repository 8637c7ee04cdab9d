"""Somebody unknown who knocks without end: a few lines, and how many came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.access.asking import acting_as
from fanal.ground.access.tasks import count_refusals
from fanal.ground.agents.models import Agent
from fanal.ground.audit import floods
from fanal.ground.audit.floods import ONE_BY_ONE, close_hours, record_refusal_of_nobody
from fanal.ground.audit.models import RefusalTally, Trace
from past import past

pytestmark = pytest.mark.django_db

API = "/api/v1/concerns"
KNOCKS = 60


def refused() -> list[Trace]:
    return list(past(Trace).filter(outcome="refused").order_by("at", "pk"))


def told(traces: list[Trace]) -> int:
    """How many refusals the traces tell of, one by one or by their number."""
    return sum(int(one.detail.get("attempts", 1)) for one in traces)


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now() + timedelta(hours=1)
    monkeypatch.setattr("fanal.ground.access.tasks.now", lambda: moment)


def test_a_flood_without_a_key_leaves_few_lines_and_its_number(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
    monkeypatch.setattr(floods, "this_moment", lambda: stopped)
    for _ in range(KNOCKS):
        answer = client.post(API, data="{}", content_type="application/json")
        assert answer.status_code == 401
    assert len(refused()) == ONE_BY_ONE

    an_hour_later(monkeypatch)
    count_refusals(0)

    last = refused()[-1]
    assert len(refused()) == ONE_BY_ONE + 1
    assert last.detail == {
        "said": "401",
        "hour": "2026-03-09T10:00:00+00:00",
        "attempts": KNOCKS - ONE_BY_ONE,
    }
    assert told(refused()) == KNOCKS
    assert not RefusalTally.objects.exists()
    count_refusals(0)
    assert told(refused()) == KNOCKS


def test_the_hour_that_runs_is_not_closed() -> None:
    for _ in range(ONE_BY_ONE + 5):
        record_refusal_of_nobody(deed="inventé", detail={"status": 401})
    assert close_hours(now=RefusalTally.objects.get().hour + timedelta(minutes=59)) == 0
    assert RefusalTally.objects.get().counted == ONE_BY_ONE + 5


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(knocks=st.lists(st.sampled_from([401, 404, 429]), max_size=3 * ONE_BY_ONE))
def test_none_is_lost_and_lines_stay_few(db: None, knocks: list[int]) -> None:
    with transaction.atomic():
        before = len(refused())
        for status in knocks:
            record_refusal_of_nobody(deed="inventé", detail={"status": status})
        with acting_as(None):
            close_hours(now=now() + timedelta(hours=1))
        traces = refused()[before:]
        assert told(traces) == len(knocks)
        assert len(traces) <= (ONE_BY_ONE + 1) * len(set(knocks))
        transaction.set_rollback(True)


def test_no_agent_reads_nor_changes_a_count(nadia: Agent) -> None:
    record_refusal_of_nobody(deed="inventé", detail={"status": 401})
    with acting_as(nadia):
        assert not RefusalTally.objects.exists()
        assert not RefusalTally.objects.update(counted=0)
        assert not RefusalTally.objects.all().delete()[0]
    assert RefusalTally.objects.get().counted == 1


def test_whoever_is_known_has_a_line_for_each_refusal(client: Client, sofia: Agent) -> None:
    client.force_login(sofia)
    for _ in range(ONE_BY_ONE + 5):
        assert client.get("/comptes/").status_code == 403
    assert len(refused()) == ONE_BY_ONE + 5


@pytest.mark.parametrize("known", [True, False])
def test_one_failed_sign_in_has_one_trace(client: Client, nadia: Agent, known: bool) -> None:
    email = nadia.email if known else "personne@fanal.invalid"
    client.post("/connexion/", {"email": email, "password": "pas le sien"})

    (trace,) = refused()
    assert (trace.deed, trace.agent) == ("session.open", nadia if known else None)


def test_who_must_wait_has_one_trace_too(client: Client, nadia: Agent) -> None:
    for _ in range(6):
        client.post("/connexion/", {"email": nadia.email, "password": "pas le sien"})
    assert [one.detail.get("refusal") for one in refused()] == [None] * 5 + ["TriedTooMuch"]

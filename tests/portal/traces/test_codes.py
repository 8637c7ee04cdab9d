"""The code that a référent gives, and the page that it opens to the young person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from factories import CaseFileFactory, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.people.models import Minor
from fanal.ground.shell.visitors import FIELD, form_token
from fanal.portal.traces.models import AccessCode
from fanal.portal.traces.use_cases import code_digest
from rows import as_owner

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b")


@pytest.fixture
def followed(lea: Minor, claire: Agent, nadia: Agent, julien: Agent, sofia: Agent) -> Minor:
    """Léa, whom Claire follows; Nadia and the parquet opened her file, and Sofia alerted."""
    GrantFactory(case_file=lea.case_file, agent=claire)
    for agent in (nadia, julien, sofia):
        with acting_as(agent):
            record(agent=agent, deed="minor.read", subject=lea, outcome=Outcome.READ)
    return lea


@pytest.fixture
def desk(client: Client, claire: Agent) -> Client:
    client.force_login(claire)
    return client


def given(desk: Client, minor: Minor) -> str:
    answer = desk.post(reverse("traces:give", args=[minor.case_file.ref]))
    (code,) = set(CODE.findall(answer.content.decode()))
    return code


def typed(code: str, **extra: str) -> str:
    answer = Client().post(reverse("traces:by_code"), {"code": code, FIELD: form_token()}, **extra)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_a_code_shows_services_and_functions_and_no_name(desk: Client, followed: Minor) -> None:
    shown = typed(given(desk, followed).lower().replace("-", " "))

    assert "Département du Nord" in shown
    assert "fonction inventée" in shown
    assert "Nadia" not in shown
    assert "Claire" not in shown
    assert followed.family_name not in shown
    # What the justice read is withheld.
    assert "Parquet" not in shown
    assert "Julien" not in shown
    # So is who alerted.
    assert "Collège" not in shown


def test_the_page_names_nothing_and_leaves_at_once(desk: Client, followed: Minor) -> None:
    shown = Client().get(reverse("traces:by_code"))
    text = shown.content.decode()
    assert "<title>Fanal</title>" in text
    assert "exit" in text
    assert not shown.cookies
    assert "no-store" in shown["Cache-Control"]


def test_the_code_is_shown_once_and_kept_nowhere(desk: Client, followed: Minor) -> None:
    code = given(desk, followed)

    again = desk.get(reverse("traces:give", args=[followed.case_file.ref])).content.decode()
    assert code not in again
    with as_owner():
        row = AccessCode.objects.get()
        details = str(list(Trace.objects.values_list("detail", flat=True)))
    assert row.digest == code_digest(code)
    assert code not in str(vars(row)) + details


def test_giving_and_using_leave_a_trace(desk: Client, followed: Minor) -> None:
    typed(given(desk, followed))
    typed("AAAAA-AAAAA")

    with as_owner():
        traces = list(
            Trace.objects.filter(deed__startswith="traces.")
            .order_by("at")
            .values_list("deed", "outcome", "case_file_ref")
        )
    ref = followed.case_file.ref
    assert traces == [
        ("traces.give_code", "done", ref),
        ("traces.use_code", "read", ref),
        ("traces.use_code", "refused", None),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": "expired"},
        {"revoked_at": "revoked"},
        {"used_at": "used"},
    ],
)
def test_a_code_that_is_over_opens_nothing(
    desk: Client, followed: Minor, change: dict[str, str]
) -> None:
    code, hour_ago = given(desk, followed), now() - timedelta(hours=1)
    with as_owner():
        AccessCode.objects.update(
            given_at=hour_ago - timedelta(days=1), **dict.fromkeys(change, hour_ago)
        )

    assert "n’ouvre rien" in typed(code)


def test_a_code_is_cancelled_by_who_follows(desk: Client, followed: Minor) -> None:
    code = given(desk, followed)
    with as_owner():
        ref = AccessCode.objects.get().ref
    assert desk.post(reverse("traces:revoke", args=[ref])).status_code == 302

    assert "n’ouvre rien" in typed(code)


def test_whoever_tries_codes_is_slowed_and_others_are_not(desk: Client, followed: Minor) -> None:
    code = given(desk, followed)
    for _ in range(10):
        typed("AAAAA-AAAAA", REMOTE_ADDR="203.0.113.5")

    assert "Trop d’essais" in typed(code, REMOTE_ADDR="203.0.113.5")
    assert "Département du Nord" in typed(code, REMOTE_ADDR="203.0.113.6")


def test_the_printed_page_is_the_same(desk: Client, followed: Minor) -> None:
    answer = desk.post(reverse("traces:give", args=[followed.case_file.ref]), {"print": "1"})
    shown = answer.content.decode()

    assert "Département du Nord" in shown
    assert "Garde-la dans un endroit sûr" in shown
    assert "Nadia" not in shown


def test_a_stranger_finds_nothing(client: Client, paul: Agent, desk: Client, lea: Minor) -> None:
    other = MinorFactory(case_file=CaseFileFactory(authority_id="13"))
    address = reverse("traces:give", args=[other.case_file.ref])
    assert desk.get(address).status_code == 404
    assert desk.post(address).status_code == 404
    client.force_login(paul)
    assert client.get(reverse("traces:give", args=[lea.case_file.ref])).status_code == 404

"""What a transaction leaves behind it: here nothing is rolled back at the end of a test."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from config.demonstration.world import empty_database
from fanal.ground.access.asking import WHO_ASKS, acting_as
from fanal.ground.access.guards import DeskRequest, signed_in
from fanal.ground.access.middleware import WhoAsks
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from past import past

__all__ = ["empty_database"]
pytestmark = pytest.mark.usefixtures("empty_database")


@pytest.fixture
def agent(empty_database: None) -> Agent:
    organisation = Organisation.objects.create(
        name="Nord (invention)", slug="nord", kind="child_welfare", authority_id="59"
    )
    agent = Agent.objects.create_user("nadia@fanal.invalid", None, name="Nadia Inventée")
    Posting.objects.create(
        agent=agent, organisation=organisation, role="crip", since=date(2020, 1, 1)
    )
    return agent


def speaker() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('fanal.agent', true), '')")
        (found,) = cursor.fetchone()
    return str(found)


def traces() -> list[tuple[str, str, Any]]:
    """Read by the owner, on a connection of its own: what is there is committed."""
    kept = Trace.objects.using("owner").order_by("at")
    found = list(kept.values_list("deed", "outcome", "agent"))
    connections["owner"].close()
    return found


def test_the_database_forgets_who_asked_when_the_transaction_ends(agent: Agent) -> None:
    """The connection goes back to the pool: whoever takes it next is nobody."""
    with acting_as(agent):
        assert speaker() == str(agent.pk)
    assert speaker() == ""

    with suppress(NotVisible), acting_as(agent):
        raise NotVisible
    assert speaker() == ""
    assert transaction.get_autocommit()


@signed_in
def writes_then_refuses(request: DeskRequest) -> HttpResponse:
    past(Notification).create(
        agent=request.user, text="inventé", path="/", created_at="2026-03-09T12:00Z"
    )
    raise NotVisible


def asked(view: Any, agent: Agent) -> HttpRequest:
    request = RequestFactory().post("/")
    request.user = agent
    WhoAsks(lambda _: HttpResponse()).process_view(request, view, (), {})
    return request


def test_who_asks_is_said_for_one_transaction_even_where_nobody_takes_it_back(
    empty_database: None,
) -> None:
    """The live channel says it in the same words, on a connection that others take next."""
    names = ("fanal.agent", "fanal.organisation", "fanal.purpose", "fanal.intake")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WHO_ASKS, ["1", "2", "desk", "59"])
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
            assert cursor.fetchone() == ("",), name


def test_a_refusal_is_kept_and_the_act_is_not(agent: Agent) -> None:
    with pytest.raises(Http404):
        asked(writes_then_refuses, agent)

    assert not past(Notification).exists()
    assert [(outcome, who) for _, outcome, who in traces()] == [("refused", agent.pk)]


def test_a_screen_that_does_not_exist_for_the_agent_leaves_its_refusal(agent: Agent) -> None:
    client = Client()
    client.force_login(agent)

    nowhere = reverse("concerns:show", args=["00000000-0000-4000-8000-000000000000"])
    assert client.get(nowhere).status_code == 404
    assert client.get(reverse("reports:inbox")).status_code == 403

    assert traces() == [
        ("detect.concerns.views.crip.show", "refused", agent.pk),
        ("detect.reports.views.lists.inbox", "refused", agent.pk),
    ]
    assert speaker() == ""


def test_an_unforeseen_error_keeps_neither_the_act_nor_a_refusal(agent: Agent) -> None:
    @signed_in
    def breaks(request: DeskRequest) -> HttpResponse:
        Agent.objects.filter(pk=request.user.pk).update(function="changée")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked(breaks, agent)

    agent.refresh_from_db()
    assert agent.function == ""
    assert traces() == []

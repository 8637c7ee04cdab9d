"""Closed by default, named, traced; and no page of a desk stays in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from factories import AgentFactory, ConcernFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.asking import who_asks
from fanal.ground.access.guards import DeskRequest, needs, public, signed_in
from fanal.ground.access.middleware import WhoAsks, is_open
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from rows import as_owner

pytestmark = pytest.mark.django_db

NOWHERE = "00000000-0000-4000-8000-000000000000"


def process(
    view: Callable[..., Any], user: Any, path: str = "/ailleurs/?a=1"
) -> HttpResponse | None:
    request = RequestFactory().get(path)
    request.user = user
    answer: HttpResponse | None = WhoAsks(lambda _: HttpResponse()).process_view(
        request, view, (), {}
    )
    return answer


def only_trace() -> Trace:
    with as_owner():
        return Trace.objects.get()


def plain_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bonjour")


def test_a_view_that_says_nothing_is_closed() -> None:
    assert not is_open(plain_view)

    answer = process(plain_view, AnonymousUser())

    assert answer is not None
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/connexion/?next=/ailleurs/%3Fa%3D1"


def test_a_public_view_passes_without_a_name() -> None:
    assert process(public(plain_view_again), AnonymousUser()) is None


def plain_view_again(request: HttpRequest) -> HttpResponse:
    return plain_view(request)


def test_the_view_speaks_for_whoever_signed_in(nadia: Agent) -> None:
    heard = {}

    def view(request: DeskRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_agent()")
            heard["database"] = cursor.fetchone()[0]
        heard["code"] = who_asks().agent
        return HttpResponse()

    process(view, nadia)

    assert heard == {"database": nadia.pk, "code": nadia}


def test_a_desk_page_is_never_kept(client: Client, nadia: Agent) -> None:
    client.force_login(nadia)

    kept = client.get("/bureau/").headers["Cache-Control"]

    assert {"no-store", "private", "no-cache"} <= set(kept.replace(" ", "").split(","))


def test_what_does_not_exist_and_what_is_hidden_answer_alike(client: Client, paul: Agent) -> None:
    client.force_login(paul)
    hidden = reverse("concerns:show", args=[ConcernFactory().ref])
    missing = reverse("concerns:show", args=[NOWHERE])

    answers = [client.get(path) for path in (hidden, missing)]

    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [
        answer.content.decode().replace(path, "")
        for answer, path in zip(answers, (hidden, missing), strict=True)
    ]
    assert pages[0] == pages[1]


def test_a_refusal_names_the_agent_the_deed_and_nothing_of_the_file(
    client: Client, paul: Agent
) -> None:
    client.force_login(paul)

    client.get(reverse("concerns:show", args=[ConcernFactory().ref]))

    trace = only_trace()
    assert (trace.agent, trace.outcome) == (paul, "refused")
    assert trace.deed == "detect.concerns.views.crip.show"
    # The authority is his own: whoever watches over it there sees what he tried.
    assert (trace.subject_ref, trace.case_file_ref, trace.authority_code) == (None, None, "13")
    assert trace.detail == {"method": "GET"}


def test_a_missing_right_is_a_403_and_is_traced(client: Client, sofia: Agent) -> None:
    client.force_login(sofia)

    answer = client.get(reverse("concerns:list"))

    assert answer.status_code == 403
    assert only_trace().outcome == "refused"


def test_a_right_is_asked_before_the_object(client: Client, sofia: Agent) -> None:
    """A 404 for those that exist and a 403 for the others would tell them apart."""
    client.force_login(sofia)

    for ref in (ConcernFactory().ref, NOWHERE):
        assert client.get(reverse("concerns:show", args=[ref])).status_code == 403


def test_one_of_several_rights_is_enough(sofia: Agent, nadia: Agent) -> None:
    view = needs(Right.ANSWER_REPORTS, Right.WRITE_CONCERNS)(plain_view)

    answer = process(view, sofia)
    assert answer is not None
    assert answer.content == b"bonjour"
    with pytest.raises(PermissionDenied):
        process(needs(Right.ANSWER_REPORTS, Right.SIGN_DECISIONS)(plain_view), nadia)


def test_guards_leave_their_mark_on_the_view() -> None:
    assert needs(Right.SCREEN)(plain_view).rights == (Right.SCREEN,)  # type: ignore[attr-defined]
    assert signed_in(lambda request: HttpResponse()).right is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("authority", "zone"),
    [("974", "Indian/Reunion"), ("972", "America/Martinique"), ("59", "Europe/Paris")],
)
def test_hours_are_those_of_the_agent_s_authority(db: None, authority: str, zone: str) -> None:
    agent = AgentFactory()
    there = OrganisationFactory(kind="child_welfare", authority_id=authority)
    PostingFactory(agent=agent, organisation=there, role="crip")
    said = []

    def view(request: DeskRequest) -> HttpResponse:
        said.append(timezone.get_current_timezone_name())
        return HttpResponse()

    process(view, agent)

    assert said == [zone]
    assert timezone.get_current_timezone_name() == "Europe/Paris"


def test_an_agent_of_no_authority_reads_the_hours_of_paris(sofia: Agent) -> None:
    said = []

    def view(request: DeskRequest) -> HttpResponse:
        said.append(timezone.localtime(datetime(2026, 1, 1, 12, tzinfo=UTC)).hour)
        return HttpResponse()

    process(view, sofia)

    assert said == [13]


def test_the_zone_is_put_back_after_a_refusal(db: None) -> None:
    agent = AgentFactory()
    there = OrganisationFactory(kind="child_welfare", authority_id="974")
    PostingFactory(agent=agent, organisation=there, role="crip", since=date(2020, 1, 1))

    def view(request: DeskRequest) -> HttpResponse:
        raise NotVisible

    with pytest.raises(Http404):
        process(view, agent)
    assert timezone.get_current_timezone_name() == "Europe/Paris"


def test_a_closed_account_is_nobody(client: Client, nadia: Agent) -> None:
    client.force_login(nadia)
    Agent.objects.filter(pk=nadia.pk).update(is_active=False)

    assert client.get(reverse("concerns:list")).status_code == 302


def test_the_administration_is_behind_the_same_door(client: Client, nadia: Agent) -> None:
    assert client.get("/administration/").headers["Location"].startswith("/connexion/")
    client.force_login(nadia)
    assert client.get("/administration/").status_code == 302

"""What leaves a trace besides acts: lists, searches, entries, refusals of every kind."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.test import Client, RequestFactory
from django.urls import reverse

from factories import NOON, ConcernFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.use_cases import create_token
from fanal.ground.audit.models import Trace
from fanal.ground.audit.use_cases import NAMED, record_list
from fanal.ground.errors import Refusal, noting_refusals
from fanal.ground.people.models import Minor
from rows import as_owner

pytestmark = pytest.mark.django_db


class Trail:
    """The traces that come after a moment: earlier ones stay, and are not looked at."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        with as_owner():
            self._seen = set(Trace.objects.values_list("pk", flat=True))

    def new(self) -> list[Trace]:
        with as_owner():
            return list(Trace.objects.exclude(pk__in=self._seen).order_by("at"))

    def only(self) -> Trace:
        (trace,) = self.new()
        return trace


@pytest.fixture
def trail(db: None) -> Trail:
    return Trail()


@pytest.fixture
def desk(client: Client, nadia: Agent, trail: Trail) -> Client:
    client.force_login(nadia)
    trail.begin()
    return client


def test_a_list_leaves_one_trace_a_page_naming_its_files_and_not_what_was_sought(
    desk: Client,
    trail: Trail,
) -> None:
    concern = ConcernFactory()

    desk.post(reverse("concerns:list"), {"q": "lea", "shown": "all"}, follow=True)

    trace = trail.only()
    assert (trace.deed, trace.outcome, trace.authority_code) == ("concern.list", "read", "59")
    assert trace.detail["filters"] == ["q", "shown"]
    assert set(trace.detail) <= {"rows", "page", "filters", "files", "refs"}
    assert str(concern.case_file.ref) in trace.detail.get("files", [str(concern.case_file.ref)])
    assert "lea" not in str(trace.detail)


def test_a_search_keeps_its_count_and_no_word(desk: Client, trail: Trail) -> None:
    desk.post(reverse("desks:search"), {"q": "Zoé Inventée"})

    trace = trail.only()
    assert (trace.deed, trace.detail) == ("search", {"rows": 0, "page": 1})


def test_an_export_leaves_a_trace_with_its_count(desk: Client, trail: Trail) -> None:
    desk.get(reverse("concerns:export"))

    assert trail.only().detail["rows"] == 0


def test_a_long_list_is_known_by_the_digest_of_its_files(nadia: Agent) -> None:
    minors = [MinorFactory.build() for _ in range(NAMED + 1)]
    for minor in minors:
        minor.case_file.ref = uuid4()
    with acting_as(nadia):
        trace = record_list(agent=nadia, deed="inventé", rows=minors)

    assert trace.detail["files_count"] == len(minors)
    assert len(trace.detail["files_digest"]) == 64
    assert "files" not in trace.detail


def test_who_comes_in_leaves_or_is_not_let_in_has_a_trace(
    client: Client, nadia: Agent, trail: Trail
) -> None:
    trail.begin()
    assert not client.login(username=nadia.email, password="pas le sien")
    assert not client.login(username="personne@fanal.invalid", password="rien")
    request = RequestFactory().post("/")
    user_logged_in.send(sender=Agent, request=request, user=nadia)
    user_logged_out.send(sender=Agent, request=request, user=nadia)

    assert [(one.deed, one.outcome, one.agent_id) for one in trail.new()] == [
        ("session.open", "refused", nadia.pk),
        ("session.open", "refused", None),
        ("session.open", "done", nadia.pk),
        ("session.close", "done", nadia.pk),
    ]


def test_the_api_keeps_what_it_refused(client: Client, school: Organisation, trail: Trail) -> None:
    from django.utils.timezone import now

    _, token = create_token(organisation=school, label="essai", now=now())
    trail.begin()
    address = "/api/v1/concerns"
    client.post(address, data="{}", content_type="application/json")
    bearer = {"authorization": f"Bearer {token}"}
    client.post(address, data="{}", content_type="application/json", headers=bearer)
    client.get(f"{address}/inconnue", headers=bearer)

    assert [(one.outcome, one.detail["status"], one.organisation_id) for one in trail.new()] == [
        ("refused", 401, None),
        ("refused", 422, school.pk),
        ("refused", 404, school.pk),
    ]


def test_a_missing_csrf_token_leaves_a_trace(nadia: Agent, trail: Trail) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(nadia)
    trail.begin()

    assert strict.post(reverse("notifications:read_all")).status_code == 403

    trace = trail.only()
    assert (trace.outcome, trace.detail["status"], trace.agent) == ("refused", 403, nadia)


def test_an_unknown_reference_leaves_one_trace(desk: Client, trail: Trail) -> None:
    assert desk.get(reverse("concerns:show", args=[uuid4()])).status_code == 404

    assert trail.only().outcome == "refused"


def test_a_refusal_that_a_form_says_leaves_a_trace(desk: Client, trail: Trail) -> None:
    """The view answers 200 with a sentence: the act was refused all the same."""
    for number in range(21):
        answer = desk.post(
            reverse("desks:save_filter"),
            {"name": f"filtre {number}", "screen": "concerns:list", "query": ""},
        )
    assert answer.status_code == 200

    (refused,) = [one for one in trail.new() if one.outcome == "refused"]
    assert refused.detail == {"method": "POST", "refusal": "TooMany", "status": 200}


def test_an_address_that_nobody_serves_is_noise(client: Client, trail: Trail) -> None:
    trail.begin()
    client.get("/rien/du/tout/")
    assert trail.new() == []


def test_refusals_are_noted_inside_and_forgotten_outside() -> None:
    with noting_refusals() as noted:
        Refusal()
    Refusal()
    assert noted == ["Refusal"]


def test_an_opened_notice_leaves_a_trace(
    desk: Client, nadia: Agent, lea: Minor, trail: Trail
) -> None:
    from fanal.ground.notifications.models import Notification

    with as_owner():
        notice = Notification.objects.create(
            agent=nadia, text="Un avis inventé", path="/", created_at=NOON
        )
    desk.post(reverse("notifications:follow", args=[notice.ref]))

    assert trail.only().deed == "notice.read"

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, RowFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.notifications.models import Notification
from past import past

pytestmark = pytest.mark.django_db

INBOX = "/avis/"


class NoticeFactory(RowFactory[Notification]):
    class Meta:
        model = Notification

    text = "Un avis inventé."
    path = "/recherche/"
    created_at = NOON


@pytest.fixture
def desk(client: Client, nadia: Agent) -> Client:
    client.force_login(nadia)
    return client


def shown(desk: Client, page: int = 1) -> list[str]:
    return [notice.text for notice in desk.get(INBOX, {"page": page}).context["page"]]


def notice(agent: Agent, text: str, *, hours: int = 0, **more: Any) -> Notification:
    return NoticeFactory(agent=agent, text=text, created_at=NOON + timedelta(hours=hours), **more)


def test_what_is_unread_comes_first_then_what_is_recent(desk: Client, nadia: Agent) -> None:
    notice(nadia, "lu hier", hours=5, read_at=NOON + timedelta(hours=6))
    notice(nadia, "ancien", hours=1)
    notice(nadia, "lu avant", hours=6, read_at=NOON + timedelta(hours=7))
    notice(nadia, "récent", hours=2)

    assert shown(desk) == ["récent", "ancien", "lu avant", "lu hier"]


def test_what_is_unread_is_not_pushed_to_another_page(desk: Client, nadia: Agent) -> None:
    for number in range(30):
        notice(nadia, "lu", hours=number, read_at=NOON)
    notice(nadia, "en attente")

    assert shown(desk)[0] == "en attente"
    assert len(shown(desk)) == 25
    assert len(shown(desk, page=2)) == 6


def test_an_agent_sees_their_own_notices_alone(desk: Client, ines: Agent) -> None:
    notice(ines, "pour Inès")

    assert shown(desk) == []


def test_following_marks_read_and_leads_there(desk: Client, nadia: Agent) -> None:
    waiting = notice(nadia, "en attente")

    answer = desk.post(reverse("notifications:follow", args=[waiting.ref]))

    assert answer.headers["Location"] == "/recherche/"
    assert past(Notification).get(pk=waiting.pk).read_at is not None


def test_looking_marks_nothing(desk: Client, nadia: Agent) -> None:
    """A browser that fetches ahead must not read in the agent's stead."""
    waiting = notice(nadia, "en attente")

    assert desk.get(reverse("notifications:follow", args=[waiting.ref])).status_code == 405
    desk.get(INBOX)

    assert past(Notification).get(pk=waiting.pk).read_at is None


def test_another_agent_s_notice_is_a_404(desk: Client, ines: Agent) -> None:
    theirs = notice(ines, "pour Inès")

    assert desk.post(reverse("notifications:follow", args=[theirs.ref])).status_code == 404
    assert past(Notification).get(pk=theirs.pk).read_at is None


def test_the_database_itself_shows_and_changes_nobody_else_s_notices(
    nadia: Agent, ines: Agent
) -> None:
    notice(ines, "pour Inès")
    with acting_as(nadia):
        assert not Notification.objects.exists()
        assert Notification.objects.update(read_at=NOON) == 0
    with acting_as(ines):
        assert Notification.objects.count() == 1


def test_reading_all_empties_the_count(desk: Client, nadia: Agent) -> None:
    for number in range(3):
        notice(nadia, "en attente", hours=number)
    assert desk.get(INBOX).context["unread"] == 3

    answer = desk.post(reverse("notifications:read_all"), follow=True)

    assert answer.context["unread"] == 0


def test_as_many_queries_for_two_notices_as_for_twenty(
    desk: Client, nadia: Agent, django_assert_num_queries: Any
) -> None:
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            desk.get(INBOX)
        return len(caught)

    for number in range(2):
        notice(nadia, "en attente", hours=number)
    few = queries()
    for number in range(18):
        notice(nadia, "en attente", hours=number)
    assert queries() == few

"""What comes back: the day is kept, the answer is told, and each authority has its share."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from factories import SubmissionFactory
from fanal.detect.concerns.events import AuthorTold
from fanal.detect.concerns.models import Concern, Submission
from fanal.detect.concerns.use_cases import dismiss_concern, open_concern
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.notifications.models import Notification
from fanal.helpline.contacts.figures import Return, published, returns
from fanal.helpline.contacts.models import Transmission
from fanal.helpline.contacts.queries import awaiting_answer
from fanal.helpline.contacts.reactions import author_told
from fanal.helpline.contacts.views.leaving import course_of
from helpline.contacts.writing import DAY, HOUR, NOON, kept, prepared, signed, written
from past import past

pytestmark = pytest.mark.django_db
QUIET = {"exploitation": "none", "dangers": []}


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [AuthorTold.task],
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def hear() -> None:
    for job in jobs():
        author_told(**job)


@pytest.fixture
def sent(maya: Agent, anouk: Agent) -> Transmission:
    return signed(anouk, prepared(maya, kept(maya, written(**QUIET))))


def answer(nadia: Agent, sent: Transmission) -> None:
    with acting_as(nadia):
        concern = Concern.objects.get()
        open_concern(agent=nadia, ref=concern.ref, now=NOON + HOUR)
        dismiss_concern(agent=nadia, ref=concern.ref, reason="Sans danger.", now=NOON + DAY)


def test_an_answer_is_told_to_who_wrote_and_who_coordinates(
    sent: Transmission, maya: Agent, anouk: Agent, tom: Agent, nadia: Agent
) -> None:
    past(Notification).all().delete()
    answer(nadia, sent)
    hear()
    hear()
    told = past(Notification).filter(text__startswith="Le département a répondu")
    assert sorted(one.agent.name for one in told.select_related("agent")) == [
        "Anouk Inventée",
        "Maya Inventée",
    ]
    assert {one.path for one in told} == {sent.contact.get_absolute_url()}
    found = past(Transmission).get()
    assert (found.opened_at, found.answered_at) == (NOON + HOUR, NOON + DAY)


def test_the_record_says_the_three_words_with_their_days(
    sent: Transmission, maya: Agent, nadia: Agent
) -> None:
    def said() -> list[tuple[str, str]]:
        with acting_as(maya):
            found = Transmission.objects.select_related("submission").get()
            return [(step.label, step.state) for step in course_of(found)]

    assert said() == [
        ("Reçue, 28/11", "current"),
        ("En cours", "todo"),
        ("Réponse donnée", "todo"),
    ]
    answer(nadia, sent)
    hear()
    assert said() == [
        ("Reçue, 28/11", "done"),
        ("En cours, 28/11", "done"),
        ("Réponse donnée, 29/11", "done"),
    ]


def test_what_others_sent_is_none_of_ours(school: Organisation, sofia: Agent, maya: Agent) -> None:
    submission = SubmissionFactory(organisation=school, agent=sofia)
    author_told(
        submission_ref=str(submission.ref),
        organisation_ref=str(school.ref),
        status="outcome_given",
        at=NOON.isoformat(),
    )
    assert not past(Notification).exists()


def test_a_school_that_reported_is_told_that_an_answer_is_given(
    school: Organisation, sofia: Agent, nadia: Agent
) -> None:
    from detect.concerns.test_send import send

    send(school, sofia, exploitation="none")
    past(Notification).all().delete()
    with acting_as(nadia):
        ref = Concern.objects.get().ref
        dismiss_concern(agent=nadia, ref=ref, reason="Sans danger.", now=NOON)
    notice = past(Notification).get(agent=sofia)
    assert str(past(Submission).get().ref) in notice.path
    assert "réponse" in notice.text


def test_each_authority_has_its_share(
    sent: Transmission, maya: Agent, anouk: Agent, nadia: Agent, helpline: Organisation
) -> None:
    signed(anouk, prepared(maya, kept(maya, written(**QUIET)), now=NOON + HOUR))
    elsewhere = written(**QUIET, commune="13055")
    signed(anouk, prepared(maya, kept(maya, elsewhere)))
    with acting_as(nadia):
        first = Concern.objects.order_by("pk").first()
        assert first is not None
        dismiss_concern(agent=nadia, ref=first.ref, reason="Sans danger.", now=NOON + DAY)
    with acting_as(anouk):
        rows = {one.authority.code: one for one in returns(helpline)}
        assert (rows["59"].answered, rows["59"].sent, rows["59"].share) == (1, 2, 50)
        assert (rows["13"].answered, rows["13"].sent, rows["13"].share) == (0, 1, 0)
        assert rows["59"].oldest is not None
        assert len(awaiting_answer()) == 2
        assert len(awaiting_answer("59")) == len(awaiting_answer("13")) == 1
    with acting_as(maya):
        assert sum(one.sent for one in returns(helpline)) == 3


@pytest.mark.parametrize(
    ("sent", "answered", "shown"),
    [
        (10, 10, "moins de 11"),
        (11, 11, "11 sur 11"),
        (30, 12, "12 sur 30"),
        (30, 10, "moins de 11"),
        (30, 25, "moins de 11"),
        (11, 0, "0 sur 11"),
        (0, 0, "0 sur 0"),
    ],
)
def test_a_small_count_is_not_published(
    nord: Organisation, sent: int, answered: int, shown: str
) -> None:
    assert nord.authority is not None
    row = Return(nord.authority, sent, answered, 0)
    assert [said for _, said, _ in published([row])] == [shown]

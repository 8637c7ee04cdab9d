"""Every screen of the room, and somebody who does the same work elsewhere: nothing is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from factories import NOON, ConcernFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome
from fanal.ground.people.models import Minor
from fanal.protect.measures.models import MeasureStep
from fanal.protect.measures.terms import MeasureType
from fanal.protect.measures.urls import urlpatterns
from fanal.protect.measures.use_cases import ask_parents
from fanal.protect.situations.models import Situation
from protect.measures.acting import DAY, LONG_AFTER, in_force, shelter

pytestmark = pytest.mark.django_db

WITHOUT_A_FILE = {"deadlines", "export", "shelters", "shelter_new"}
OF = {
    "of_situation": "situation",
    "request": "situation",
    "request_concern": "concern",
    "request_file": "case_file",
    "shelter_file": "case_file",
    "answer": "question",
}


def screens() -> list[str]:
    return [str(one.name) for one in urlpatterns if isinstance(one, URLPattern)]


ABOUT_A_MINOR = sorted(set(screens()) - WITHOUT_A_FILE)


def subject_of(name: str) -> str:
    if name.startswith("shelter") and name != "shelter_file":
        return "shelter"
    return OF.get(name, "measure")


@pytest.fixture
def refs(claire: Agent, lea: Minor, followed: Situation) -> dict[str, UUID]:
    measure = in_force(claire, followed, MeasureType.PLACEMENT_ASE)
    with acting_as(claire):
        question = ask_parents(
            agent=claire,
            ref=measure.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )
    return {
        "measure": measure.ref,
        "situation": followed.ref,
        "case_file": lea.case_file.ref,
        "concern": ConcernFactory(
            minor=lea, status="decided", outcome="admin_measure", decided_at=NOON
        ).ref,
        "question": question.ref,
        "shelter": shelter(claire, lea.case_file.ref).ref,
    }


def test_there_is_a_screen_for_each_event() -> None:
    assert len(ABOUT_A_MINOR) > 30


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_meets_the_same_404_on_every_screen(
    client: Client, paul: Agent, refs: dict[str, UUID], method: str
) -> None:
    client.force_login(paul)
    for name in ABOUT_A_MINOR:
        ours = reverse(f"measures:{name}", args=[refs[subject_of(name)]])
        nobody_s = reverse(f"measures:{name}", args=[uuid4()])

        seen, missing = (getattr(client, method)(path) for path in (ours, nobody_s))

        # A page that is only read refuses to be written to, whoever comes and whatever exists.
        read_only = method == "post" and missing.status_code == 405
        assert (name, seen.status_code) == (name, 405 if read_only else 404)
        assert missing.status_code == seen.status_code
        assert seen.content.replace(ours.encode(), b"") == missing.content.replace(
            nobody_s.encode(), b""
        ), name


def test_a_stranger_changes_nothing_and_leaves_a_trace(
    client: Client, paul: Agent, refs: dict[str, UUID], as_owner: Any
) -> None:
    client.force_login(paul)
    with as_owner():
        before = MeasureStep.objects.count()

    client.post(
        reverse("measures:lift_measure", args=[refs["measure"]]),
        {"on": "09/03/2026", "reason": "invention"},
    )

    with as_owner():
        assert MeasureStep.objects.count() == before
        assert Trace.objects.filter(agent=paul, outcome=Outcome.REFUSED).exists()


@pytest.mark.parametrize("name", sorted(WITHOUT_A_FILE - {"shelter_new"}))
def test_a_stranger_s_lists_are_empty(
    client: Client, paul: Agent, refs: dict[str, UUID], name: str
) -> None:
    client.force_login(paul)

    response = client.get(reverse(f"measures:{name}"))

    assert response.status_code == 200
    assert b"L. I." not in response.content


def test_other_professions_have_no_door(
    client: Client, sofia: Agent, julien: Agent, refs: dict[str, UUID]
) -> None:
    for agent in (sofia, julien):
        client.force_login(agent)
        for name in screens():
            args = [] if name in WITHOUT_A_FILE else [refs[subject_of(name)]]
            response = client.get(reverse(f"measures:{name}", args=args))
            assert (name, response.status_code) == (name, 403)


def test_nobody_passes_unnamed(client: Client, db: None) -> None:
    for name in screens():
        args = [] if name in WITHOUT_A_FILE else [uuid4()]
        response = client.get(reverse(f"measures:{name}", args=args))
        assert (name, response.status_code) == (name, 302)


def test_the_on_call_reads_no_measure(client: Client, omar: Agent, refs: dict[str, UUID]) -> None:
    client.force_login(omar)

    response = client.get(reverse("measures:show", args=[refs["measure"]]))

    assert response.status_code == 403

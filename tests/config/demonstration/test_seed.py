"""The demonstration: invented people, work under way, made through the product's own use cases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.db import connection
from psycopg import sql

from config.demonstration.kept import Made
from config.demonstration.world import world
from fanal.config.demonstration import seed
from fanal.config.demonstration.stories import FAMILY, stories
from fanal.detect.concerns.models import Concern, ConcernStep, Informant, OtherMinor
from fanal.detect.concerns.schema import parse_concern
from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.models import Clock
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Holder, Minor
from fanal.ground.territory.queries import find_commune
from fanal.protect.situations.models import Situation
from past import past
from rows import as_owner

__all__ = ["world"]
pytestmark = pytest.mark.django_db


DIGEST = sql.SQL("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t")


def digest_of_everything() -> dict[str, Any]:
    """One digest per table, whatever row of it changes."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(
                    sql.SQL(
                        "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
                    ).format(table)
                )
                found[model._meta.db_table] = cursor.fetchone()
    return found


def marked(name: str) -> bool:
    return any(word in name for word in FAMILY)


def test_seeding_again_changes_nothing(world: Made) -> None:
    before = digest_of_everything()

    seed(now=world.seeded_at + timedelta(hours=1))

    assert digest_of_everything() == before
    assert before["people_minor"] != (None,)


def test_seeding_is_quick(world: Made) -> None:
    assert world.processor_seconds < 15


def test_every_agent_and_organisation_is_a_demonstration_without_a_password(world: Made) -> None:
    assert not Agent.objects.filter(is_demonstration=False).exists()
    assert not Organisation.objects.filter(is_demonstration=False).exists()
    for agent in Agent.objects.all():
        assert not is_password_usable(agent.password)
        assert agent.email.endswith(".invalid")


def test_everybody_in_the_files_is_marked_as_invented(world: Made) -> None:
    with as_owner():
        people = [
            *(minor.full_name for minor in Minor.objects.all()),
            *(other.full_name for other in OtherMinor.objects.all()),
            *Holder.objects.values_list("name", flat=True),
            *(one.name for one in Informant.objects.all()),
        ]
        facts = list(Concern.objects.values_list("facts", flat=True))
    assert [name for name in people if not marked(name)] == []
    assert len(people) > 100
    assert [text for text in facts if "[personne inventée]" not in text] == []


# What must have happened before a concern stands where it stands.
OPENED = {"received", "opened"}
EVALUATED = OPENED | {"evaluate", "visited", "evaluated"}
COURSE = {
    "received": {"received"},
    "first_analysis": OPENED,
    "not_a_concern": OPENED | {"not_a_concern"},
    "under_evaluation": OPENED | {"evaluate"},
    "evaluated": EVALUATED,
    "decided": EVALUATED | {"decided"},
    "notified": EVALUATED | {"decided", "notified"},
    "closed": EVALUATED | {"decided"},
}


def test_everything_came_through_the_use_cases(world: Made) -> None:
    """A row written behind their back has neither steps, nor clocks, nor traces."""
    with as_owner():
        for concern in Concern.objects.all():
            steps = set(ConcernStep.objects.filter(concern=concern).values_list("step", flat=True))
            deeds = set(
                Trace.objects.filter(subject_ref=concern.ref).values_list("deed", flat=True)
            )
            assert COURSE[concern.status] <= steps, concern.status
            assert "concern.send" in deeds
            assert Clock.objects.filter(subject_ref=concern.ref).exists()
        for situation in Situation.objects.all():
            traced = Trace.objects.filter(subject_ref=situation.ref)
            assert traced.filter(deed="situation.open").exists()
            assert (
                past(Grant)
                .filter(
                    case_file=situation.case_file, agent=situation.referent, capacity="referent"
                )
                .exists()
            )
        assert CaseFile.objects.count() == Minor.objects.count()


def test_each_desk_finds_work_under_way(world: Made) -> None:
    with as_owner():
        states = set(Concern.objects.values_list("status", flat=True))
        living = Situation.objects.living().count()
    assert {"received", "first_analysis", "under_evaluation", "evaluated", "notified"} <= states
    assert living >= 3


def test_nothing_is_dated_after_the_seeding(world: Made) -> None:
    with as_owner():
        for model, field in (
            (ConcernStep, "at"),
            (Notification, "created_at"),
            (Concern, "received_at"),
            (CaseFile, "opened_at"),
        ):
            late = model.objects.filter(**{f"{field}__gt": world.seeded_at})
            assert not late.exists(), model


def test_notices_older_than_two_days_are_read(world: Made) -> None:
    unread = past(Notification).unread()

    assert unread.exists()
    assert not unread.filter(created_at__lt=world.seeded_at - timedelta(days=2)).exists()


@pytest.mark.parametrize("seed_of_the_day", range(12))
def test_every_story_is_a_concern_of_the_published_schema(
    world: Made, seed_of_the_day: int
) -> None:
    now: datetime = world.seeded_at
    for story in stories(now=now, count=20, seed=seed_of_the_day):
        parse_concern(story, now=now, find_commune=find_commune)


def test_the_same_day_tells_the_same_stories(world: Made) -> None:
    now = world.seeded_at

    assert list(stories(now=now, count=9)) == list(stories(now=now, count=9))

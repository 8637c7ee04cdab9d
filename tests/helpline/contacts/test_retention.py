"""A record goes in time; what it counted stays counted, and nothing else of it is left."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.retention.models import Erasure
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.figures import Tallies, monthly
from fanal.helpline.contacts.models import Contact, MonthlyCount, Transmission
from fanal.helpline.contacts.terms import Axis, State
from helpline.contacts.writing import DAY, NOON, child, kept, prepared, written
from past import past

pytestmark = pytest.mark.django_db


def advised(agent: Agent, now: datetime = NOON) -> Contact:
    contact = kept(agent, written(children=[child(), child("Nour", group=2)]), now=now)
    with acting_as(agent):
        use_cases.conclude_contact(agent=agent, ref=contact.ref, outcome=State.ADVISED, now=now)
        return use_cases.close_contact(agent=agent, ref=contact.ref, now=now)


def sent(agent: Agent, now: datetime = NOON) -> Contact:
    contact = kept(agent, written(immediate_danger="yes"), now=now)
    prepared(agent, contact, now=now)
    with acting_as(agent):
        return use_cases.close_contact(agent=agent, ref=contact.ref, now=now)


def counted(anouk: Agent, helpline: Organisation) -> Tallies:
    with acting_as(anouk):
        return monthly(helpline)


def test_six_months_without_two_years_with(maya: Agent, helpline: Organisation) -> None:
    alone, left = advised(maya), sent(maya)
    apply_retention(now=NOON + 180 * DAY)
    assert set(past(Contact).all()) == {alone, left}
    apply_retention(now=NOON + 184 * DAY)
    assert past(Contact).get() == left
    apply_retention(now=NOON + 729 * DAY)
    assert past(Contact).exists()
    apply_retention(now=NOON + 733 * DAY)
    assert not past(Contact).exists()
    assert not past(Transmission).exists()
    assert past(Erasure).filter(thing="contacts.contact").count() == 2


@pytest.mark.parametrize(
    ("write", "last_day"),
    [
        ("advised", datetime(2027, 5, 28, 23, 59, tzinfo=PARIS)),
        ("sent", datetime(2028, 11, 28, 23, 59, tzinfo=PARIS)),
    ],
)
def test_the_last_day_is_whole_and_the_next_one_is_without_it(
    maya: Agent, helpline: Organisation, write: str, last_day: datetime
) -> None:
    {"advised": advised, "sent": sent}[write](maya)
    apply_retention(now=last_day)
    assert past(Contact).exists()
    apply_retention(now=last_day + timedelta(minutes=1))
    assert not past(Contact).exists()


def test_a_record_that_nobody_closed_goes_too(maya: Agent, helpline: Organisation) -> None:
    kept(maya)
    apply_retention(now=NOON + 184 * DAY)
    assert not past(Contact).exists()


def test_no_count_changes_when_records_go(
    maya: Agent, anouk: Agent, helpline: Organisation
) -> None:
    for days in (0, 3, 40):
        advised(maya, NOON + days * DAY)
        sent(maya, NOON + days * DAY)
    kept(maya)
    before = counted(anouk, helpline)
    assert before[datetime(2026, 11, 1).date(), Axis.CHANNEL, "call"].contacts == 3  # noqa: DTZ001
    for days in (184, 200, 733, 800):
        apply_retention(now=NOON + days * DAY)
        assert counted(anouk, helpline) == before
    assert not past(Contact).exists()


def test_what_is_left_names_nobody(maya: Agent, helpline: Organisation) -> None:
    advised(maya)
    apply_retention(now=NOON + 184 * DAY)
    rows = list(past(MonthlyCount).values_list("month", "axis", "value", "children", "groups"))
    assert {axis for _, axis, *_ in rows} == {"channel", "kind", "word"}
    assert {(children, groups) for *_, children, groups in rows} == {(2, 2)}
    assert {month.day for month, *_ in rows} == {1}


def test_who_does_not_coordinate_sees_no_count(
    maya: Agent, elsewhere: Agent, helpline: Organisation
) -> None:
    advised(maya)
    apply_retention(now=NOON + 184 * DAY)
    for somebody in (maya, elsewhere):
        with acting_as(somebody):
            assert not MonthlyCount.objects.exists()

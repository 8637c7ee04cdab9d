"""A call is in exactly one place of the funnel, for Python and for the database alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.calls.funnel import Moments, funnel_of
from fanal.helpline.calls.models import PLACES, Call
from fanal.helpline.calls.queries import counts
from fanal.helpline.calls.terms import SNATED, Funnel
from fanal.helpline.nomenclature.queries import words
from fanal.helpline.nomenclature.terms import Scheme
from past import past
from rows import as_owner

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("lasted", "place"),
    [(0, Funnel.ABANDONED_SOON), (4.999, Funnel.ABANDONED_SOON), (5, Funnel.ABANDONED)],
)
def test_five_seconds_part_those_who_hang_up(lasted: float, place: Funnel) -> None:
    assert funnel_of(Moments(NOON, ended=NOON + lasted * SECOND)) is place


def test_there_is_a_place_for_each_word() -> None:
    assert set(PLACES) == set(Funnel.values)


def test_each_word_is_one_of_the_list_of_the_snated() -> None:
    assert set(SNATED) == set(Funnel) - {Funnel.WAITING, Funnel.TREATED}
    assert set(SNATED.values()) <= set(words(Scheme.SNATED).codes)


@st.composite
def moments(draw: st.DrawFn) -> Moments:
    """Any call that the constraints of the database let in."""
    answered = draw(st.none() | st.integers(0, 100))
    ended = draw(st.none() | st.floats(0, 10) | st.integers(0, 200))
    return Moments(
        NOON,
        None if answered is None else NOON + answered * SECOND,
        None if ended is None else NOON + ended * SECOND,
        dissuaded=draw(st.booleans()) if answered is None else False,
        treated=draw(st.booleans()) if answered is not None else False,
    )


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=st.lists(moments(), max_size=12))
def test_each_call_is_in_one_place_and_the_same_for_both(
    calls: list[Moments], helpline: Organisation, maya: Agent
) -> None:
    with as_owner():
        Call.objects.all().delete()
        made = [
            Call.objects.create(
                organisation=helpline,
                arrived_at=one.arrived,
                answered_at=one.answered,
                ended_at=one.ended,
                dissuaded=one.dissuaded,
                treated=one.treated,
                listener=maya if one.answered else None,
            )
            for one in calls
        ]
    found = {place: {one.ref for one in past(Call).at(place)} for place in Funnel}
    for one in made:
        assert [place for place in Funnel if one.ref in found[place]] == [one.funnel]
    with as_owner():
        (_, entering), *rest = counts(Call.objects.all())
    assert entering == len(calls) == sum(number for _, number in rest)

"""Whatever is tried, in whatever order, a signalement goes one state at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detect.reports.samples import writing
from factories import NOON, ConcernFactory
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import COURSE, OutcomeKind, Status
from fanal.detect.reports.use_cases import (
    acknowledge_report,
    allow_telling_parents,
    close_report,
    draft_report,
    inform_back,
    record_outcome,
    relaunch_report,
    save_draft,
    send_report,
    tell_parents,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.errors import Refusal
from fanal.ground.people.models import Minor
from sizes import size

pytestmark = pytest.mark.django_db

Act = Callable[..., object]
BY_PHONE = "greffe, par téléphone"


def _write(agent: Agent, **about: object) -> object:
    return save_draft(agent=agent, writing=writing(), **about)  # type: ignore[arg-type]


def _acknowledge(agent: Agent, **about: object) -> object:
    return acknowledge_report(agent=agent, told_by=BY_PHONE, **about)  # type: ignore[arg-type]


def _decide(agent: Agent, **about: object) -> object:
    return record_outcome(  # type: ignore[arg-type]
        agent=agent, kind=OutcomeKind.NO_ACTION, on=NOON.date(), told_by=BY_PHONE, **about
    )


def _inform(agent: Agent, **about: object) -> object:
    return inform_back(agent=agent, told_by=BY_PHONE, **about)  # type: ignore[arg-type]


def _allow(agent: Agent, **about: object) -> object:
    return allow_telling_parents(agent=agent, told_by=BY_PHONE, **about)  # type: ignore[arg-type]


ACTS: tuple[Act, ...] = (
    _write,
    send_report,
    _acknowledge,
    _decide,
    _inform,
    _allow,
    relaunch_report,
    tell_parents,
    close_report,
)

# The whole way, so that chance begins from every state.
STRAIGHT: tuple[Act, ...] = (
    _write,
    send_report,
    _acknowledge,
    _decide,
    _inform,
    tell_parents,
    close_report,
)


def test_the_straight_path_reaches_the_end(nadia: Agent, lea: Minor) -> None:
    concern = ConcernFactory(minor=lea)
    with acting_as(nadia):
        report = draft_report(agent=nadia, concern_ref=concern.ref, now=NOON)
        for rank, act in enumerate(STRAIGHT, start=1):
            _try(nadia, report, act, rank)

    assert report.status == Status.CLOSED


@settings(
    max_examples=size(10, 25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    begun=st.integers(min_value=0, max_value=len(STRAIGHT)),
    then=st.lists(st.sampled_from(ACTS), max_size=6),
)
def test_no_path_skips_a_state_nor_goes_back(
    nadia: Agent, lea: Minor, begun: int, then: list[Act]
) -> None:
    acts = [*STRAIGHT[:begun], *then]
    with transaction.atomic():
        concern = ConcernFactory(minor=lea)
        with acting_as(nadia):
            report = draft_report(agent=nadia, concern_ref=concern.ref, now=NOON)
            stood = COURSE.index(Status.DRAFT)
            for rank, act in enumerate(acts, start=1):
                stands = _try(nadia, report, act, rank)
                assert stands - stood in (0, 1)
                stood = stands
            _is_coherent(report)
        transaction.set_rollback(True)


def _try(agent: Agent, report: Report, act: Act, rank: int) -> int:
    with suppress(Refusal):
        act(agent=agent, ref=report.ref, now=NOON + timedelta(hours=rank))
    report.refresh_from_db()
    return COURSE.index(Status(report.status))


def _is_coherent(report: Report) -> None:
    reached = COURSE.index(Status(report.status))
    moments = (
        report.sent_at,
        report.acknowledged_at,
        report.informed_back_at,
        report.closed_at,
    )
    assert [moment is not None for moment in moments] == [
        reached >= rank for rank in range(1, len(COURSE))
    ]
    if reached >= COURSE.index(Status.INFORMED_BACK):
        assert report.outcomes.exists()

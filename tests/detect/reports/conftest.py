"""A signalement at each of its states. All the people are invented."""

from __future__ import annotations

import pytest

from detect.reports.samples import hours_later, writing
from factories import (
    NOON,
    AgentFactory,
    ConcernFactory,
    HolderFactory,
    InformantFactory,
    OrganisationFactory,
    OtherMinorFactory,
    PostingFactory,
)
from fanal.detect.concerns.models import Concern
from fanal.detect.reports.models import Report
from fanal.detect.reports.terms import OutcomeKind
from fanal.detect.reports.use_cases import (
    acknowledge_report,
    draft_report,
    inform_back,
    record_outcome,
    save_draft,
    send_report,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor


@pytest.fixture
def concern(lea: Minor) -> Concern:
    concern = ConcernFactory(minor=lea)
    InformantFactory(concern=concern)
    HolderFactory(case_file=lea.case_file)
    OtherMinorFactory(concern=concern)
    return concern


@pytest.fixture
def draft(concern: Concern, nadia: Agent) -> Report:
    with acting_as(nadia):
        report = draft_report(agent=nadia, concern_ref=concern.ref, now=NOON)
        return save_draft(agent=nadia, ref=report.ref, writing=writing(), now=NOON)


@pytest.fixture
def sent(draft: Report, nadia: Agent, julien: Agent) -> Report:
    with acting_as(nadia):
        return send_report(agent=nadia, ref=draft.ref, now=NOON)


@pytest.fixture
def acknowledged(sent: Report, julien: Agent) -> Report:
    with acting_as(julien):
        return acknowledge_report(agent=julien, ref=sent.ref, now=hours_later(1))


@pytest.fixture
def informed(acknowledged: Report, julien: Agent) -> Report:
    with acting_as(julien):
        record_outcome(
            agent=julien,
            ref=acknowledged.ref,
            kind=OutcomeKind.JUDGE_SEISED,
            on=NOON.date(),
            now=hours_later(2),
        )
        return inform_back(agent=julien, ref=acknowledged.ref, now=hours_later(3))


@pytest.fixture
def other_parquet(db: None) -> Agent:
    """Same work as ``julien``, before another court."""
    organisation = OrganisationFactory(
        name="Parquet de Marseille (invention)", kind="prosecution", court_id="tj13055"
    )
    agent = AgentFactory(name="Rose Inventée", email="rose@fanal.invalid")
    PostingFactory(agent=agent, organisation=organisation, role="parquet")
    return agent

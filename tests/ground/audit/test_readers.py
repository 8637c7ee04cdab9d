"""Who reads which traces."""

from __future__ import annotations

import pytest

from factories import NOON, CaseFileFactory, ExclusionFactory, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.people.models import Minor
from rows import as_owner

pytestmark = pytest.mark.django_db


def reading(agent: Agent, minor: Minor) -> Trace:
    with acting_as(agent):
        return record(agent=agent, deed="minor.read", subject=minor, outcome=Outcome.READ)


def readers(*agents: Agent) -> list[str]:
    """Those of the agents who see a trace."""
    found = []
    for agent in agents:
        with acting_as(agent):
            if Trace.objects.exists():
                found.append(agent.name.split()[0])
    return found


def test_a_trace_points_at_the_file_and_its_authority(lea: Minor, nadia: Agent) -> None:
    trace = reading(nadia, lea)

    assert (trace.subject_kind, trace.subject_ref) == ("people.minor", lea.ref)
    assert (trace.case_file_ref, trace.authority_code) == (lea.case_file.ref, "59")
    assert trace.outcome == "read"


def test_a_file_is_its_own_subject(lea: Minor, nadia: Agent) -> None:
    with acting_as(nadia):
        trace = record(agent=nadia, deed="inventé", subject=lea.case_file)

    assert trace.case_file_ref == trace.subject_ref == lea.case_file.ref


def test_everybody_reads_their_own_traces(sofia: Agent, paul: Agent) -> None:
    with acting_as(sofia):
        record(agent=sofia, deed="search", outcome=Outcome.READ)

    assert readers(sofia, paul) == ["Sofia"]


def test_the_authority_reads_who_entered_its_files(
    lea: Minor, nadia: Agent, ines: Agent, paul: Agent, claire: Agent, sofia: Agent
) -> None:
    reading(nadia, lea)

    assert readers(nadia, ines, paul, claire, sofia) == ["Nadia", "Inès"]


def test_a_referent_reads_their_own_alone(lea: Minor, nadia: Agent, claire: Agent) -> None:
    GrantFactory(case_file=lea.case_file, agent=claire)
    reading(nadia, lea)
    with acting_as(claire):
        assert not Trace.objects.exists()


def test_who_follows_a_sealed_file_is_part_of_its_secret(
    nadia: Agent, ines: Agent, claire: Agent
) -> None:
    sealed = MinorFactory(case_file=CaseFileFactory(sealed_at=NOON, seal_reason="motif inventé"))
    GrantFactory(case_file=sealed.case_file, agent=claire)
    reading(claire, sealed)

    assert readers(claire, nadia, ines) == ["Claire"]


def test_an_excluded_agent_reads_no_trace_of_the_file(
    lea: Minor, nadia: Agent, ines: Agent
) -> None:
    ExclusionFactory(case_file=lea.case_file, agent=ines)
    reading(nadia, lea)

    assert readers(nadia, ines) == ["Nadia"]


def test_nobody_asking_reads_no_trace(lea: Minor, nadia: Agent) -> None:
    reading(nadia, lea)

    assert not Trace.objects.exists()
    with as_owner():
        assert Trace.objects.count() == 1

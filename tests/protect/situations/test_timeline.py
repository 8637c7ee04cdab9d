"""The Fil: order, strands, and what is masked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON, ConcernFactory, ExclusionFactory, MinorFactory
from fanal.detect.concerns.models import ConcernStep
from fanal.detect.concerns.terms import Step
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.people.models import Minor
from fanal.ground.people.use_cases import merge_files
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import Strand, TimelineEntry, timeline
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases import add_entry, correct_entry
from rows import as_owner

pytestmark = pytest.mark.django_db


def read(agent: Agent, situation: Situation, *strands: str) -> list[TimelineEntry]:
    with acting_as(agent):
        return timeline(situation.case_file, agent=agent, now=NOON, strands=strands)


def note(agent: Agent, situation: Situation, text: str, hours_ago: int = 0) -> None:
    with acting_as(agent):
        add_entry(
            agent=agent,
            situation_ref=situation.ref,
            kind=EntryKind.NOTE,
            text=text,
            at=NOON - timedelta(hours=hours_ago),
            now=NOON,
        )


def step(minor: Minor, what: Step, agent: Agent, text: str = "") -> None:
    concern = ConcernFactory(minor=minor)
    with as_owner():
        ConcernStep.objects.create(
            case_file=minor.case_file, concern=concern, at=NOON, agent=agent, step=what, note=text
        )


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(hours=st.lists(st.integers(0, 2000), min_size=1, max_size=8))
def test_the_story_is_told_in_the_order_in_which_it_happened(
    claire: Agent, followed: Situation, hours: list[int]
) -> None:
    for hour in hours:
        note(claire, followed, f"il y a {hour} h", hour)

    moments = [line.at for line in read(claire, followed)]

    assert moments == sorted(moments)
    assert len(moments) >= len(hours)


def test_concerns_stand_in_the_same_story(
    claire: Agent, karim: Agent, followed: Situation, lea: Minor
) -> None:
    step(lea, Step.EVALUATED, karim, "Danger repéré.")

    line = read(claire, followed, Strand.CONCERNS)[0]

    assert (line.what, line.who, line.text) == (
        "Évaluation remise",
        "Karim Inventé",
        "Danger repéré.",
    )


@pytest.mark.parametrize("what", [Step.RECEIVED, Step.COMPLETED, Step.WITHDRAWN])
def test_whoever_reported_is_never_named(
    claire: Agent, ines: Agent, sofia: Agent, followed: Situation, lea: Minor, what: Step
) -> None:
    step(lea, what, sofia, "Sofia l'a dit.")

    for reader in (claire, ines):
        assert not any(
            "Sofia" in f"{line.who}{line.text}{line.source}" for line in read(reader, followed)
        )


def test_a_strand_shows_its_lines_alone(claire: Agent, followed: Situation) -> None:
    note(claire, followed, "Une note.")

    assert [line.text for line in read(claire, followed, Strand.EXCHANGES)] == ["Une note."]
    assert all(line.strand == Strand.FOLLOW_UP for line in read(claire, followed, "suivi"))


def test_a_corrected_line_shows_both_texts_and_both_authors(
    claire: Agent, ines: Agent, followed: Situation
) -> None:
    note(claire, followed, "Vue lundi.")
    with acting_as(ines):
        first = timeline(followed.case_file, agent=ines, now=NOON, strands=[Strand.EXCHANGES])[0]
        assert first.entry_ref is not None
        last = correct_entry(agent=ines, entry_ref=first.entry_ref, text="Vue mardi.", now=NOON)

    (line,) = read(claire, followed, Strand.EXCHANGES)

    assert line.text.startswith("Vue mardi.")
    assert "« Vue lundi. »" in line.text
    assert "Claire Inventé" in line.text
    assert (line.who, line.entry_ref) == ("Inès Inventé", last.ref)


def test_merged_files_tell_one_story_to_those_who_see_both(
    ines: Agent, nadia: Agent, followed: Situation, lea: Minor
) -> None:
    other = MinorFactory(given_names="Lea")
    step(other, Step.DECIDED, nadia, "Décision de l'autre dossier.")
    with acting_as(ines):
        merge_files(
            agent=ines,
            kept=lea.case_file.ref,
            absorbed=other.case_file.ref,
            reason="même mineur",
            now=NOON,
        )

    assert "Décision de l'autre dossier." in [line.text for line in read(ines, followed)]


def test_an_excluded_agent_reads_nothing(nadia: Agent, followed: Situation) -> None:
    ExclusionFactory(case_file=followed.case_file, agent=nadia)

    assert read(nadia, followed) == []

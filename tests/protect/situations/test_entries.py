"""What is written in the Fil, and how it is corrected."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from factories import NOON, GrantFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.models import Clock
from fanal.ground.errors import NotVisible
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases import add_entry, correct_entry
from fanal.protect.situations.use_cases.entries import (
    AlreadyCorrected,
    NotCorrectable,
    NothingWritten,
    NotYet,
    NotYoursToWrite,
)
from rows import as_owner

pytestmark = pytest.mark.django_db


def note(agent: Agent, situation: Situation, text: str = "Appel reçu.", **more: object) -> Entry:
    with acting_as(agent):
        return add_entry(
            agent=agent,
            situation_ref=situation.ref,
            kind=more.pop("kind", EntryKind.CALL),  # type: ignore[arg-type]
            text=text,
            now=NOON,
            **more,  # type: ignore[arg-type]
        )


def correct(agent: Agent, entry: Entry, text: str) -> Entry:
    with acting_as(agent):
        return correct_entry(agent=agent, entry_ref=entry.ref, text=text, now=NOON)


def test_the_referent_writes_what_happened_and_where(claire: Agent, followed: Situation) -> None:
    yesterday = NOON - timedelta(days=1)

    entry = note(claire, followed, at=yesterday, where="Foyer (invention)")

    assert (entry.at, entry.written_at, entry.where) == (yesterday, NOON, "Foyer (invention)")
    assert (entry.agent, entry.case_file) == (claire, followed.case_file)


def test_the_supervisor_writes_too(ines: Agent, followed: Situation) -> None:
    assert note(ines, followed).agent == ines


def test_the_crip_reads_and_does_not_write(nadia: Agent, followed: Situation) -> None:
    with pytest.raises(NotYoursToWrite):
        note(nadia, followed)


def test_an_evaluator_who_holds_the_file_does_not_write(karim: Agent, followed: Situation) -> None:
    GrantFactory(case_file=followed.case_file, agent=karim, capacity="evaluator")

    with pytest.raises(NotYoursToWrite):
        note(karim, followed)


def test_a_stranger_finds_no_situation_to_write_in(zoe: Agent, followed: Situation) -> None:
    with pytest.raises(NotVisible):
        note(zoe, followed)


def test_tomorrow_is_not_written_today(claire: Agent, followed: Situation) -> None:
    with pytest.raises(NotYet):
        note(claire, followed, at=NOON + timedelta(minutes=1))


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_note_is_refused(claire: Agent, followed: Situation, text: str) -> None:
    with pytest.raises(NothingWritten):
        note(claire, followed, text)


def test_nobody_writes_by_hand_what_an_act_writes(claire: Agent, followed: Situation) -> None:
    with pytest.raises(NothingWritten):
        note(claire, followed, kind=EntryKind.HANDOVER)


def test_the_interview_at_seventeen_stops_its_clock(claire: Agent, followed: Situation) -> None:
    note(claire, followed, kind=EntryKind.INTERVIEW_17)

    with acting_as(claire):
        assert Clock.objects.get(subject_ref=followed.ref).outcome == "done"


def test_a_correction_is_a_new_line_and_the_first_text_stays(
    claire: Agent, ines: Agent, followed: Situation
) -> None:
    first = note(claire, followed, "Vue lundi.")

    second = correct(ines, first, "Vue mardi.")

    with acting_as(claire):
        first.refresh_from_db()
    assert first.text == "Vue lundi."
    assert (second.text, second.corrects, second.agent) == ("Vue mardi.", first, ines)
    assert second.at == first.at


def test_a_line_is_corrected_once_and_its_correction_again(
    claire: Agent, followed: Situation
) -> None:
    first = note(claire, followed)
    second = correct(claire, first, "Autre texte.")

    with pytest.raises(AlreadyCorrected):
        correct(claire, first, "Encore un autre.")
    assert correct(claire, second, "Le bon.").corrects == second


def test_what_an_act_wrote_is_not_corrected_by_hand(claire: Agent, followed: Situation) -> None:
    with acting_as(claire):
        opening = Entry.objects.order_by("pk").first()
    assert opening is not None

    with pytest.raises(NotCorrectable):
        correct(claire, opening, "Autre histoire.")


def test_a_stranger_corrects_nothing(claire: Agent, zoe: Agent, followed: Situation) -> None:
    entry = note(claire, followed)

    with pytest.raises(NotVisible):
        correct(zoe, entry, "Faux.")


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_itself_rewrites_no_story(
    claire: Agent, followed: Situation, deed: str
) -> None:
    entry = note(claire, followed)
    lines = Entry.objects.filter(pk=entry.pk)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), as_owner():
        lines.update(text="effacé") if deed == "update" else lines.delete()

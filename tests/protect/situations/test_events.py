"""What is announced to the rooms above survives the journey through the queue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fanal.protect.situations.events import MajorityReached, SituationTransferred


@given(situation=st.uuids(), case_file=st.uuids(), on=st.dates())
def test_an_event_is_heard_as_it_was_said(situation: UUID, case_file: UUID, on: date) -> None:
    event = MajorityReached(situation_ref=situation, case_file_ref=case_file, on=on)

    assert MajorityReached.heard(**event.said()) == event


@given(situation=st.uuids())
def test_a_transfer_is_heard_as_it_was_said(situation: UUID) -> None:
    event = SituationTransferred(situation_ref=situation)

    assert SituationTransferred.heard(**event.said()) == event

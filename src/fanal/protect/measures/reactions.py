"""What this room does when the one below says that a minor came of age, or left."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from fanal.protect.measures.use_cases import end_at_majority, leave_measures
from fanal.protect.situations.events import MajorityReached, SituationTransferred


@app.task(name=MajorityReached.task)
def majority_reached(**said: str) -> None:
    event = MajorityReached.heard(**said)
    end_at_majority(case_file_ref=event.case_file_ref, on=event.on, now=now())


@app.task(name=SituationTransferred.task)
def situation_transferred(**said: str) -> None:
    event = SituationTransferred.heard(**said)
    leave_measures(situation_ref=event.situation_ref, now=now())

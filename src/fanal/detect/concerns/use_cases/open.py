from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import lock_concern
from fanal.detect.concerns.terms import Status, Step, SubmissionStatus
from fanal.detect.concerns.use_cases.steps import note_step, tell_author
from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_clock


@transaction.atomic
def open_concern(*, agent: Agent, ref: UUID, now: datetime) -> Concern:
    """
    Somebody of the authority has the concern before their eyes: the alarm stops.

    Whoever qualifies concerns thereby begins the first analysis. A second opening changes
    nothing.

    Raises:
        NotVisible: the concern is not the agent's to read.
    """
    concern = lock_concern(ref=ref)
    if concern.opened_at is None:
        concern.opened_at = now
        stop_clock(
            rule=RuleCode.DANGER_OPENED, subject_ref=concern.ref, at=now, outcome=Outcome.DONE
        )
    if concern.status == Status.RECEIVED and holds(agent, Right.QUALIFY_CONCERNS):
        concern.status = Status.FIRST_ANALYSIS
        note_step(concern=concern, step=Step.OPENED, agent=agent, now=now)
        tell_author(concern=concern, status=SubmissionStatus.IN_PROGRESS, now=now)
    concern.save(update_fields=["opened_at", "status"])
    return concern

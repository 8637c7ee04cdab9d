"""A file whose clock a controller stops, and starts again, with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.retention.models import Hold
from fanal.ground.retention.queries import controlled_by, read_hold


class AlreadyHeld(Refusal):
    message = "Ce dossier est déjà suspendu : levez d’abord la suspension qui court."


class AlreadyLifted(Refusal):
    message = "Cette suspension est déjà levée."


class ReasonMissing(Refusal):
    message = "Écrivez le motif."


@transaction.atomic
def place_hold(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Hold:
    """
    Stop the clock of a file, named by its reference; its controller sees no more of it.

    Raises:
        NotVisible: no file of an authority of the agent has this reference.
        AlreadyHeld, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    with acting_as(agent, purpose=Purpose.RETENTION):
        case_file = (
            CaseFile.objects.select_for_update(of=("self",))
            .select_related("authority")
            .filter(ref=ref, authority__in=controlled_by(agent))
            .first()
        )
        if case_file is None:
            raise NotVisible
        if Hold.objects.living().filter(case_file=case_file).exists():
            raise AlreadyHeld
        hold = Hold.objects.create(
            case_file=case_file,
            authority=case_file.authority,
            reason=reason.strip(),
            placed_at=now,
            placed_by=agent,
        )
        record(agent=agent, deed="retention.hold", subject=case_file)
    return hold


@transaction.atomic
def lift_hold(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Hold:
    """
    Raises:
        NotVisible: the hold is not of an authority of the agent.
        AlreadyLifted, ReasonMissing.
    """
    hold = read_hold(agent=agent, ref=ref)
    if not reason.strip():
        raise ReasonMissing
    with acting_as(agent, purpose=Purpose.RETENTION):
        locked = Hold.objects.select_for_update().get(pk=hold.pk)
        if locked.lifted_at is not None:
            raise AlreadyLifted
        locked.lifted_at, locked.lifted_by, locked.lift_reason = now, agent, reason.strip()
        locked.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        record(agent=agent, deed="retention.lift_hold", subject=locked.case_file)
    return locked

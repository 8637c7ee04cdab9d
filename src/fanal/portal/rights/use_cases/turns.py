"""Whose turn it is, and the step that each deed leaves."""

from __future__ import annotations

from datetime import datetime

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.portal.rights.models import RightsRequest, RightsStep
from fanal.portal.rights.terms import Status, StepKind


class OutOfTurn(Refusal):
    message = "Cette étape n’est plus, ou pas encore, possible : relisez l’état de la demande."


class ReasonMissing(Refusal):
    message = "Écrivez le motif."


def in_turn(request: RightsRequest, *expected: Status) -> None:
    if request.status not in expected:
        raise OutOfTurn


def keep_step(request: RightsRequest, agent: Agent, step: StepKind, now: datetime) -> None:
    RightsStep.objects.create(request=request, at=now, agent=agent, step=step)
    record(agent=agent, deed=f"rights.{step}", subject=request, detail={"kind": request.kind})

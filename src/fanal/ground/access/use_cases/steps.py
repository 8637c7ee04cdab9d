"""What was decided about a file's opening, kept with its reason."""

from __future__ import annotations

from datetime import datetime

from fanal.ground.access.decisions import decide
from fanal.ground.access.models import AccessStep, CaseFile
from fanal.ground.access.terms import Act, StepKind
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, Refusal


class ReasonMissing(Refusal):
    message = "Écrivez un motif : il sera relu."


class NoRight(Refusal):
    message = "Votre rôle dans cette autorité ne permet pas cet acte : adressez-vous à un cadre."


def check(agent: Agent, act: Act, file: CaseFile) -> None:
    """
    Raises:
        NotVisible: the file is not the agent's to see.
        NoRight: it is, and the act is not theirs.
    """
    if not decide(agent, Act.READ, file).allowed:
        raise NotVisible
    if not decide(agent, act, file).allowed:
        raise NoRight


def said(reason: str) -> str:
    """
    Raises:
        ReasonMissing: nothing was written.
    """
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()


def keep_step(
    *,
    file: CaseFile,
    kind: StepKind,
    agent: Agent,
    reason: str,
    now: datetime,
    about: Agent | None = None,
) -> None:
    step = AccessStep(
        case_file=file, kind=kind, agent=agent, about=about, reason=reason[:500], at=now
    )
    # A person who stands aside writes a line that they will not read back: nothing is returned.
    AccessStep.objects.bulk_create([step], ignore_conflicts=True)

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.detect.concerns.models import Addition, Concern
from fanal.detect.concerns.queries import read_submission
from fanal.detect.concerns.terms import AdditionKind, Step
from fanal.detect.concerns.use_cases.steps import note_step
from fanal.ground.access.asking import receiving_for
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day


class NothingAdded(Refusal):
    message = "Écrivez ce que vous souhaitez ajouter."


class AlreadyWithdrawn(Refusal):
    message = "Vous avez déjà demandé le retrait : la cellule en est informée."


@transaction.atomic
def complete_concern(
    *, agent: Agent, ref: UUID, text: str, now: datetime, organisation: Organisation | None = None
) -> None:
    """
    Add facts to a concern that the agent sent; the CRIP is told. With its ``organisation``, a
    second reader completes what a colleague sent.

    Raises:
        NotVisible: the receipt is not the agent's.
        NothingAdded: there is no text.
    """
    _add(agent, ref, AdditionKind.COMPLEMENT, text, now, organisation)


@transaction.atomic
def withdraw_concern(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> None:
    """
    Ask that a concern be withdrawn. The CRIP reads the reason and decides: a danger that was
    written does not vanish with its author's wish.

    Raises:
        NotVisible: the receipt is not the agent's.
        NothingAdded: there is no reason.
        AlreadyWithdrawn: it was asked before.
    """
    _add(agent, ref, AdditionKind.WITHDRAWAL, reason, now)


def _add(
    agent: Agent,
    ref: UUID,
    kind: AdditionKind,
    text: str,
    now: datetime,
    organisation: Organisation | None = None,
) -> None:
    submission = read_submission(agent=agent, ref=ref, organisation=organisation)
    if not text.strip():
        raise NothingAdded
    with receiving_for(submission.authority):
        concern = (
            Concern.objects.select_for_update(of=("self",))
            .select_related("case_file__authority", "authority")
            .get(submission=submission)
        )
        if kind == AdditionKind.WITHDRAWAL and concern.additions.filter(kind=kind).exists():
            raise AlreadyWithdrawn
        Addition.objects.create(
            case_file=concern.case_file,
            concern=concern,
            kind=kind,
            text=text.strip(),
            at=now,
            agent=agent,
        )
        completed = kind == AdditionKind.COMPLEMENT
        note_step(
            concern=concern,
            step=Step.COMPLETED if completed else Step.WITHDRAWN,
            agent=agent,
            now=now,
        )
        notify(
            agents=agents_of(concern.authority, Role.CRIP, on=local_day(concern.authority, now)),
            text=(
                "Une information préoccupante a été complétée par son auteur."
                if completed
                else "L'auteur d'une information préoccupante demande son retrait."
            ),
            path=reverse("concerns:show", args=[concern.ref]),
            case_file=concern.case_file,
            now=now,
        )

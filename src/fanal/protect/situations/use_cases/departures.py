"""Nobody leaves while a minor is theirs to answer for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from fanal.ground.agents.models import Agent, Posting
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.queries.accountable import (
    ACCOUNTABLE,
    held_by,
    standing_in_for,
    supervises,
)
from fanal.protect.situations.use_cases.opening import NotSupervisor


class StillAccountable(Refusal):
    message = "Cette personne répond encore de situations : remettez-les d'abord à un collègue."

    @classmethod
    def of(cls, name: str, count: int) -> StillAccountable:
        many = "s" if count > 1 else ""
        return cls(
            f"{name} répond encore de {count} situation{many} : "
            "remettez-les d'abord à un collègue, puis mettez fin à l'affectation."
        )


class StillStandingIn(Refusal):
    message = (
        "Cette personne remplace un collègue absent après cette date : "
        "désignez d'abord un autre remplaçant."
    )


class AlreadyEnded(Refusal):
    message = "Cette affectation a déjà pris fin."


@transaction.atomic
def end_posting(*, agent: Agent, posting_id: int, last_day: date, now: datetime) -> Posting:
    """
    End somebody's posting after ``last_day``, once everything they answer for is handed over.

    Raises:
        NotVisible: there is no such posting in an authority of child protection.
        NotSupervisor: the agent does not supervise there.
        AlreadyEnded, StillAccountable, StillStandingIn: the rules refuse.
    """
    posting = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("agent", "organisation__authority")
        .filter(pk=posting_id, organisation__authority__isnull=False)
        .first()
    )
    authority = posting.organisation.authority if posting else None
    if posting is None or authority is None:
        raise NotVisible
    today = local_day(authority, now)
    if not supervises(agent, authority, on=today):
        raise NotSupervisor
    if (posting.until is not None and posting.until < today) or last_day < posting.since:
        raise AlreadyEnded
    check_departure(posting, last_day=last_day, today=today)
    posting.until = last_day
    posting.save(update_fields=["until"])
    record(agent=agent, deed="posting.end", detail={"role": posting.role})
    return posting


def check_departure(posting: Posting, *, last_day: date, today: date) -> None:
    """
    Raises:
        StillAccountable, StillStandingIn: a minor would be without anybody after that day.
    """
    authority = posting.organisation.authority
    if posting.role not in ACCOUNTABLE or authority is None:
        return
    if _answers_otherwise(posting, last_day):
        return
    if held := held_by(posting.agent, authority):
        raise StillAccountable.of(posting.agent.name, held)
    if standing_in_for(posting.agent, day=max(today, last_day + timedelta(days=1))):
        raise StillStandingIn


def _answers_otherwise(posting: Posting, last_day: date) -> bool:
    """Whether another posting of the same authority lets them answer the day after."""
    authority = posting.organisation.authority
    assert authority is not None  # noqa: S101 — read with the posting above
    others = Posting.objects.of_authority(authority, *ACCOUNTABLE).exclude(pk=posting.pk)
    return others.current(on=last_day + timedelta(days=1)).filter(agent=posting.agent).exists()

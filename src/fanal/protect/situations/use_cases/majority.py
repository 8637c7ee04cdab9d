"""The eighteenth birthday: what changes that day, said and announced (domain of L222-5 CASF)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.deadlines.use_cases import stop_clock
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.people.births import MAJORITY, anniversary
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.events import MajorityReached
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import supervises
from fanal.protect.situations.queries.reading import lock_situation, minor_of
from fanal.protect.situations.terms import WHAT_CHANGES, EntryKind
from fanal.protect.situations.use_cases.entries import NotFollowed, write_entry
from fanal.protect.situations.use_cases.opening import NotSupervisor, ReasonMissing

logger = logging.getLogger(__name__)

ASK = (
    "La date de naissance est estimée : la majorité est peut-être atteinte. Rien ne change tant "
    "qu'elle n'est pas établie ; le doute profite au jeune (art. 388 du code civil)."
)


class AlreadyOfAge(Refusal):
    message = "La majorité est déjà inscrite : relisez-en le jour dans le fil de la situation."


class NotAPastDay(Refusal):
    message = "La majorité ne peut pas être inscrite pour un jour à venir : corrigez la date."


@dataclass(frozen=True, slots=True)
class Flipped:
    """How many came of age, how many ages a person must establish, how many could not be read."""

    of_age: int
    asked: int
    failed: int


def flip_majority(*, now: datetime) -> Flipped:
    """
    Mark each followed minor who is eighteen today where they are followed.

    A birth date that is only estimated flips nothing: a person is asked to establish it. Each
    situation stands in a savepoint of its own, so that one failure holds up nobody.
    """
    counts = {"of_age": 0, "asked": 0, "failed": 0}
    with acting_as(None, purpose=Purpose.MAJORITY):
        for pk in _perhaps_of_age(now):
            try:
                with transaction.atomic():
                    if told := _flip(pk, now):
                        counts[told] += 1
            except Exception:
                logger.exception("Majority of situation %s could not be written", pk)
                counts["failed"] += 1
    return Flipped(**counts)


@transaction.atomic
def establish_majority(
    *, agent: Agent, ref: UUID, on: date, reason: str, now: datetime
) -> Situation:
    """
    Write the day on which a minor of estimated age came of age, and how it was established.

    Raises:
        NotVisible: the situation is not the agent's to see.
        NotSupervisor, NotFollowed, AlreadyOfAge, NotAPastDay, ReasonMissing.
    """
    situation = lock_situation(ref=ref)
    today = local_day(situation.authority, now)
    if not supervises(agent, situation.authority, on=today):
        raise NotSupervisor
    if not situation.is_living:
        raise NotFollowed
    if situation.majority_on is not None:
        raise AlreadyOfAge
    if on > today:
        raise NotAPastDay
    if not reason.strip():
        raise ReasonMissing
    _come_of_age(situation, on=on, agent=agent, reason=reason.strip(), now=now)
    return situation


def _perhaps_of_age(now: datetime) -> list[int]:
    """Born early enough somewhere on earth; each one's own local day decides."""
    latest = anniversary((now + timedelta(days=2)).date(), -MAJORITY)
    born = Q(case_file__minor__birth_date__lte=latest)
    kept = Q(case_file__merged_into__minor__birth_date__lte=latest)
    return list(
        Situation.objects.living()
        .filter(born | kept, majority_on__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _flip(pk: int, now: datetime) -> str:
    situation = (
        Situation.objects.select_for_update(of=("self",))
        .select_related("case_file__minor", "case_file__authority", "authority", "referent")
        .living()
        .filter(majority_on__isnull=True)
        .get(pk=pk)
    )
    minor = minor_of(situation.case_file)
    if minor.majority_on > local_day(situation.authority, now):
        return ""
    if minor.birth_precision == BirthPrecision.AGE:
        return _ask(situation, now)
    _come_of_age(situation, on=minor.majority_on, agent=None, reason="", now=now)
    return "of_age"


def _ask(situation: Situation, now: datetime) -> str:
    if situation.majority_asked_at is not None:
        return ""
    situation.majority_asked_at = now
    situation.save(update_fields=["majority_asked_at"])
    _write(situation, ASK, None, now)
    _tell(situation, "Une majorité est à établir : la date de naissance est estimée.", now)
    record(agent=None, deed="situation.ask_majority", subject=situation)
    return "asked"


def _come_of_age(
    situation: Situation, *, on: date, agent: Agent | None, reason: str, now: datetime
) -> None:
    situation.majority_on = on
    situation.save(update_fields=["majority_on"])
    lines = "\n".join(f"– {line}" for line in WHAT_CHANGES)
    told = f"Le jeune est majeur depuis le {on:%d/%m/%Y}.\n{lines}"
    _write(situation, f"{told}\n\n{reason}" if reason else told, agent, now)
    stop_clock(
        rule=RuleCode.INTERVIEW_17, subject_ref=situation.ref, at=now, outcome=Outcome.EXPIRED
    )
    _tell(situation, "Un jeune que vous suivez est majeur : voyez ce qui change.", now)
    record(agent=agent, deed="situation.majority", subject=situation)
    MajorityReached(
        situation_ref=situation.ref, case_file_ref=situation.case_file.ref, on=on
    ).announce()


def _write(situation: Situation, text: str, agent: Agent | None, now: datetime) -> None:
    write_entry(
        case_file=situation.case_file,
        situation=situation,
        kind=EntryKind.MAJORITY,
        text=text,
        agent=agent,
        now=now,
    )


def _tell(situation: Situation, text: str, now: datetime) -> None:
    day = local_day(situation.authority, now)
    notify(
        agents=[situation.referent, *agents_of(situation.authority, Role.SUPERVISOR, on=day)],
        text=text,
        path=reverse("situations:show", args=[situation.ref]),
        now=now,
        case_file=situation.case_file,
    )

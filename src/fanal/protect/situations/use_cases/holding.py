"""The file goes with the responsibility: whoever answers for a minor holds it, and no longer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.access.use_cases import grant_file
from fanal.ground.agents.models import Absence
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries.accountable import absences_from, is_excluded

HOLDING = (Capacity.REFERENT, Capacity.STAND_IN)


def hold_file(*, situation: Situation, now: datetime) -> None:
    """
    Open the file to the référent, and to whoever stands in for them when they are away.

    Files merged with it are opened too: they are the same minor's.
    """
    grant_file(
        case_file=_kept(situation),
        agent=situation.referent,
        capacity=Capacity.REFERENT,
        starts_at=now,
    )
    for absence in absences_from(situation.referent, day=local_day(situation.authority, now)):
        if not is_excluded(absence.stand_in, situation):
            open_to_stand_in(situation=situation, absence=absence)


def open_to_stand_in(*, situation: Situation, absence: Absence) -> None:
    """The stand-in sees the file from the first day of the absence to the end of the last."""
    grant_file(
        case_file=_kept(situation),
        agent=absence.stand_in,
        capacity=Capacity.STAND_IN,
        starts_at=_midnight(situation, absence.since),
        ends_at=_midnight(situation, absence.until + timedelta(days=1)),
    )


def close_to_stand_in(*, situation: Situation, absence: Absence, now: datetime) -> None:
    """End what this absence opened; what a later one of the same person opens stays."""
    end_grants(
        Q(
            case_file__in=files_of(situation.case_file).values("pk"),
            agent=absence.stand_in,
            capacity=Capacity.STAND_IN,
            starts_at__lt=_midnight(situation, absence.until + timedelta(days=1)),
            ends_at__gt=_midnight(situation, absence.since),
        ),
        now=now,
    )


def pass_file(*, situation: Situation, now: datetime) -> None:
    """
    Open the file to the new référent, then close it to those who held it.

    In that order, and last of all: whoever closes their own access sees nothing of the file
    afterwards, and could open it to nobody.
    """
    former = _holding(situation, now)
    hold_file(situation=situation, now=now)
    end_grants(Q(pk__in=former), now=now)


def release_file(*, situation: Situation, now: datetime) -> None:
    """Close the file to the référent and the stand-ins: the last gesture of a transaction."""
    end_grants(Q(pk__in=_holding(situation, now)), now=now)


def _holding(situation: Situation, now: datetime) -> list[int]:
    """The accesses of the référent and the stand-ins, running or to come."""
    files = list(files_of(situation.case_file).values_list("pk", flat=True))
    held = Grant.objects.filter(case_file__in=files, capacity__in=HOLDING)
    return list(held.filter(_not_over(now)).values_list("pk", flat=True))


def end_grants(which: Q, *, now: datetime) -> None:
    """End what runs now; what was to begin later never begins."""
    open_ended = Grant.objects.filter(which).filter(_not_over(now))
    open_ended.filter(starts_at__gt=now).update(ends_at=F("starts_at"))
    open_ended.filter(starts_at__lte=now).update(ends_at=now)


def _not_over(now: datetime) -> Q:
    return Q(ends_at__isnull=True) | Q(ends_at__gt=now)


def _kept(situation: Situation) -> CaseFile:
    return situation.case_file.merged_into or situation.case_file


def _midnight(situation: Situation, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(situation.authority.timezone))

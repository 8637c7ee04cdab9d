"""Clocks start, stop, change hands."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.calculations import alarms_of, due_of
from fanal.ground.deadlines.counting import Due
from fanal.ground.deadlines.models import Alarm, Clock
from fanal.ground.deadlines.queries import RuleInForce, rule_in_force
from fanal.ground.deadlines.terms import Outcome, RuleCode
from fanal.ground.territory.models import ChildWelfareAuthority


def due(*, rule: RuleCode, authority: ChildWelfareAuthority, since: datetime) -> Due:
    """
    The due day of a period, and its explanation; nothing is stored.

    Raises:
        NoRuleInForce: no version of the rule holds on that day.
    """
    return due_of(rule=_applied(rule, authority, since), authority=authority, since=since)


@transaction.atomic
def start_clock(
    *,
    rule: RuleCode,
    case_file: CaseFile,
    subject_kind: str,
    subject_ref: UUID,
    since: datetime,
    now: datetime,
    owner: Agent | None = None,
) -> Clock:
    """
    Start a period about one thing; while it runs, starting it again returns the same clock.

    Raises:
        NoRuleInForce: no version of the rule holds on the day of ``since``.
    """
    authority = case_file.authority
    applied = _applied(rule, authority, since)
    end = due_of(rule=applied, authority=authority, since=since)
    clock, created = Clock.objects.get_or_create(
        rule=rule,
        subject_ref=subject_ref,
        stopped_at=None,
        defaults={
            "case_file": case_file,
            "rule_snapshot": applied.snapshot(),
            "subject_kind": subject_kind,
            "starts_at": since,
            "due_on": end.due_on,
            "due_at": end.due_at,
            "why": end.why,
            "owner": owner,
        },
    )
    if created:
        planned = alarms_of(rule=applied, authority=authority, due=end, now=now)
        Alarm.objects.bulk_create(Alarm(clock=clock, at=at, kind=kind) for at, kind in planned)
    return clock


@transaction.atomic
def stop_clock(
    *, rule: RuleCode, subject_ref: UUID, at: datetime, outcome: Outcome
) -> Clock | None:
    """Stop the running clock of a thing and silence its alarms; None when none was running."""
    clock = (
        Clock.objects.running()
        .for_subject(subject_ref)
        .filter(rule=rule)
        .select_for_update()
        .first()
    )
    if clock is not None:
        clock.stopped_at = at
        clock.outcome = outcome
        clock.save(update_fields=["stopped_at", "outcome"])
    return clock


def stop_all_clocks(*, subject_ref: UUID, at: datetime, outcome: Outcome) -> int:
    """Stop every running clock of a thing that is over; returns how many ran."""
    running = Clock.objects.running().for_subject(subject_ref)
    return running.update(stopped_at=at, outcome=outcome)


def assign_clocks(*, subject_ref: UUID, owner: Agent | None) -> int:
    """Hand the running clocks of a thing to another agent; returns how many ran."""
    return Clock.objects.running().for_subject(subject_ref).update(owner=owner)


def _applied(rule: RuleCode, authority: ChildWelfareAuthority, since: datetime) -> RuleInForce:
    day = since.astimezone(ZoneInfo(authority.timezone)).date()
    return rule_in_force(rule=rule, authority=authority, on=day)

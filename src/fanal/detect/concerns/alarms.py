"""To whom an alarm goes, and in which words: never a name."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import now

from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.agents.models import Absence, Agent, Posting
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import AUTHORITY_WIDE, Role
from fanal.ground.deadlines.models import Alarm, Clock
from fanal.ground.deadlines.terms import AlarmKind, RuleCode
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day

# Beyond those who watch a period, these are told when nobody opened a danger in time.
ESCALATION = (Role.SUPERVISOR, Role.CRIP, Role.ON_CALL)
# A danger that nobody opened is told again to those who supervise, until somebody opens it.
AGAIN_EVERY = timedelta(minutes=15)


def deliver(alarm: Alarm) -> None:
    """Tell those who watch this period and may see the file; a danger is told until opened."""
    clock = alarm.clock
    moment = alarm.sounded_at or now()
    danger = clock.rule == RuleCode.DANGER_OPENED
    notify(
        agents=_called(clock, alarm, moment) if danger else _watchers(clock, moment),
        text=(
            "Danger immédiat : personne n'a encore ouvert cette information. Ouvrez-la."
            if danger
            else f"Échéance à surveiller : {clock.label}."
        )[:200],
        path=reverse("desks:clock", args=[clock.ref]),
        now=moment,
        urgent=danger,
        case_file=clock.case_file,
    )
    if danger and not clock.alarms.filter(sounded_at__isnull=True).exists():
        Alarm.objects.create(clock=clock, at=moment + AGAIN_EVERY, kind=AlarmKind.AFTER)


def _called(clock: Clock, alarm: Alarm, moment: datetime) -> list[Agent]:
    """Everybody who can open it; then, each time it sounds again, those who supervise."""
    again = clock.alarms.filter(sounded_at__isnull=False).exclude(pk=alarm.pk).exists()
    return (
        (_those_of(clock, moment, Role.SUPERVISOR) if again else [])
        or _those_of(clock, moment, *ESCALATION)
        or _holders(clock.case_file, moment)
    )


def _watchers(clock: Clock, moment: datetime) -> list[Agent]:
    """The owner and whoever stands in for them; else the role that watches; else who supervises."""
    if clock.owner is not None:
        answering = [clock.owner, *_standing_in(clock.owner, clock.case_file, moment)]
        if found := [one for one in answering if _may_see(one, clock.case_file, moment)]:
            return found
    role = Role(clock.rule_snapshot["owner_role"])
    if clock.owner is None and role in AUTHORITY_WIDE and (found := _those_of(clock, moment, role)):
        return found
    # Nobody of another role sees a file by that role alone: the authority's managers do.
    return _those_of(clock, moment, Role.SUPERVISOR) or _holders(clock.case_file, moment)


def _those_of(clock: Clock, moment: datetime, *roles: Role) -> list[Agent]:
    """Those of these roles who may see the file: an alarm told to nobody is no alarm."""
    authority = clock.case_file.authority
    posted = agents_of(authority, *roles, on=local_day(authority, moment))
    return [one for one in posted if _may_see(one, clock.case_file, moment)]


def _holders(case_file: CaseFile, moment: datetime) -> list[Agent]:
    """Of a sealed file that no manager holds: those who do hold it by name."""
    held = Grant.objects.living(at=moment).filter(case_file=case_file)
    return list(Agent.objects.filter(is_active=True, pk__in=held.values("agent")))


def _standing_in(owner: Agent, case_file: CaseFile, moment: datetime) -> list[Agent]:
    day = local_day(case_file.authority, moment)
    away = Absence.objects.filter(agent=owner, since__lte=day, until__gte=day)
    return [absence.stand_in for absence in away.select_related("stand_in")]


def _may_see(agent: Agent, case_file: CaseFile, moment: datetime) -> bool:
    """Active, not excluded, and holding the file by name or by a role of the whole authority."""
    if not agent.is_active or case_file.exclusions.filter(agent=agent).exists():
        return False
    if Grant.objects.living(at=moment).filter(agent=agent, case_file=case_file).exists():
        return True
    wide = Posting.objects.of_authority(case_file.authority, *AUTHORITY_WIDE)
    day = local_day(case_file.authority, moment)
    return case_file.sealed_at is None and wide.current(on=day).filter(agent=agent).exists()

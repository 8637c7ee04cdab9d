"""From a rule in force to its due day and the instants of its alarms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fanal.ground.deadlines.alarms import plan_alarms
from fanal.ground.deadlines.counting import Due, count
from fanal.ground.deadlines.queries import RuleInForce
from fanal.ground.deadlines.terms import AlarmKind
from fanal.ground.territory.models import ChildWelfareAuthority


def due_of(*, rule: RuleInForce, authority: ChildWelfareAuthority, since: datetime) -> Due:
    """Count a rule's period in the local days and public holidays of an authority."""
    return count(
        period=rule.period,
        since=since,
        zone=ZoneInfo(authority.timezone),
        territory=authority.code,
        basis=rule.basis,
    )


def alarms_of(
    *, rule: RuleInForce, authority: ChildWelfareAuthority, due: Due, now: datetime
) -> list[tuple[datetime, AlarmKind]]:
    """The instants when a clock of this rule that starts ``now`` will sound."""
    return plan_alarms(
        due=due,
        counting=rule.period.counting,
        offsets=rule.alarms,
        zone=ZoneInfo(authority.timezone),
        now=now,
    )

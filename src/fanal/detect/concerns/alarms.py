"""To whom an alarm goes, and in which words: never a name."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import now

from fanal.ground.access.models import Exclusion
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.models import Alarm
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day

# Beyond those who watch a period, these are told when nobody opened a danger in time.
ESCALATION = (Role.SUPERVISOR, Role.CRIP, Role.ON_CALL)


def deliver(alarm: Alarm) -> None:
    """Tell the clock's owner, or else those whose role watches this period."""
    clock = alarm.clock
    moment = now()
    danger = clock.rule == RuleCode.DANGER_OPENED
    notify(
        agents=_receivers(alarm, danger=danger),
        text=(
            "Danger immédiat : personne n'a encore ouvert cette information. Ouvrez-la."
            if danger
            else f"Échéance à surveiller : {clock.label}."
        )[:200],
        path=reverse("desks:clock", args=[clock.ref]),
        now=moment,
        urgent=danger,
    )


def _receivers(alarm: Alarm, *, danger: bool) -> list[Agent]:
    """Those who watch, less those who must never see this file."""
    shut_out = set(
        Exclusion.objects.filter(case_file=alarm.clock.case_file_id).values_list("agent", flat=True)
    )
    return [agent for agent in _watchers(alarm, danger=danger) if agent.pk not in shut_out]


def _watchers(alarm: Alarm, *, danger: bool) -> list[Agent]:
    clock = alarm.clock
    authority = clock.case_file.authority
    today = local_day(authority, now())
    if danger:
        return agents_of(authority, *ESCALATION, on=today)
    if clock.owner is not None:
        return [clock.owner]
    watching = agents_of(authority, Role(clock.rule_snapshot["owner_role"]), on=today)
    # Nobody of that role sees a file by that role alone: the authority's managers do.
    return (
        watching
        if clock.rule_snapshot["owner_role"] in ("crip", "on_call")
        else agents_of(authority, Role.SUPERVISOR, on=today)
    )

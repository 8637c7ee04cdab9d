"""The alarms of a request's month, on the days that its rule names, then each day late."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.queries import agents_of
from fanal.ground.deadlines.queries import rule_in_force
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.queries import local_day
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.queries import ANSWERING
from fanal.portal.rights.terms import OPEN


def remind_answers(*, now: datetime) -> int:
    """Tell those who answer of each request whose day has come; returns how many requests."""
    told = 0
    with acting_as(None, purpose=Purpose.ALARMS):
        waiting = RightsRequest.objects.filter(status__in=OPEN).select_related("authority")
        for request in waiting.defer("asker_name", "asker_contact", "letter"):
            today = local_day(request.authority, now)
            late = request.is_late(today)
            if not late and today not in _days(request):
                continue
            notify(
                agents=agents_of(request.authority, *ANSWERING, on=today),
                text="Une réponse à une demande de droits est en retard."
                if late
                else "Une demande de droits approche de son terme.",
                path=reverse("rights:show", args=[request.ref]),
                now=now,
                urgent=late,
            )
            told += 1
    return told


def _days(request: RightsRequest) -> set[date]:
    extended = bool(request.extension_reason)
    rule = rule_in_force(
        rule=RuleCode.RIGHTS_ANSWER_EXTENDED if extended else RuleCode.RIGHTS_ANSWER,
        authority=request.authority,
        on=request.received_on,
    )
    return {request.due_on + offset for offset in rule.alarms}

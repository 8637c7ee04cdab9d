"""A place that says nothing is reminded, twice; nobody is ranked by it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.notifications.use_cases import notify
from fanal.ground.shell.words import count_fr
from fanal.prevent.referrals.models import Booking, Participation
from fanal.prevent.referrals.queries import agents_in
from fanal.prevent.referrals.terms import REMINDED_AFTER, State

REMINDED = "Il reste à dire la suite"


def remind(*, now: datetime) -> int:
    """Tell each place once of what waits since a day, then since four; how many places."""
    today = localdate(now)
    waiting: dict[int, list[Booking]] = defaultdict(list)
    with acting_as(None, purpose=Purpose.REFERRALS):
        passed = Booking.objects.filter(state=State.EXPECTED, day__lt=today).select_for_update(
            of=("self",), skip_locked=True
        )
        for one in passed.order_by("pk"):
            if one.reminded < _due(today - one.day):
                waiting[one.participation_id].append(one)
        for place in Participation.objects.filter(pk__in=waiting).select_related("organisation"):
            late = waiting[place.pk]
            people: list[Agent] = agents_in(place.organisation, Role.RECEPTION, on=today)
            notify(
                agents=people,
                text=f"{REMINDED} : {count_fr(len(late), 'rendez-vous', 'rendez-vous')}",
                path=reverse("referrals:desk"),
                now=now,
            )
            for one in late:
                one.reminded = _due(today - one.day)
                one.save(update_fields=["reminded"])
            record(agent=None, deed="place.remind", subject=place, detail={"waiting": len(late)})
    return len(waiting)


def _due(since: timedelta) -> int:
    return sum(since >= timedelta(days=one) for one in REMINDED_AFTER)

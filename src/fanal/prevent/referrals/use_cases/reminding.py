"""A place that says nothing is reminded, twice; nobody is ranked by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.notifications.use_cases import notify
from fanal.ground.shell.words import count_fr
from fanal.prevent.referrals.models import Booking, Participation
from fanal.prevent.referrals.queries import agents_in, with_names
from fanal.prevent.referrals.slots import day_at
from fanal.prevent.referrals.terms import REMINDED_AFTER, State

REMINDED = "Il reste à dire la suite"


def remind(*, now: datetime) -> int:
    """Tell each place once of what waits since a day, then since four; how many places."""
    done = 0
    with acting_as(None, purpose=Purpose.REFERRALS):
        receiving = Participation.objects.select_related("organisation").order_by("pk")
        for place in with_names(receiving):
            today = day_at(place.public, now)  # type: ignore[attr-defined]
            passed = Booking.objects.filter(
                participation=place, state=State.EXPECTED, day__lt=today
            ).select_for_update(of=("self",), skip_locked=True)
            late = [one for one in passed.order_by("pk") if one.reminded < _due(today - one.day)]
            if late:
                _tell(place, late, today=today, now=now)
                done += 1
    return done


def _tell(place: Participation, late: list[Booking], *, today: date, now: datetime) -> None:
    # The database counts the days of a posting in Paris.
    people = agents_in(place.organisation, Role.RECEPTION, on=localdate(now, timezone=PARIS))
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


def _due(since: timedelta) -> int:
    return sum(since >= timedelta(days=one) for one in REMINDED_AFTER)

"""What is owed and late is said again, each day, to those who owe it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import BreakGlass
from fanal.ground.access.queries import reviewers_of
from fanal.ground.access.terms import Purpose
from fanal.ground.notifications.use_cases import notify


def remind_reviewers(*, now: datetime) -> int:
    """Tell those who review of each emergency opening whose review is late; returns how many."""
    with acting_as(None, purpose=Purpose.ALARMS):
        late = list(
            BreakGlass.objects.awaiting().filter(review_due_at__lte=now).select_related("authority")
        )
        for opening in late:
            notify(
                agents=reviewers_of(opening),
                text="L'examen d'un accès d'urgence est en retard.",
                path=reverse("access:review", args=[opening.ref]),
                now=now,
                urgent=True,
            )
    return len(late)

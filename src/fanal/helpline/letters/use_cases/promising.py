"""What is promised is watched: past four hours the coordinators are told, past a day everybody."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record
from fanal.ground.notifications.use_cases import notify
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import OPEN, Letter
from fanal.helpline.letters.queries import answerers_of


def tell_late(*, now: datetime) -> int:
    """Tell of each letter that has become late, once for each promise; how many were told of."""
    with acting_as(None, purpose=Purpose.LETTERS):
        waiting = Letter.objects.filter(state__in=OPEN).select_for_update(
            of=("self",), skip_locked=True
        )
        late = list(waiting.filter(due_at__lte=now, late_told_at=None))
        too_late = list(waiting.filter(limit_at__lte=now, limit_told_at=None))
        for letter in late:
            if letter.limit_at > now:
                _tell(letter, terms.LATE, (Role.COORDINATOR,), now)
            letter.late_told_at = now
            letter.save(update_fields=["late_told_at"])
        for letter in too_late:
            _tell(letter, terms.TOO_LATE, (Role.COORDINATOR, Role.LISTENER), now)
            letter.limit_told_at = now
            letter.save(update_fields=["limit_told_at"])
        told = {letter.pk: letter for letter in (*late, *too_late)}
        for letter in told.values():
            record(agent=None, deed="letter.late", subject=letter)
    return len(told)


def _tell(letter: Letter, text: str, roles: tuple[Role, ...], now: datetime) -> None:
    notify(
        agents=answerers_of(letter.organisation, *roles, on=localdate(now, timezone=PARIS)),
        text=text,
        path=reverse("letters:show", args=[letter.ref]),
        now=now,
        urgent=True,
    )

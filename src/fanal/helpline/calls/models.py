"""
Calls, and calls to give back. No number is kept of who calls: a keyed digest says « again ».

The number of a call to give back is sealed, shown to who is about to dial it, and gone once done.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.helpline.calls.funnel import Moments, funnel_of, length_said
from fanal.helpline.calls.terms import TOO_SOON, BackReason, BackState, Funnel

_ANSWERED = Q(answered_at__isnull=False, dissuaded=False)
_ALONE = Q(answered_at__isnull=True, dissuaded=False)
# The same places as ``funnel_of``: a property test compares them.
PLACES: dict[str, Q] = {
    Funnel.DISSUADED: Q(dissuaded=True),
    Funnel.TREATED: _ANSWERED & Q(treated=True),
    Funnel.PRE_TREATED: _ANSWERED & Q(treated=False),
    Funnel.WAITING: _ALONE & Q(ended_at__isnull=True),
    Funnel.ABANDONED_SOON: _ALONE & Q(ended_at__lt=F("arrived_at") + TOO_SOON),
    Funnel.ABANDONED: _ALONE & Q(ended_at__gte=F("arrived_at") + TOO_SOON),
}


class CallQuerySet(models.QuerySet["Call"]):
    def at(self, place: str) -> CallQuerySet:
        return self.filter(PLACES[place])


class Call(models.Model):
    # Drawn by the line, which tells of a call by it.
    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    caller = models.BinaryField("empreinte du numéro", null=True, blank=True)
    arrived_at = models.DateTimeField("arrivé le")
    answered_at = models.DateTimeField("décroché le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    dissuaded = models.BooleanField("dissuadé", default=False)
    treated = models.BooleanField("traité", default=False)
    listener = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écoutant",
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "appel"
        constraints = [
            models.CheckConstraint(
                name="call_answered_by_somebody",
                condition=Q(answered_at__isnull=True, listener__isnull=True, treated=False)
                | Q(answered_at__isnull=False, listener__isnull=False),
            ),
            models.CheckConstraint(
                name="call_dissuaded_is_not_answered",
                condition=Q(dissuaded=False) | Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="call_goes_forward",
                condition=(Q(answered_at__isnull=True) | Q(answered_at__gte=F("arrived_at")))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("arrived_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=("organisation", "arrived_at"), name="call_by_hour"),
            models.Index(fields=("caller",), name="call_again"),
        ]

    def __str__(self) -> str:
        return f"Appel {self.ref}"

    @property
    def funnel(self) -> Funnel:
        return funnel_of(
            Moments(self.arrived_at, self.answered_at, self.ended_at, self.dissuaded, self.treated)
        )

    @property
    def waited(self) -> str:
        """Until an answer, or until they hung up; nothing of one who waits still."""
        until = self.answered_at or self.ended_at
        return length_said(self.arrived_at, until) if until and not self.dissuaded else ""

    @property
    def lasted(self) -> str:
        answered, ended = self.answered_at, self.ended_at
        return length_said(answered, ended) if answered and ended else ""


class OpenLine(models.Model):
    """Whether somebody's line takes calls. One row a person: there is no history of it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    agent = models.OneToOneField(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="agent"
    )
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)

    class Meta:
        verbose_name = "ligne"

    def __str__(self) -> str:
        return f"Ligne de {self.agent}"


class CallBack(models.Model):
    """Somebody is to be called back, at an hour when it is safe for them."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    number = SealedTextField("numéro")
    care = SealedTextField("avant d’appeler")
    reason = models.CharField("motif", max_length=10, choices=BackReason)
    safe_from = models.DateTimeField("sûr de")
    safe_until = models.DateTimeField("sûr jusqu’à")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )
    tries = models.PositiveSmallIntegerField("essais", default=0)
    state = models.CharField("état", max_length=10, choices=BackState, default=BackState.TO_DO)
    done_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "rappel à faire"
        verbose_name_plural = "rappels à faire"
        ordering = ("safe_from", "pk")
        constraints = [
            models.CheckConstraint(
                name="call_back_safe_hour_ends_after_it_starts",
                condition=Q(safe_until__gt=F("safe_from")),
            ),
            models.CheckConstraint(
                name="call_back_done_says_when",
                condition=Q(state=BackState.TO_DO, done_at__isnull=True)
                | (~Q(state=BackState.TO_DO) & Q(done_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Rappel {self.ref}"

    def is_safe(self, now: datetime) -> bool:
        return self.safe_from <= now < self.safe_until

    def is_late(self, now: datetime) -> bool:
        return now >= self.safe_until

"""A block: time-boxed, with its reason, set by one, confirmed by another. Never against danger."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.blocks.terms import (
    LONGEST,
    LONGEST_CONNECTION,
    LONGEST_REASON,
    SHORTEST,
    UNCONFIRMED,
    Handle,
)


class Block(models.Model):
    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    handle = models.CharField("sur", max_length=12, choices=Handle)
    # Keyed, of a number or of the thing that a code opens; or of a conversation, which is no
    # address: what joins it to one is in the memory of the server (``connections``).
    digest = models.CharField("empreinte", max_length=64)
    reason = models.CharField("motif", max_length=LONGEST_REASON)
    set_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="posé par"
    )
    set_at = models.DateTimeField("posé le")
    until = models.DateTimeField("jusqu'au")
    confirmed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="confirmé par",
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="levé par",
    )
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)

    class Meta:
        verbose_name = "blocage"
        ordering = ("-set_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="block_lasts_an_hour_to_a_month",
                condition=Q(until__gte=F("set_at") + SHORTEST)
                & Q(until__lte=F("set_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="block_of_a_connection_lasts_a_day",
                condition=~Q(handle=Handle.CONNECTION)
                | Q(until__lte=F("set_at") + LONGEST_CONNECTION),
            ),
            models.CheckConstraint(
                name="block_says_who_confirmed",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="block_is_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("set_by")),
            ),
            models.CheckConstraint(
                name="block_says_who_lifted",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("handle", "digest"), name="block_by_handle")]

    def __str__(self) -> str:
        return f"Blocage {self.ref}"

    @property
    def ends_at(self) -> datetime:
        """Its time, or sooner: lifted, or confirmed by nobody within a day."""
        ends = self.until
        if self.confirmed_at is None:
            ends = min(ends, self.set_at + UNCONFIRMED)
        return min(ends, self.lifted_at) if self.lifted_at else ends

    def holds(self, now: datetime) -> bool:
        return self.set_at <= now < self.ends_at

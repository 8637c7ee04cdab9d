from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.protect.situations.models.situation import Situation


class HandOver(models.Model):
    """A list of situations passes from a référent to another, in one gesture."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    giver = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="remises par"
    )
    taker = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="reprises par"
    )
    decided_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="décidée par"
    )
    reason = models.CharField("motif", max_length=300)
    at = models.DateTimeField("le")
    # How many changed hands: the lines are seen with their files, this number by all who read it.
    count = models.PositiveSmallIntegerField("nombre de situations")
    # The receipt speaks of several minors, by their initials: it belongs to no single file.
    receipt = models.BinaryField("reçu")
    receipt_sha256 = models.CharField("empreinte du reçu", max_length=64)

    class Meta:
        verbose_name = "remise de situations"
        verbose_name_plural = "remises de situations"
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(name="handover_is_between_two", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(name="handover_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="handover_receipt_has_a_digest",
                condition=Q(receipt_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"Remise du {self.at:%d/%m/%Y}"


class HandedOver(models.Model):
    """One situation of a hand-over."""

    hand_over = models.ForeignKey(
        HandOver, on_delete=models.PROTECT, related_name="lines", verbose_name="remise"
    )
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="situation"
    )

    class Meta:
        verbose_name = "situation remise"
        verbose_name_plural = "situations remises"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("hand_over", "situation"), name="handed_over_once")
        ]

    def __str__(self) -> str:
        return f"Situation remise {self.pk}"

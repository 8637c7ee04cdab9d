from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models.files import CaseFile
from fanal.ground.access.terms import Verdict
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import ChildWelfareAuthority


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def awaiting(self) -> BreakGlassQuerySet:
        return self.filter(reviewed_at__isnull=True)

    def reviewed(self) -> BreakGlassQuerySet:
        return self.filter(reviewed_at__isnull=False)


class BreakGlass(models.Model):
    """A file opened in an emergency by somebody it was closed to: told at once, reviewed after."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="openings", verbose_name="dossier"
    )
    # Whoever reviews sees neither the file nor its row: these two say which it is, and whose.
    file_ref = models.UUIDField("référence du dossier")
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="openings", verbose_name="agent"
    )
    reason = models.CharField("motif", max_length=500)
    danger = models.CharField("danger", max_length=500)
    opened_at = models.DateTimeField("ouvert le")
    ends_at = models.DateTimeField("refermé le")
    review_due_at = models.DateTimeField("à examiner avant le")
    reviewed_at = models.DateTimeField("examiné le", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="examiné par",
    )
    verdict = models.CharField("conclusion", max_length=15, choices=Verdict, blank=True)
    review_reason = models.CharField("motif de la conclusion", max_length=500, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        verbose_name = "accès d'urgence"
        verbose_name_plural = "accès d'urgence"
        indexes = [
            models.Index(fields=("authority", "reviewed_at"), name="breakglass_by_review"),
            models.Index(fields=("agent",), name="breakglass_by_agent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="breakglass_says_why", condition=~Q(reason="") & ~Q(danger="")
            ),
            models.CheckConstraint(
                name="breakglass_closes_again", condition=Q(ends_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="breakglass_review_is_whole",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="")
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(verdict="")
                    & ~Q(review_reason="")
                ),
            ),
            models.CheckConstraint(
                name="breakglass_is_reviewed_by_somebody_else",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("agent")),
            ),
        ]

    def __str__(self) -> str:
        return f"Accès d'urgence du {self.opened_at:%d/%m/%Y}"

    def is_late(self, *, now: datetime) -> bool:
        return self.reviewed_at is None and self.review_due_at < now

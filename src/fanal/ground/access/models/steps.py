from __future__ import annotations

from django.db import models
from django.db.models import Q

from fanal.ground.access.models.files import CaseFile
from fanal.ground.access.terms import step_kind_choices
from fanal.ground.agents.models import Agent


class AccessStep(models.Model):
    """Who decided what about the opening of a file, and why. Added, never changed."""

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="access_steps", verbose_name="dossier"
    )
    kind = models.CharField("acte", max_length=20, choices=step_kind_choices)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    # Whom it is about; that person never reads the line.
    about = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="concerne",
    )
    reason = models.CharField("motif", max_length=500)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "décision d'accès"
        verbose_name_plural = "décisions d'accès"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(name="accessstep_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

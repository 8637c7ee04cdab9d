from __future__ import annotations

import uuid

from django.db import models

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent


class AccessCode(models.Model):
    """What a young person types to see which services opened their file. Shown once."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="+", verbose_name="dossier"
    )
    digest = models.CharField("empreinte", max_length=64, unique=True)
    given_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="remis par"
    )
    given_at = models.DateTimeField("remis le")
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "code de consultation des accès"
        verbose_name_plural = "codes de consultation des accès"
        ordering = ("-given_at",)
        constraints = [
            models.CheckConstraint(
                name="access_code_expires_after_it_is_given",
                condition=models.Q(expires_at__gt=models.F("given_at")),
            )
        ]

    def __str__(self) -> str:
        return f"Code du {self.given_at:%d/%m/%Y}"

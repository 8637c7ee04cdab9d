from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.terms import Outcome


class Trace(models.Model):
    """Who did, read or was refused what. The application can add one, never change one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, verbose_name="agent")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, verbose_name="organisation"
    )
    deed = models.CharField("acte", max_length=80)
    outcome = models.CharField("issue", max_length=10, choices=Outcome)
    subject_kind = models.CharField("objet", max_length=60, blank=True)
    subject_ref = models.UUIDField("référence de l'objet", null=True)
    case_file_ref = models.UUIDField("dossier", null=True)
    authority_code = models.CharField("autorité", max_length=5, blank=True)
    # Facts about the act, never about a person.
    detail = models.JSONField("détail", default=dict)

    class Meta:
        verbose_name = "trace"
        ordering = ("-at",)
        indexes = [
            models.Index(fields=("case_file_ref", "-at"), name="trace_by_case_file"),
            models.Index(fields=("agent", "-at"), name="trace_by_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} ({self.outcome})"


class RefusalTallyQuerySet(models.QuerySet["RefusalTally"]):
    def before(self, hour: datetime) -> RefusalTallyQuerySet:
        return self.filter(hour__lt=hour).order_by("hour", "pk")


class RefusalTally(models.Model):
    """How often, in one hour, nobody in particular was refused one thing in one way."""

    deed = models.CharField("acte", max_length=80)
    said = models.CharField("réponse", max_length=60)
    hour = models.DateTimeField("heure")
    counted = models.PositiveBigIntegerField("nombre")

    objects = RefusalTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "compte de refus"
        verbose_name_plural = "comptes de refus"
        constraints = [
            models.UniqueConstraint(fields=("deed", "said", "hour"), name="refusaltally_once")
        ]

    def __str__(self) -> str:
        return f"{self.deed} : {self.counted}"

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.protect.measures.models.measure import Measure
from fanal.protect.measures.terms import Answer, Orderer, StepKind


class MeasureStep(models.Model):
    """One step of a measure's course. Never changed, never removed."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="steps", verbose_name="mesure"
    )
    step = models.CharField("étape", max_length=20, choices=StepKind)
    # The day of the event itself; it is often written down later.
    on = models.DateField("jour")
    at = models.DateTimeField("écrite le")
    # Empty when a scheduled work wrote it.
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="agent"
    )
    note = models.TextField("précision", blank=True)

    class Meta:
        verbose_name = "étape de la mesure"
        verbose_name_plural = "étapes de la mesure"
        ordering = ("on", "id")
        indexes = [models.Index(fields=("case_file", "at"), name="measure_step_by_case_file")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} ({self.on:%d/%m/%Y})"


class CareQuestion(models.Model):
    """The parents of a child already admitted are asked about the place or mode of care."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="questions", verbose_name="mesure"
    )
    # What is asked, never an address.
    text = models.CharField("ce qui est demandé", max_length=300)
    sent_on = models.DateField("envoyée le")
    # Without it, silence takes six weeks instead of four (L223-2 CASF).
    received_on = models.DateField("reçue le", null=True, blank=True)
    answer = models.CharField("réponse", max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField("réponse le", null=True, blank=True)

    class Meta:
        verbose_name = "demande aux parents"
        verbose_name_plural = "demandes aux parents"
        ordering = ("sent_on", "id")
        constraints = [
            models.CheckConstraint(
                name="care_question_received_after_it_was_sent",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
            ),
            models.CheckConstraint(
                name="care_question_answered_says_when",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Demande du {self.sent_on:%d/%m/%Y}"


class ExitBan(models.Model):
    """Nobody takes the minor out of the territory; entered in the wanted persons file (FPR)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="exit_bans", verbose_name="mesure"
    )
    ordered_by = models.CharField("ordonnée par", max_length=10, choices=Orderer)
    ordered_on = models.DateField("ordonnée le")
    seised_on = models.DateField("juge saisi le", null=True, blank=True)
    ended_on = models.DateField("terminée le", null=True, blank=True)

    class Meta:
        verbose_name = "interdiction de sortie du territoire"
        verbose_name_plural = "interdictions de sortie du territoire"
        ordering = ("ordered_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("measure",), condition=Q(ended_on__isnull=True), name="exit_ban_runs_once"
            ),
            models.CheckConstraint(
                name="exit_ban_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("ordered_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"Interdiction de sortie du {self.ordered_on:%d/%m/%Y}"

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fanal.detect.reports.models.report import Report
from fanal.detect.reports.terms import CopyKind, OutcomeKind, StepKind
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.documents.models import Document
from fanal.ground.privacy.sealing.fields import SealedBinaryField, SealedTextField


class ReportCopy(models.Model):
    """Somebody else who is sent the signalement."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="copies", verbose_name="signalement"
    )
    kind = models.CharField("destinataire", max_length=15, choices=CopyKind)
    label = models.CharField("précision", max_length=200, blank=True)

    class Meta:
        verbose_name = "copie"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("report", "kind", "label"), name="report_copy_once"),
            models.CheckConstraint(
                name="report_copy_to_another_says_whom",
                condition=~Q(kind=CopyKind.OTHER) | ~Q(label=""),
            ),
        ]

    def __str__(self) -> str:
        return self.label if self.kind == CopyKind.OTHER else str(self.get_kind_display())


class ReportLetter(models.Model):
    """
    The letter that left, whole, kept with the signalement.

    The parquet holds what it was sent, whatever becomes of the département's file. ``document``
    is the copy filed there: whoever follows the minor reads it, so it does not say who alerted.
    """

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    # The key: whoever sends may be one of those who do not read the row back.
    report = models.OneToOneField(
        Report,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="letter",
        verbose_name="signalement",
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name="copie au dossier"
    )
    # It names who alerted.
    pdf = SealedBinaryField("fichier", anchor="report")

    class Meta:
        verbose_name = "lettre de signalement"
        verbose_name_plural = "lettres de signalement"

    def __str__(self) -> str:
        return f"Lettre du signalement {self.report_id}"


class ReportInformant(models.Model):
    """
    Who alerted, as the procureur was told.

    Masked from those who only follow the minor (CASF L226-2-2): it stands in no other row.
    """

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    # The key: whoever sends may be one of those who do not read the row back.
    report = models.OneToOneField(
        Report,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="informant",
        verbose_name="signalement",
    )
    name = SealedTextField("nom", anchor="report", blank=True)
    function = SealedTextField("fonction", anchor="report", blank=True)
    contact = SealedTextField("coordonnées", anchor="report", blank=True)

    class Meta:
        verbose_name = "auteur de l'information transmis au parquet"
        verbose_name_plural = "auteurs de l'information transmis au parquet"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.function, self.contact) if part)


class ReportOutcome(models.Model):
    """One thing that the parquet decided. Never changed, never removed."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="outcomes", verbose_name="signalement"
    )
    kind = models.CharField("suite", max_length=25, choices=OutcomeKind)
    on = models.DateField("décidée le")
    note = models.TextField("précision", blank=True)
    recorded_at = models.DateTimeField("enregistrée le")
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    # Written by the CRIP when the parquet answered by another way: who said it, and how.
    told_by = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "suite du signalement"
        verbose_name_plural = "suites du signalement"
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(fields=("report", "kind"), name="report_outcome_once")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ReportStep(models.Model):
    """One step of a signalement's course, as its timeline tells it."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="steps", verbose_name="signalement"
    )
    at = models.DateTimeField("le")
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="agent"
    )
    step = models.CharField("étape", max_length=15, choices=StepKind)
    note = models.TextField("précision", blank=True)

    class Meta:
        verbose_name = "étape du signalement"
        verbose_name_plural = "étapes du signalement"
        ordering = ("at", "id")
        indexes = [models.Index(fields=("case_file", "at"), name="report_step_by_case_file")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} ({self.at:%d/%m/%Y})"

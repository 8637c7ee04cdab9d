from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.retention.terms import Then
from fanal.ground.territory.models import ChildWelfareAuthority


class HoldQuerySet(models.QuerySet["Hold"]):
    def living(self) -> HoldQuerySet:
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """A file that must not move, whatever its time: a trial, a complaint, an inspection."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="holds", verbose_name="dossier"
    )
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    reason = models.CharField("motif", max_length=300)
    placed_at = models.DateTimeField("posée le")
    placed_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="posée par"
    )
    lifted_at = models.DateTimeField("levée le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="levée par",
    )
    lift_reason = models.CharField("motif de la levée", max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "suspension de conservation"
        verbose_name_plural = "suspensions de conservation"
        ordering = ("-placed_at",)
        constraints = [
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_lifted_says_by_whom_and_why",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__gte=F("placed_at"), lifted_by__isnull=False) & ~Q(lift_reason="")),
            ),
            models.UniqueConstraint(
                fields=("case_file",), condition=Q(lifted_at__isnull=True), name="hold_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Suspension du dossier {self.case_file_id}"


class Archived(models.Model):
    """A file that left the active base; the database closes it to everybody's desk."""

    case_file = models.OneToOneField(
        CaseFile, on_delete=models.PROTECT, related_name="archived", verbose_name="dossier"
    )
    at = models.DateTimeField("versé le")
    rule = models.CharField("règle", max_length=40)

    class Meta:
        verbose_name = "versement en archive intermédiaire"
        verbose_name_plural = "versements en archive intermédiaire"

    def __str__(self) -> str:
        return f"Archive du dossier {self.case_file_id}"


class Erasure(models.Model):
    """One line of the list: what was erased, archived or made nameless. No content, ever."""

    ref = models.UUIDField("ligne", default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField("le")
    thing = models.CharField("objet", max_length=60)
    thing_ref = models.UUIDField("référence de l'objet")
    rule = models.CharField("règle", max_length=40)
    then = models.CharField("sort", max_length=15, choices=Then)
    authority_code = models.CharField("autorité", max_length=5, blank=True)

    class Meta:
        verbose_name = "effacement"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("authority_code", "-at"), name="erasure_by_authority")]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_ref}"


class KeptCount(models.Model):
    """What is still known of what went: how many, of what, in which year they began."""

    thing = models.CharField("objet", max_length=60)
    authority_code = models.CharField("autorité", max_length=5, blank=True)
    year = models.PositiveSmallIntegerField("année")
    then = models.CharField("sort", max_length=15, choices=Then)
    count = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "compte gardé"
        verbose_name_plural = "comptes gardés"
        ordering = ("-year", "thing")
        constraints = [
            models.UniqueConstraint(
                fields=("thing", "authority_code", "year", "then"), name="kept_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing}, {self.year}"


class RetentionRun(models.Model):
    """What one night did for one authority: counts alone."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField("le")
    authority_code = models.CharField("autorité", max_length=5, blank=True)
    done = models.JSONField("comptes", default=dict)
    held = models.PositiveIntegerField("suspendus", default=0)
    failed = models.PositiveIntegerField("en échec", default=0)

    class Meta:
        verbose_name = "passage de la conservation"
        verbose_name_plural = "passages de la conservation"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"Passage du {self.at:%d/%m/%Y}"

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.terms import ExclusionKind, capacity_choices
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import ChildWelfareAuthority


class CaseFile(models.Model):
    """The anchor of all case data: one per minor and authority."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    opened_at = models.DateTimeField("ouvert le")
    # Two files found to be the same minor's: this one is read with the other; emptying undoes it.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name="réuni avec",
    )
    # A sealed file is open only to those who hold it by name.
    sealed_at = models.DateTimeField("mis sous scellé le", null=True, blank=True)
    seal_reason = models.CharField("motif du scellé", max_length=300, blank=True)
    # Whether an emergency opens it all the same; chosen by whoever seals.
    seal_yields = models.BooleanField("s'ouvre en urgence", default=False)

    class Meta:
        verbose_name = "dossier"
        indexes = [models.Index(fields=("authority",), name="casefile_by_authority")]
        constraints = [
            models.CheckConstraint(
                name="casefile_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="casefile_seal_has_a_reason",
                condition=Q(sealed_at__isnull=True) | ~Q(seal_reason=""),
            ),
            models.CheckConstraint(
                name="casefile_yields_under_seal_alone",
                condition=Q(sealed_at__isnull=False) | Q(seal_yields=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Dossier {self.ref}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def living(self, *, at: datetime) -> GrantQuerySet:
        return self.not_over(at=at).filter(starts_at__lte=at)

    def not_over(self, *, at: datetime) -> GrantQuerySet:
        """Those that run, and those to come."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class Grant(models.Model):
    """An agent holds one file, in a capacity, from a moment to another."""

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="grants", verbose_name="dossier"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="grants", verbose_name="agent"
    )
    capacity = models.CharField("qualité", max_length=20, choices=capacity_choices)
    starts_at = models.DateTimeField("depuis")
    ends_at = models.DateTimeField("jusqu'à", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "accès nominatif"
        verbose_name_plural = "accès nominatifs"
        indexes = [
            models.Index(fields=("agent", "case_file"), name="grant_by_agent"),
            models.Index(fields=("case_file",), name="grant_by_case_file"),
        ]
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
            models.UniqueConstraint(
                fields=("case_file", "agent", "capacity"),
                condition=Q(ends_at__isnull=True),
                name="grant_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, {self.get_capacity_display()}"


class Exclusion(models.Model):
    """An agent must never see this file: a relative, a suspect, their own child."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="exclusions", verbose_name="dossier"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="exclusions", verbose_name="agent"
    )
    kind = models.CharField(
        "nature", max_length=12, choices=ExclusionKind, default=ExclusionKind.OTHER
    )
    reason = models.CharField("motif", max_length=300)
    since = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "exclusion"
        constraints = [
            models.UniqueConstraint(fields=("case_file", "agent"), name="exclusion_once")
        ]

    def __str__(self) -> str:
        return f"Exclusion de {self.agent}"

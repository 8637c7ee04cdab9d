from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import Commune, Court
from fanal.protect.measures.terms import ShelterKind, ShelterStatus
from fanal.protect.situations.models import Situation


class ShelterQuerySet(models.QuerySet["EmergencyShelter"]):
    def running(self) -> ShelterQuerySet:
        return self.filter(status=ShelterStatus.SHELTERED)

    def of_case_files(self, case_files: Iterable[CaseFile]) -> ShelterQuerySet:
        return self.filter(case_file__in=case_files)


class EmergencyShelter(models.Model):
    """A minor is sheltered without a judge (L223-2 CASF). Where is written nowhere here."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="shelters", verbose_name="dossier"
    )
    # Often nobody follows the minor yet.
    situation = models.ForeignKey(
        Situation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shelters",
        verbose_name="situation",
    )
    kind = models.CharField("nature", max_length=25, choices=ShelterKind)
    status = models.CharField(
        "état", max_length=25, choices=ShelterStatus, default=ShelterStatus.SHELTERED
    )
    reason = models.TextField("motif")
    # Where the minor was found: it names the procureur, and says nothing of the shelter.
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, verbose_name="commune où le mineur a été trouvé"
    )
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", verbose_name="tribunal"
    )
    tpe_court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", verbose_name="tribunal pour enfants"
    )
    # Whom to ring: a service, never a place.
    desk = models.CharField("service à joindre", max_length=150)
    desk_phone = models.CharField("téléphone du service", max_length=30)
    started_at = models.DateTimeField("à l'abri depuis le")
    started_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="décidée par"
    )

    parents_informed_at = models.DateTimeField("parents informés le", null=True, blank=True)
    parents_informed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="parents informés par",
    )
    # Informing them is the rule; not doing so is a reasoned exception.
    parents_exception = models.TextField("pourquoi ils ne le sont pas", blank=True)
    prosecutor_informed_at = models.DateTimeField("procureur informé le", null=True, blank=True)
    prosecutor_informed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="procureur informé par",
    )

    agreed_on = models.DateField("accord écrit signé le", null=True, blank=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    ended_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="terminée par",
    )
    end_note = models.TextField("suite donnée", blank=True)

    objects = ShelterQuerySet.as_manager()

    class Meta:
        verbose_name = "mise à l'abri"
        verbose_name_plural = "mises à l'abri"
        indexes = [models.Index(fields=("status", "started_at"), name="shelter_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=("case_file",),
                condition=Q(status=ShelterStatus.SHELTERED),
                name="shelter_runs_once",
            ),
            models.CheckConstraint(
                name="shelter_ended_says_when_and_by_whom",
                condition=Q(status=ShelterStatus.SHELTERED, ended_at__isnull=True)
                | (
                    ~Q(status=ShelterStatus.SHELTERED)
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="shelter_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
            ),
            # L223-2 CASF: both are told without delay; the parents, or why they are not.
            models.CheckConstraint(
                name="shelter_ends_once_both_were_told",
                condition=Q(status=ShelterStatus.SHELTERED)
                | (
                    Q(prosecutor_informed_at__isnull=False)
                    & (Q(parents_informed_at__isnull=False) | ~Q(parents_exception=""))
                ),
            ),
            models.CheckConstraint(
                name="shelter_consent_is_written",
                condition=~Q(status=ShelterStatus.ADMITTED_WITH_CONSENT)
                | Q(agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="shelter_says_why_and_whom_to_ring",
                condition=~Q(reason="") & ~Q(desk="") & ~Q(desk_phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Mise à l'abri {self.number}"

    @property
    def number(self) -> str:
        """Short enough to be said over the telephone."""
        return f"A-{str(self.ref)[:8].upper()}"

    @property
    def is_running(self) -> bool:
        return self.status == ShelterStatus.SHELTERED

    @property
    def lasts_72_hours(self) -> bool:
        return self.kind == ShelterKind.SHELTER_72H

    @property
    def parents_are_dealt_with(self) -> bool:
        return self.parents_informed_at is not None or self.parents_exception != ""

    @property
    def duties_are_done(self) -> bool:
        return self.parents_are_dealt_with and self.prosecutor_informed_at is not None

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.sealing.fields import SealedBinaryField, SealedTextField
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.portal.rights.terms import OPEN, Asker, Field, Kind, Status, StepKind, Way, Withheld


class RightsRequest(models.Model):
    """
    Somebody asks to see what is kept of them, or to have it put right.

    It names the file by its reference alone: whoever records it need not see the file, and is
    not told whether it exists.
    """

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    file_ref = models.UUIDField("référence du dossier", null=True, blank=True)
    kind = models.CharField("demande", max_length=15, choices=Kind)
    asker = models.CharField("demandeur", max_length=12, choices=Asker)
    asker_name = SealedTextField("nom du demandeur", blank=True)
    asker_contact = SealedTextField("adresse de réponse", blank=True)
    way = models.CharField("reçue", max_length=10, choices=Way)
    wish = models.TextField("ce qui est demandé", blank=True)
    received_on = models.DateField("reçue le")
    recorded_at = models.DateTimeField("enregistrée le")
    recorded_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    status = models.CharField("état", max_length=12, choices=Status, default=Status.RECEIVED)
    due_on = models.DateField("réponse due le")
    why_due = models.TextField("calcul du délai")
    extension_reason = models.TextField("motif de la prolongation", blank=True)
    identity_check = models.CharField("identité vérifiée par", max_length=200, blank=True)
    given = models.TextField("ce qui est communiqué", blank=True)
    withheld = ArrayField(
        models.CharField(max_length=15, choices=Withheld),
        verbose_name="ce qui n’est pas communiqué",
        default=list,
        blank=True,
    )
    refusal_reason = models.TextField("motif du refus", blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    letter = SealedBinaryField("lettre", null=True, blank=True)

    class Meta:
        verbose_name = "demande d’exercice de droits"
        verbose_name_plural = "demandes d’exercice de droits"
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=("authority", "status"), name="rights_by_authority")]
        constraints = [
            models.CheckConstraint(
                name="rights_answered_has_a_day",
                condition=Q(status__in=OPEN) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rights_refused_has_a_reason",
                condition=~Q(status=Status.REFUSED) | ~Q(refusal_reason=""),
            ),
            models.CheckConstraint(
                name="rights_prepared_after_identity",
                condition=Q(status__in=(Status.RECEIVED, Status.REFUSED)) | ~Q(identity_check=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Demande {self.ref}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    @property
    def withheld_in_words(self) -> list[str]:
        return [str(Withheld(one).label) for one in self.withheld]


class RightsStep(models.Model):
    """One step of a request, added and never changed."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="steps", verbose_name="demande"
    )
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, verbose_name="par")
    step = models.CharField("étape", max_length=12, choices=StepKind)

    class Meta:
        verbose_name = "étape d’une demande de droits"
        verbose_name_plural = "étapes d’une demande de droits"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.get_step_display())


class Correction(models.Model):
    """What was put right in a file, with what stood there before."""

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="corrections", verbose_name="dossier"
    )
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="corrections", verbose_name="demande"
    )
    field = models.CharField("donnée", max_length=15, choices=Field)
    former = models.CharField("ancienne version", max_length=500, blank=True)
    corrected = models.CharField("nouvelle version", max_length=500, blank=True)
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "rectification"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"Rectification : {self.get_field_display()}"

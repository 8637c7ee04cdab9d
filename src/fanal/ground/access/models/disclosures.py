from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models.files import CaseFile
from fanal.ground.access.terms import (
    CLASSES,
    OPENED_BY,
    DisclosureGround,
    class_choices,
    disclosure_ground_choices,
)
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.terms import Tag
from fanal.ground.territory.models import ChildWelfareAuthority


class DisclosureQuerySet(models.QuerySet["DisclosureRecord"]):
    def living(self, *, at: datetime) -> DisclosureQuerySet:
        return self.filter(withdrawn_at__isnull=True, returned_at__isnull=True, expires_at__gt=at)


class DisclosureRecord(models.Model):
    """A part of a file told to one agent until a day: what left, on what ground, who was told."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="disclosures", verbose_name="dossier"
    )
    # Whoever receives never sees the file's row: these two say which it is, and whose.
    file_ref = models.UUIDField("référence du dossier")
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    shared_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="partagé par"
    )
    shared_with = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="disclosures", verbose_name="partagé avec"
    )
    ground = models.CharField("fondement", max_length=12, choices=disclosure_ground_choices)
    purpose = models.CharField("finalité", max_length=300)
    fields = ArrayField(
        models.CharField(max_length=12, choices=class_choices),
        verbose_name="données partagées",
    )
    # What left, copied on that day: [{"field": …, "label": …, "text": …}].
    package = models.JSONField("contenu")
    informed_parents = models.BooleanField("parents informés")
    informed_child = models.BooleanField("enfant informé")
    exemption_reason = models.CharField("motif de non-information", max_length=500, blank=True)
    at = models.DateTimeField("le")
    expires_at = models.DateTimeField("jusqu'au")
    received_at = models.DateTimeField("reçu le", null=True, blank=True)
    returned_at = models.DateTimeField("rendu le", null=True, blank=True)
    reply = models.TextField("réponse", blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "partage"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("shared_with", "-at"), name="disclosure_by_receiver")]
        constraints = [
            models.CheckConstraint(
                name="disclosure_ends_after_it_starts", condition=Q(expires_at__gt=F("at"))
            ),
            models.CheckConstraint(
                name="disclosure_is_to_somebody_else", condition=~Q(shared_with=F("shared_by"))
            ),
            models.CheckConstraint(
                name="disclosure_informs_or_says_why_not",
                condition=Q(informed_parents=True, informed_child=True) | ~Q(exemption_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Partage du {self.at:%d/%m/%Y}"

    def is_living(self, *, at: datetime) -> bool:
        return self.withdrawn_at is None and self.returned_at is None and self.expires_at > at

    @property
    def opened(self) -> frozenset[Tag]:
        """The classes that it opens: those chosen, as far as its ground goes."""
        chosen = frozenset(Tag(one) for one in self.fields)
        return chosen & OPENED_BY[DisclosureGround(self.ground)]

    @property
    def told(self) -> dict[Tag, list[dict[str, str]]]:
        """What it tells, class by class: the one way in which what left is read again."""
        return {
            tag: [line for line in self.package if line["field"] == tag]
            for tag in CLASSES
            if tag in self.opened
        }

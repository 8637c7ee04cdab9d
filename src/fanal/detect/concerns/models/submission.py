from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from fanal.detect.concerns.terms import SubmissionStatus
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedJSONField
from fanal.ground.territory.models import ChildWelfareAuthority


class Submission(models.Model):
    """What the author keeps of a concern: a receipt and a status, nothing of its course."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    receipt = models.CharField("accusé de réception", max_length=20, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="organisation"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, verbose_name="auteur"
    )
    # The name that the author's own software gives to the concern.
    external_ref = models.CharField("référence externe", max_length=200, blank=True)
    content_digest = models.CharField("empreinte du contenu", max_length=64)
    # Keyed digests of name and year of birth: they tell the author of a possible repetition.
    match_keys = ArrayField(models.CharField(max_length=32), verbose_name="clés de rapprochement")
    initials = models.CharField("initiales", max_length=20)
    sent_at = models.DateTimeField("transmise le")
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    status = models.CharField(
        "état", max_length=15, choices=SubmissionStatus, default=SubmissionStatus.RECEIVED
    )
    status_at = models.DateTimeField("état depuis le")

    class Meta:
        verbose_name = "envoi"
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "external_ref"),
                condition=~Q(external_ref=""),
                name="submission_external_ref_once",
            )
        ]
        indexes = [
            models.Index(fields=("organisation", "-sent_at"), name="submission_by_organisation"),
            GinIndex(fields=("match_keys",), name="submission_by_match_keys"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Draft(models.Model):
    """A concern being written. Its author alone reads it; it saves itself."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, verbose_name="auteur")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="organisation"
    )
    content = SealedJSONField("contenu", default=dict, by_author=True)
    started_at = models.DateTimeField("commencé le")
    updated_at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "brouillon"
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        return f"Brouillon {self.ref}"

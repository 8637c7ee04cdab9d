from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.documents.terms import kind_choices
from fanal.ground.privacy.sealing.fields import SealedBinaryField


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self) -> DocumentQuerySet:
        return self.filter(superseded_by__isnull=True)

    def listed(self) -> DocumentQuerySet:
        """What a list shows: the file itself stays in the database."""
        return self.defer("pdf").select_related("created_by")


class Document(models.Model):
    """A letter as it left: its bytes, sealed, and the digest that tells them from any others."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="documents", verbose_name="dossier"
    )
    kind = models.CharField("nature", max_length=30, choices=kind_choices)
    title = models.CharField("intitulé", max_length=200)
    pdf = SealedBinaryField("fichier")
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    created_at = models.DateTimeField("établi le")
    # Empty when a scheduled work wrote the letter.
    created_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="établi par"
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="supersedes",
        verbose_name="remplacé par",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("case_file", "-created_at"), name="document_by_file")]
        constraints = [
            models.CheckConstraint(
                name="document_is_not_superseded_by_itself",
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
            ),
            models.CheckConstraint(
                name="document_has_a_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_current(self) -> bool:
        return self.superseded_by_id is None

from __future__ import annotations

import uuid

from django.db import models

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.protect.situations.models.situation import Situation
from fanal.protect.situations.terms import EntryKind, source_choices


class Entry(models.Model):
    """One line of a minor's timeline. It is never changed: a correction is another line."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="entries", verbose_name="dossier"
    )
    # None: written while nobody followed the minor yet, by an act on the file itself.
    situation = models.ForeignKey(
        Situation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name="situation",
    )
    kind = models.CharField("nature", max_length=15, choices=EntryKind)
    at = models.DateTimeField("quand")
    text = models.TextField("texte")
    where = models.CharField("lieu", max_length=150, blank=True)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, verbose_name="écrite par"
    )
    written_at = models.DateTimeField("écrite le")
    source_kind = models.CharField("provenance", max_length=15, choices=source_choices, blank=True)
    source_ref = models.UUIDField("référence de la provenance", null=True, blank=True)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name="corrige",
    )

    class Meta:
        verbose_name = "événement du fil"
        verbose_name_plural = "événements du fil"
        ordering = ("at", "id")
        indexes = [
            models.Index(fields=("case_file", "at"), name="entry_by_case_file"),
            models.Index(fields=("situation", "-written_at"), name="entry_by_situation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.at:%d/%m/%Y}"

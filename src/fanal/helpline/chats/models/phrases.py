"""What is ready to be said: reviewed by another person before anybody is offered it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.chats.models.talks import Conversation
from fanal.helpline.chats.terms import LONGEST_TITLE, PhraseState


class Phrase(models.Model):
    """One version of a text. ``root`` is the same through its versions; a text never changes."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    root = models.UUIDField("phrase", default=uuid.uuid4)
    version = models.PositiveSmallIntegerField("version", default=1)
    title = models.CharField("titre", max_length=LONGEST_TITLE)
    text = models.TextField("texte")
    state = models.CharField("état", max_length=10, choices=PhraseState, default=PhraseState.DRAFT)
    written_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    written_at = models.DateTimeField("écrite le")
    reviewed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="relue par",
    )
    reviewed_at = models.DateTimeField("relue le", null=True, blank=True)

    class Meta:
        verbose_name = "phrase prête"
        verbose_name_plural = "phrases prêtes"
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint(fields=("root", "version"), name="phrase_one_text_a_version"),
            models.CheckConstraint(
                name="phrase_reviewed_by_another",
                condition=~Q(state=PhraseState.REVIEWED)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                & ~Q(reviewed_by=models.F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Proposal(models.Model):
    """A way in another language, or in signs, was proposed to whoever writes."""

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name="conversation",
    )
    # The name of a way of ``ways.toml``.
    way = models.CharField("moyen", max_length=30)
    by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="proposé par"
    )
    at = models.DateTimeField("proposé le")

    class Meta:
        verbose_name = "moyen proposé"
        verbose_name_plural = "moyens proposés"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.way

"""
A question, sealed, that nothing ties to who asked; and what was rewritten of one to be published.

No key ties the second to the first: the question goes in time, what is published stays.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.prevent.exchange.terms import LONGEST_TITLE, EntryState, State, Writer

LEVELS = [(level.value, level.name.lower()) for level in Level]


class Question(models.Model):
    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    # Drawn by the form that sends: sent again, it is the same question.
    sent = models.UUIDField("clé d'envoi", unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    writer = models.CharField("qui demande", max_length=10, choices=Writer, blank=True)
    departement = models.CharField("département", max_length=3, blank=True)
    # Of ``engines/triage``: a class and the names of the rules that hold.
    level = models.PositiveSmallIntegerField("classe", choices=LEVELS, default=Level.USUAL.value)
    reasons = models.JSONField("motifs", default=list)
    text = SealedTextField("question")
    answer = SealedTextField("réponse", blank=True)
    received_at = models.DateTimeField("reçue le")
    settled_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="traitée par",
    )
    settled_at = models.DateTimeField("traitée le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta:
        verbose_name = "question"
        constraints = [
            models.CheckConstraint(
                name="question_settled_says_by_whom",
                condition=Q(state=State.WAITING)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_answered_says_when",
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=("organisation", "level", "received_at"),
                condition=Q(state=State.WAITING),
                name="question_waiting_ones",
            ),
            models.Index(fields=("received_at",), name="question_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"Question {self.ref}"


class PublicAnswer(models.Model):
    """A question and its answer, rewritten so that nobody is known by them."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    # The question that it was rewritten from: no key, it is erased in its time.
    about = models.UUIDField("question d'origine", db_index=True)
    state = models.CharField("état", max_length=10, choices=EntryState, default=EntryState.DRAFT)
    title = models.CharField("titre", max_length=LONGEST_TITLE)
    question = models.TextField("question réécrite")
    answer = models.TextField("réponse réécrite")
    # All of it in small letters without accents: what is typed in haste has none.
    words = models.TextField("mots cherchés")
    written_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="réécrit par"
    )
    written_at = models.DateTimeField("réécrit le")
    reviewed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="relu par",
    )
    reviewed_at = models.DateTimeField("relu le", null=True, blank=True)

    class Meta:
        verbose_name = "échange publié"
        verbose_name_plural = "échanges publiés"
        constraints = [
            models.CheckConstraint(
                name="entry_published_was_read_by_another",
                condition=~Q(state=EntryState.PUBLISHED)
                | (
                    Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                    & ~Q(reviewed_by=F("written_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Échange {self.ref}"


class PublishedAnswer(models.Model):
    """A row of the view ``exchange_published``: what two people read, without their names."""

    ref = models.UUIDField("référence")
    title = models.CharField("titre", max_length=LONGEST_TITLE)
    question = models.TextField("question réécrite")
    answer = models.TextField("réponse réécrite")
    words = models.TextField("mots cherchés")
    reviewed_at = models.DateTimeField("relu le")

    class Meta:
        managed = False
        db_table = "exchange_published"
        verbose_name = "réponse publiée"
        verbose_name_plural = "réponses publiées"

    def __str__(self) -> str:
        return self.title

"""
A letter to the helpline: what was written is sealed, and nothing tells who wrote it.

Whoever writes speaks through functions of the owner (migration 0002); the five words of their code
lead back to the letter, and to no word that they wrote.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.helpline.chats.models import LEVELS
from fanal.helpline.chats.terms import Topic
from fanal.helpline.letters.terms import Side, Source, State, Way, Writer, source_choices

OPEN = (State.WAITING, State.TAKEN)


class Letter(models.Model):
    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    # Drawn by the form that sends: sent again, it is the same letter.
    sent = models.UUIDField("clé d'envoi", unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    source = models.CharField(
        "venue par", max_length=10, choices=source_choices, default=Source.WEB
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    # Three questions, none of which must be answered.
    writer = models.CharField("qui écrit", max_length=12, choices=Writer, blank=True)
    topic = models.CharField("sujet", max_length=10, choices=Topic, blank=True)
    departement = models.CharField("département", max_length=3, blank=True)
    in_danger = models.BooleanField("dit être en danger maintenant", default=False)
    # Of ``engines/triage``: a class, names of the rules that hold, the file they come from.
    level = models.PositiveSmallIntegerField("classe", choices=LEVELS, default=Level.USUAL.value)
    reasons = models.JSONField("motifs", default=list)
    rules = models.CharField("version des règles", max_length=12)
    way = models.CharField("réponse voulue", max_length=10, choices=Way, default=Way.CODE)
    contact = SealedTextField("coordonnées", blank=True)
    safe_when = SealedTextField("quand appeler sans risque", blank=True)
    received_at = models.DateTimeField("reçue le")
    due_at = models.DateTimeField("réponse promise le")
    limit_at = models.DateTimeField("réponse au plus tard le")
    # Said once to those who answer for the helpline; empty again when a word is added.
    late_told_at = models.DateTimeField("retard signalé le", null=True, blank=True)
    limit_told_at = models.DateTimeField("grand retard signalé le", null=True, blank=True)
    listener = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écoutant",
    )
    taken_at = models.DateTimeField("prise le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    # The number of its last text.
    last = models.PositiveIntegerField("dernier texte", default=0)

    class Meta:
        verbose_name = "lettre"
        constraints = [
            models.CheckConstraint(
                name="letter_taken_has_a_listener",
                condition=~Q(state=State.TAKEN) | Q(listener__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_waiting_has_no_listener",
                condition=~Q(state=State.WAITING) | Q(listener__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_answered_says_when",
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_closed_says_when",
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=("organisation", "level", "due_at"),
                condition=Q(state__in=OPEN),
                name="letter_open_ones",
            ),
            models.Index(fields=("received_at",), name="letter_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"Lettre {self.ref}"


class LetterText(models.Model):
    """What was written, by either side. ``number`` is its place in the letter, from 1."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="texts", verbose_name="lettre"
    )
    number = models.PositiveIntegerField("numéro")
    side = models.CharField("côté", max_length=10, choices=Side)
    way = models.CharField("par", max_length=10, choices=Way, default=Way.CODE)
    text = SealedTextField("texte")
    # Drawn by whoever sends: sent again, it is the same text.
    key = models.UUIDField("clé d'envoi", default=uuid.uuid4)
    at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "texte d'une lettre"
        verbose_name_plural = "textes de lettres"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("letter", "key"), name="letter_text_sent_once"),
            models.UniqueConstraint(fields=("letter", "number"), name="letter_text_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"Texte {self.number}"

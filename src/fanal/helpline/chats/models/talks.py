"""
A conversation without trace: no address, no device, no account, nothing but what is said.

Whoever writes holds a key of 256 bits in the memory of their page; its digest alone is kept. They
speak through functions of the owner (migration 0002), which answer for that key and for no other.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fanal.engines.triage.rules import Level
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.chats.terms import Side, State, Topic

LEVELS = [(level.value, level.name.lower()) for level in Level]


class Conversation(models.Model):
    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    key_digest = models.BinaryField("empreinte de la clé", unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField("ouverte le")
    taken_at = models.DateTimeField("prise le", null=True, blank=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    ended_by = models.CharField("terminée par", max_length=10, choices=Side, blank=True)
    # At most three questions, none of which must be answered.
    departement = models.CharField("département", max_length=3, blank=True)
    minor = models.BooleanField("moins de 18 ans", null=True, blank=True)
    topic = models.CharField("sujet", max_length=10, choices=Topic, blank=True)
    in_danger = models.BooleanField("dit être en danger maintenant", default=False)
    # Of ``engines/triage``: a class, names of the rules that hold, the file they come from.
    level = models.PositiveSmallIntegerField("classe", choices=LEVELS, default=Level.USUAL.value)
    reasons = models.JSONField("motifs", default=list)
    rules = models.CharField("version des règles", max_length=12)
    listener = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écoutant",
    )
    visitor_seen_at = models.DateTimeField("personne vue le")
    listener_seen_at = models.DateTimeField("écoutant vu le", null=True, blank=True)
    # Said once to whoever writes; empty again when the listener comes back.
    listener_lost_at = models.DateTimeField("écoutant perdu le", null=True, blank=True)
    hand_raised_at = models.DateTimeField("main levée le", null=True, blank=True)
    # The number of its last message: numbers of a conversation follow each other without a hole.
    last = models.PositiveIntegerField("dernier message", default=0)
    # Who comes back with a code is shown nothing said before: no message up to this one.
    hidden_to = models.PositiveIntegerField("rien n'est montré jusqu'au message", db_default=0)
    coded_at = models.DateTimeField("code remis le", null=True, blank=True)
    returned_at = models.DateTimeField("de retour le", null=True, blank=True)
    # Who listened before: asked again, and anybody may answer.
    asked_for = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écoutant redemandé",
    )

    class Meta:
        verbose_name = "conversation"
        constraints = [
            models.CheckConstraint(
                name="chat_active_has_a_listener",
                condition=~Q(state=State.ACTIVE)
                | Q(listener__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="chat_waiting_has_no_listener",
                condition=~Q(state=State.WAITING) | Q(listener__isnull=True),
            ),
            models.CheckConstraint(
                name="chat_ended_says_when_and_by_whom",
                condition=Q(state=State.ENDED, ended_at__isnull=False) & ~Q(ended_by="")
                | ~Q(state=State.ENDED) & Q(ended_at__isnull=True, ended_by=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=("organisation", "state"),
                condition=~Q(state=State.ENDED),
                name="chat_open_ones",
            ),
            models.Index(fields=("organisation", "opened_at"), name="chat_by_opening"),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.ref}"


class Message(models.Model):
    """What was said. ``number`` is its place in the conversation, from 1."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages", verbose_name="conversation"
    )
    number = models.PositiveIntegerField("numéro")
    side = models.CharField("côté", max_length=10, choices=Side)
    text = models.TextField("texte")
    # Drawn by whoever sends: sent again, it is the same message.
    key = models.UUIDField("clé d'envoi", default=uuid.uuid4)
    at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "message"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("conversation", "key"), name="message_sent_once"),
            models.UniqueConstraint(fields=("conversation", "number"), name="message_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"Message {self.number}"

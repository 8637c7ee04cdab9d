"""Whose desk is open, and who was moved in the queue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fanal.ground.agents.models import Agent
from fanal.helpline.chats.models.talks import Conversation
from fanal.helpline.chats.terms import LONGEST_WHY, MoveWhy


class Desk(models.Model):
    """Whose desk of the helpline is open, and when it was last seen to be."""

    agent = models.OneToOneField(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="écoutant"
    )
    seen_at = models.DateTimeField("vu le")

    class Meta:
        verbose_name = "poste d'écoute"
        verbose_name_plural = "postes d'écoute"

    def __str__(self) -> str:
        return f"Poste de {self.agent_id}"


class Move(models.Model):
    """Somebody who waits was put before, or behind, another: who decided it, and why."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="moves", verbose_name="conversation"
    )
    other = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="+", verbose_name="par rapport à"
    )
    before = models.BooleanField("avant")
    why = models.CharField("motif", max_length=10, choices=MoveWhy)
    words = models.CharField("précision", max_length=LONGEST_WHY, blank=True)
    by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="décidé par"
    )
    at = models.DateTimeField("décidé le")

    class Meta:
        verbose_name = "déplacement dans la file"
        verbose_name_plural = "déplacements dans la file"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="chat_move_is_about_another", condition=~Q(conversation=models.F("other"))
            ),
            models.CheckConstraint(
                name="chat_move_for_another_reason_says_it",
                condition=~Q(why=MoveWhy.OTHER) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """« plus grave que les règles ne le voient (motif), par Maya Inventée »."""
        named = self.why != MoveWhy.OTHER
        about = f" ({self.words})" if self.words and named else ""
        return f"{self.get_why_display() if named else self.words}{about}, par {self.by.name}"

"""Who else has a part in a conversation that is led: a colleague asked, a coordinator who reads."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fanal.ground.agents.models import Agent
from fanal.helpline.chats.models.talks import Conversation
from fanal.helpline.chats.terms import Agreed, TransferState


class Transfer(models.Model):
    """
    Somebody who listens asks a colleague to go on, with a summary and the word of who writes.

    Until it is accepted the first keeps the conversation: a trigger lets it change hands only then.
    """

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.PROTECT,
        related_name="transfers",
        verbose_name="conversation",
    )
    asked_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par"
    )
    # Nobody in particular when empty: any colleague.
    to = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="demandé à",
    )
    summary = models.TextField("résumé")
    agreed = models.CharField("la personne est d'accord", max_length=10, choices=Agreed)
    state = models.CharField(
        "état", max_length=10, choices=TransferState, default=TransferState.ASKED
    )
    asked_at = models.DateTimeField("demandé le")
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="répondu par",
    )

    class Meta:
        verbose_name = "relais"
        verbose_name_plural = "relais"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("conversation",),
                condition=Q(state=TransferState.ASKED),
                name="chat_one_transfer_asked_at_a_time",
            ),
            models.CheckConstraint(
                name="chat_transfer_goes_to_another",
                condition=Q(to__isnull=True) | ~Q(to=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="chat_transfer_accepted_by_somebody_else",
                condition=~Q(state=TransferState.ACCEPTED)
                | Q(answered_by__isnull=False) & ~Q(answered_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="chat_transfer_says_when_it_was_answered",
                condition=Q(state=TransferState.ASKED, answered_at__isnull=True)
                | ~Q(state=TransferState.ASKED) & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Relais {self.get_state_display()}"


class Reading(models.Model):
    """A coordinator reads along: whoever writes and whoever listens are told, and when it ends."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="readings", verbose_name="conversation"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="coordinateur"
    )
    since = models.DateTimeField("lit depuis")
    until = models.DateTimeField("a lu jusqu'à", null=True, blank=True)

    class Meta:
        verbose_name = "lecture d'une conversation par un coordinateur"
        verbose_name_plural = "lectures de conversations par un coordinateur"
        constraints = [
            models.UniqueConstraint(
                fields=("conversation", "agent"),
                condition=Q(until__isnull=True),
                name="chat_read_along_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Lue par {self.agent_id}"

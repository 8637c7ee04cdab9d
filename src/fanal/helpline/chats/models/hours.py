"""Days on which the conversation opens at other hours, or does not, and the reason."""

from __future__ import annotations

import uuid

from django.db import models

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.chats.terms import LONGEST_REASON


class ChatHours(models.Model):
    """Over the usual hours (FANAL_CHAT_HOURS), for one day. Nothing in ``hours``: closed."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    day = models.DateField("jour")
    # As OpenStreetMap writes them: « 10:00-12:00,14:00-18:00 ».
    hours = models.CharField("horaires", max_length=60, blank=True)
    reason = models.CharField("motif", max_length=LONGEST_REASON)
    by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="décidé par"
    )
    at = models.DateTimeField("décidé le")

    class Meta:
        verbose_name = "horaires d'un jour"
        verbose_name_plural = "horaires d'un jour"
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "day"), name="chat_hours_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} : {self.hours or 'fermé'}"

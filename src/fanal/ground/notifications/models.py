from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F

from fanal.ground.agents.models import Agent


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> NotificationQuerySet:
        """What waits, the newest first; then what was read, the last read first."""
        return self.order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


class Notification(models.Model):
    """Something waits for an agent. It names nobody: the screen it leads to does, if allowed."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="notifications", verbose_name="agent"
    )
    text = models.CharField("texte", max_length=200)
    path = models.CharField("adresse", max_length=200)
    urgent = models.BooleanField("urgent", default=False)
    created_at = models.DateTimeField("le")
    read_at = models.DateTimeField("lu le", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ("-created_at",)
        indexes = [models.Index(fields=("agent", "read_at"), name="notification_by_agent")]

    def __str__(self) -> str:
        return self.text

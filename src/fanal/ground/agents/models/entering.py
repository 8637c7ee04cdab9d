"""How agents come in: invitations, sessions, counted tries, what two people must want."""

from __future__ import annotations

import uuid
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models.agent import Agent, Organisation
from fanal.ground.agents.terms import Answer, LinkKind, RequestKind, role_choices


class AgentSession(AbstractBaseSession):
    """An open session, so that its agent can see it and close it."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        related_name="sessions",
        verbose_name="agent",
    )
    opened_at = models.DateTimeField("ouverte le", null=True)
    seen_at = models.DateTimeField("vue le", null=True)
    device = models.CharField("appareil", max_length=60, blank=True)

    class Meta:
        verbose_name = "session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        # Named by the settings: the store imports this model.
        return import_module(settings.SESSION_ENGINE).SessionStore


class TryCounter(models.Model):
    """A bucket that each try fills and that time empties. Its key is a hash of the day."""

    key = models.CharField("empreinte du jour", max_length=64, primary_key=True)
    level = models.FloatField("niveau")
    at = models.DateTimeField("mesuré le")

    class Meta:
        verbose_name = "compteur d'essais"
        verbose_name_plural = "compteurs d'essais"

    def __str__(self) -> str:
        return self.key[:8]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """A link that works once: the first time, or after a factor was lost. Only its digest is
    kept."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="invitations", verbose_name="agent"
    )
    kind = models.CharField("nature", max_length=10, choices=LinkKind, default=LinkKind.FIRST)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    created_at = models.DateTimeField("créée le")
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"

    def __str__(self) -> str:
        return f"invitation du {self.created_at:%d/%m/%Y}"


class TwoPersonRequest(models.Model):
    """What one person asks about an account, and another one must confirm."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("nature", max_length=10, choices=RequestKind)
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="requests_about", verbose_name="agent"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    role = models.CharField("rôle", max_length=20, choices=role_choices, blank=True)
    reason = models.CharField("motif", max_length=300)
    asked_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le")
    answer = models.CharField("réponse", max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="répondue par"
    )
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta:
        verbose_name = "demande à deux"
        verbose_name_plural = "demandes à deux"
        constraints = [
            models.CheckConstraint(
                name="request_is_answered_by_somebody_else",
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("asked_by")) & ~Q(answered_by=F("agent"))),
            ),
            models.CheckConstraint(
                name="request_is_not_about_oneself", condition=~Q(asked_by=F("agent"))
            ),
            models.CheckConstraint(
                name="request_for_a_posting_names_a_role",
                condition=Q(kind=RequestKind.REENROL, role="")
                | (Q(kind__in=(RequestKind.POSTING, RequestKind.WITHDRAWAL)) & ~Q(role="")),
            ),
            models.UniqueConstraint(
                fields=("kind", "agent", "organisation", "role"),
                condition=Q(answer=""),
                name="request_waiting_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.asked_at:%d/%m/%Y}"

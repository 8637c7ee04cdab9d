"""How sure an entry is: whom one asks, what they answered, what makes one doubt."""

from __future__ import annotations

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from fanal.ground.agents.models import Agent
from fanal.prevent.spaces.freshness.terms import (
    ASKED,
    AmendmentKind,
    AmendmentState,
    doubt_source_choices,
)
from fanal.prevent.spaces.models.places import Service


class Mailbox(models.Model):
    """Where a structure is written to. It serves for this alone: no page ever shows it."""

    service = models.OneToOneField(
        Service, on_delete=models.PROTECT, related_name="mailbox", verbose_name="lieu"
    )
    email = models.EmailField("adresse électronique")
    kept_at = models.DateTimeField("tenue depuis le")
    kept_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="tenue par"
    )
    bounced_on = models.DateField("revenu le", null=True, blank=True)

    class Meta:
        verbose_name = "adresse de contact"
        verbose_name_plural = "adresses de contact"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"adresse du lieu {self.service_id}"


class ConfirmationRequest(models.Model):
    """A link was sent to a structure: it opens its entry once, and publishes nothing."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="requests", verbose_name="lieu"
    )
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    expires_at = models.DateTimeField("valable jusqu'au")
    sent_at = models.DateTimeField("partie le", null=True, blank=True)
    used_at = models.DateTimeField("répondue le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de confirmation"
        verbose_name_plural = "demandes de confirmation"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("service",),
                condition=Q(used_at=None, revoked_at=None),
                name="request_one_link_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"demande {self.ref}"


class Amendment(models.Model):
    """What a structure said of one field of its entry. A person accepts it, or does not."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="amendments", verbose_name="lieu"
    )
    request = models.ForeignKey(
        ConfirmationRequest, on_delete=models.PROTECT, related_name="+", verbose_name="demande"
    )
    kind = models.CharField("ce qui est dit", max_length=10, choices=AmendmentKind)
    # Of ``ASKED``; empty when the whole structure has closed.
    field = models.CharField("champ", max_length=20, blank=True)
    # What was right as it was shown, or what should stand there.
    value = models.JSONField("valeur", null=True, blank=True)
    made_at = models.DateTimeField("dite le")
    state = models.CharField(
        "état", max_length=10, choices=AmendmentState, default=AmendmentState.WAITING
    )
    settled_at = models.DateTimeField("décidée le", null=True, blank=True)
    settled_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="décidée par",
    )
    # What stood there before it was accepted, to undo it.
    former = models.JSONField("avant", null=True, blank=True)

    class Meta:
        verbose_name = "proposition d'un lieu"
        verbose_name_plural = "propositions des lieux"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="amendment_is_about_a_field_that_is_asked",
                condition=Q(kind=AmendmentKind.CLOSED, field="")
                | ~Q(kind=AmendmentKind.CLOSED) & Q(field__in=ASKED),
            ),
        ]

    def __str__(self) -> str:
        return f"proposition {self.ref}"


class Doubt(models.Model):
    """Something says that an entry may be wrong; nothing says who said so. A person decides."""

    # Drawn by the database: rows come from a function of its owner.
    ref = models.UUIDField("référence", db_default=RandomUUID(), unique=True, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="doubts", verbose_name="lieu"
    )
    source = models.CharField("source", max_length=20, choices=doubt_source_choices)
    # The digest of a form, a report or a referral, so that it counts once.
    key = models.CharField("empreinte", max_length=64, unique=True)
    raised_on = models.DateField("dit le")
    settled_at = models.DateTimeField("écarté le", null=True, blank=True)
    settled_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écarté par",
    )

    class Meta:
        verbose_name = "doute"
        verbose_name_plural = "doutes"
        ordering = ("-raised_on", "-pk")
        indexes = [
            models.Index(
                fields=("service", "source"),
                condition=Q(settled_at=None),
                name="doubt_that_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"doute sur le lieu {self.service_id}"

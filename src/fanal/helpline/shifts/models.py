"""
Who answers what and when; who is there; what weighed on them and what they asked for.

All of it is about the work. Nothing here speaks of who calls, and nothing ranks who listens.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.shifts.terms import LONGEST_REACH, Deed, Post, State, Why, channel_choices


class ShiftQuerySet(models.QuerySet["Shift"]):
    def between(self, begin: datetime, end: datetime) -> ShiftQuerySet:
        return self.filter(starts_at__lt=end, ends_at__gt=begin)


class Shift(models.Model):
    """A turn. That nobody has two at once is a constraint of the database (migration 0002)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="agent"
    )
    post = models.CharField("poste", max_length=10, choices=Post)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    # On call: by which line of the service one is reached.
    reach = models.CharField("comment joindre", max_length=LONGEST_REACH, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = "tour de planning"
        verbose_name_plural = "tours de planning"
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [models.Index(fields=("organisation", "starts_at"), name="shift_by_week")]

    def __str__(self) -> str:
        return f"Tour {self.ref}"


class RosterChange(models.Model):
    """What was just changed, so that it can be undone; gone after a week."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    at = models.DateTimeField("le")
    deed = models.CharField("geste", max_length=10, choices=Deed)
    # References of turns that were not there, then turns that are no more.
    added = models.JSONField("ajoutés", default=list)
    removed = models.JSONField("retirés", default=list)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "changement du planning"
        verbose_name_plural = "changements du planning"

    def __str__(self) -> str:
        return f"Changement {self.ref}"


class Presence(models.Model):
    """At work, or in a pause, from a moment to another; off duty there is no row."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="agent"
    )
    state = models.CharField("état", max_length=10, choices=State)
    since = models.DateTimeField("depuis")
    until = models.DateTimeField("jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "présence"
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("agent",), condition=Q(until__isnull=True), name="presence_open_once"
            ),
            models.CheckConstraint(
                name="presence_ends_after_it_starts",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]
        indexes = [models.Index(fields=("agent", "since"), name="presence_by_agent")]

    def __str__(self) -> str:
        return f"Présence {self.ref}"


class HardContact(models.Model):
    """A contact that weighed on whoever answered, during one presence. Of whom, is not kept."""

    presence = models.ForeignKey(
        Presence, on_delete=models.PROTECT, related_name="hard", verbose_name="présence"
    )
    at = models.DateTimeField("le")
    channel = models.CharField("voie", max_length=10, choices=channel_choices)
    why = models.CharField("motif", max_length=10, choices=Why)
    # Said twice of one contact, it counts once.
    contact = models.UUIDField("contact", null=True, blank=True)

    class Meta:
        verbose_name = "contact difficile"
        verbose_name_plural = "contacts difficiles"
        constraints = [
            models.UniqueConstraint(fields=("presence", "contact"), name="hard_contact_counts_once")
        ]

    def __str__(self) -> str:
        return f"Contact difficile, {self.get_channel_display()}"


class Debrief(models.Model):
    """Whoever listens asks to talk; a coordinator says when, then that it was done."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    presence = models.ForeignKey(
        Presence, on_delete=models.PROTECT, related_name="debriefs", verbose_name="présence"
    )
    asked_at = models.DateTimeField("demandé le")
    slot_at = models.DateTimeField("prévu le", null=True, blank=True)
    given_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="avec",
    )
    done_at = models.DateTimeField("fait le", null=True, blank=True)

    class Meta:
        verbose_name = "temps de reprise"
        verbose_name_plural = "temps de reprise"
        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        return f"Temps de reprise {self.ref}"

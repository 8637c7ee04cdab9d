"""
When a place receives, whom it expects, how many it has seen. Nobody is named.

Whoever books reads and writes no table: functions of the owner do (migration 0002). No column can
hold a name, a number or an address but ``Booking.note``, which is sealed, read by the place
alone, and refused when something in it might let somebody be known.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.ground.shell.words import day_in_words
from fanal.ground.territory.models import Departement
from fanal.prevent.referrals.terms import (
    DAYS,
    LONGEST_WELCOME,
    MOST_SEATS,
    Audience,
    Reason,
    State,
    hours_in_words,
)
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.terms import Need


class Participation(models.Model):
    """A place of the directory receives by appointment, and whose people say what became of it."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    service = models.OneToOneField(
        Service, on_delete=models.PROTECT, related_name="+", verbose_name="lieu"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    # By the place itself: nothing new is taken until it says otherwise.
    paused = models.BooleanField("en pause", default=False)
    welcome = models.CharField(
        "ce qui se passe à l'arrivée", max_length=LONGEST_WELCOME, blank=True
    )

    class Meta:
        verbose_name = "lieu qui reçoit"
        verbose_name_plural = "lieux qui reçoivent"

    def __str__(self) -> str:
        return f"Lieu {self.service_id}"


class Opening(models.Model):
    """Each week or one day: from when to when, and for how many. Never changed: ended."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="openings", verbose_name="lieu"
    )
    weekday = models.PositiveSmallIntegerField("chaque", choices=DAYS, null=True, blank=True)
    day = models.DateField("le", null=True, blank=True)
    starts = models.TimeField("de")
    ends = models.TimeField("à")
    # One comes without having booked: shown, and not to be chosen.
    walk_in = models.BooleanField("sans rendez-vous", default=False)
    seats = models.PositiveSmallIntegerField("places", default=1)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        ordering = ("weekday", "day", "starts", "pk")
        constraints = [
            models.CheckConstraint(
                name="opening_each_week_or_one_day",
                condition=Q(weekday__isnull=True, day__isnull=False)
                | Q(weekday__isnull=False, weekday__lte=6, day__isnull=True),
            ),
            models.CheckConstraint(name="opening_ends_later", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(
                name="opening_has_seats",
                condition=Q(walk_in=True, seats=0)
                | Q(walk_in=False, seats__gte=1, seats__lte=MOST_SEATS),
            ),
        ]

    def __str__(self) -> str:
        return f"Créneau {self.ref}"

    @property
    def hours(self) -> str:
        return hours_in_words(self.starts, self.ends)

    @property
    def said(self) -> str:
        """« Chaque mardi, de 14 h à 15 h »."""
        if self.day is not None:
            return f"Le {day_in_words(self.day, today=self.day)}, {self.hours}"
        return f"Chaque {str(self.get_weekday_display()).lower()}, {self.hours}"


class ClosedDay(models.Model):
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="closed_days", verbose_name="lieu"
    )
    day = models.DateField("fermé le")

    class Meta:
        verbose_name = "jour fermé"
        verbose_name_plural = "jours fermés"
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(fields=("participation", "day"), name="closed_day_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Booking(models.Model):
    """Somebody is expected: a number to say at the door, a slot, and nothing of who comes."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    # Drawn by the form: sent again, it is the same appointment.
    sent = models.UUIDField("clé d'envoi", unique=True)
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="bookings", verbose_name="lieu"
    )
    # Without one, whoever was referred comes when they can, until ``day``.
    opening = models.ForeignKey(
        Opening,
        on_delete=models.PROTECT,
        related_name="bookings",
        null=True,
        blank=True,
        verbose_name="créneau",
    )
    day = models.DateField("jour")
    seat = models.PositiveSmallIntegerField("place", null=True, blank=True)
    number = models.PositiveSmallIntegerField("numéro à dire")
    audience = models.CharField("pour qui", max_length=10, choices=Audience, blank=True)
    need = models.CharField("pour quoi", max_length=10, choices=Need, blank=True)
    state = models.CharField("suite", max_length=12, choices=State, default=State.EXPECTED)
    reason = models.CharField("motif du lieu", max_length=10, choices=Reason, blank=True)
    # A public place of the directory, that could receive instead.
    elsewhere = models.UUIDField("autre lieu proposé", null=True, blank=True)
    note = SealedTextField("mot écrit avec la personne", blank=True)
    referred_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="orienté par",
    )
    booked_at = models.DateTimeField("pris le")
    settled_at = models.DateTimeField("suite dite le", null=True, blank=True)
    reminded = models.PositiveSmallIntegerField("rappels au lieu", default=0)

    class Meta:
        verbose_name = "rendez-vous sans nom"
        verbose_name_plural = "rendez-vous sans nom"
        constraints = [
            # The last wall against two people in one seat.
            models.UniqueConstraint(
                fields=("opening", "day", "seat"),
                condition=~Q(state=State.CANCELLED),
                name="booking_one_in_a_seat",
            ),
            models.UniqueConstraint(
                fields=("participation", "number"), name="booking_number_once_at_a_place"
            ),
            models.CheckConstraint(
                name="booking_sits_in_its_slot",
                condition=Q(opening__isnull=True, seat__isnull=True, referred_by__isnull=False)
                | Q(opening__isnull=False, seat__gte=1),
            ),
            models.CheckConstraint(
                name="booking_settled_says_when",
                condition=Q(state__in=(State.EXPECTED, State.CANCELLED))
                | Q(settled_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=("participation", "day"), name="booking_by_day"),
            models.Index(fields=("referred_by", "day"), name="booking_by_who_referred"),
            models.Index(fields=("booked_at",), name="booking_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"Rendez-vous {self.number}"


class Reach(models.Model):
    """How many people a place has seen in a month: written by a trigger, and by nobody else."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="+", verbose_name="lieu"
    )
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="+", verbose_name="département"
    )
    month = models.DateField("mois")
    audience = models.CharField("pour qui", max_length=10, choices=Audience, blank=True)
    seen = models.PositiveIntegerField("personnes vues")

    class Meta:
        verbose_name = "personnes reçues"
        verbose_name_plural = "personnes reçues"
        constraints = [
            models.UniqueConstraint(
                fields=("participation", "departement", "month", "audience"), name="reach_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

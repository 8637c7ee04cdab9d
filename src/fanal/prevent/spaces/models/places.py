"""The whole record of a place, behind its wall."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fanal.ground.territory.models import Commune, Departement
from fanal.prevent.spaces.terms import FRESH, Audience, Kind, Status, Tier


class Described(models.Model):
    """What a record says of a place, whoever reads it."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=300)
    kind = models.CharField("réseau", max_length=30, choices=Kind)
    status = models.CharField("activité", max_length=20, choices=Status, default=Status.ACTIVE)
    description = models.TextField("ce qui s'y passe", blank=True)
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="commune",
    )
    # Empty for a national service, or one of several départements.
    departement = models.ForeignKey(
        Departement,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="département",
    )
    postcode = models.CharField("code postal", max_length=5, blank=True)
    address = models.CharField("adresse", max_length=300, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    audiences = ArrayField(
        models.CharField(max_length=20, choices=Audience), verbose_name="pour qui"
    )
    minimum_age = models.PositiveSmallIntegerField("dès", null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField("jusqu'à", null=True, blank=True)
    # As OpenStreetMap writes hours; read by ``engines/hours``.
    hours = models.CharField("horaires", max_length=500, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = models.URLField("site", max_length=300, blank=True)
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name="langues", default=list, blank=True
    )
    sign_language = models.BooleanField("langue des signes", null=True, blank=True)
    accessible = models.BooleanField("accessible en fauteuil", null=True, blank=True)
    free = models.BooleanField("gratuit", null=True, blank=True)
    anonymous = models.BooleanField("sans dire son nom", null=True, blank=True)
    source_url = models.URLField("source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=10, blank=True)
    # By field, the day when a person last made sure of it.
    verified = models.JSONField("confirmé le, par champ", default=dict, blank=True)
    verified_on = models.DateField("confirmé le", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def is_fresh(self, *, on: date) -> bool:
        return self.verified_on is not None and on - self.verified_on <= FRESH

    @property
    def for_minors(self) -> bool:
        return Audience.MINORS in self.audiences


class Service(Described):
    """The whole record, for those who keep the directory."""

    # Of the row it came from: imported again, it is the same service.
    source_key = models.CharField("clé de la source", max_length=64, unique=True)
    tier = models.CharField("visible de", max_length=20, choices=Tier, default=Tier.HIDDEN)
    # A short number of the national plan is shown without being confirmed.
    state_number = models.BooleanField("numéro de l'État", default=False)
    created_at = models.DateTimeField("inscrit le")
    updated_at = models.DateTimeField("modifié le")
    # What other formats said that no field of ours holds: given back as it came.
    kept = models.JSONField("gardé d'autres formats", default=dict, blank=True)
    # Its door, or the middle of its commune until a person confirmed the address. Written by the
    # database alone.
    shown_latitude = models.FloatField("latitude montrée", null=True, editable=False)
    shown_longitude = models.FloatField("longitude montrée", null=True, editable=False)

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(name="service_is_for_somebody", condition=~Q(audiences=[])),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(maximum_age__gte=F("minimum_age")),
            ),
            models.CheckConstraint(
                name="service_stands_at_two_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=("departement", "kind"), name="service_by_departement"),
            models.Index(
                fields=("shown_latitude", "shown_longitude"), name="service_by_shown_position"
            ),
            GinIndex(fields=["audiences"], name="service_by_audience"),
        ]

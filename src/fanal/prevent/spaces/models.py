"""
The directory of places.

``Service`` is the whole record, behind its wall. ``PublicService`` is all that a public page may
know: a view of the owner (migration 0002), without a row of another tier nor a word that nobody
confirmed. The rest says how sure it is: whom one asks, what they answered, what makes one doubt.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import Commune, Departement
from fanal.prevent.spaces.freshness.terms import (
    ASKED,
    AmendmentKind,
    AmendmentState,
    DoubtSource,
)
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
            models.Index(fields=("latitude", "longitude"), name="service_by_position"),
            GinIndex(fields=["audiences"], name="service_by_audience"),
        ]


class PublicService(Described):
    """A row of the view ``spaces_public``: nothing of another tier, nothing unconfirmed."""

    class Meta:
        managed = False
        db_table = "spaces_public"
        verbose_name = "lieu public"
        verbose_name_plural = "lieux publics"
        ordering = ("name", "pk")


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

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="doubts", verbose_name="lieu"
    )
    source = models.CharField("source", max_length=20, choices=DoubtSource)
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


class ProfessionalService(Described):
    """
    A row of the view ``spaces_professional``: places that verified professionals may know of too.

    Nobody reads any but who holds a role today; a word that nobody confirmed is not in it either.
    """

    tier = models.CharField("visible de", max_length=20, choices=Tier)

    class Meta:
        managed = False
        db_table = "spaces_professional"
        verbose_name = "lieu connu des professionnels"
        verbose_name_plural = "lieux connus des professionnels"
        ordering = ("name", "pk")


class PublicChange(models.Model):
    """A row of the view ``spaces_changed``: when a public place was last written."""

    service = models.OneToOneField(
        PublicService,
        on_delete=models.PROTECT,
        primary_key=True,
        db_column="id",
        db_constraint=False,
        related_name="change",
        verbose_name="lieu",
    )
    changed_at = models.DateTimeField("modifié le")

    class Meta:
        managed = False
        db_table = "spaces_changed"
        verbose_name = "modification d'un lieu public"
        verbose_name_plural = "modifications de lieux publics"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.changed_at:%Y-%m-%d}"

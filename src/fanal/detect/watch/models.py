"""
What somebody tells of a lodging: where it stands, what was seen, and no list of guests.

Who writes speaks through functions of the owner (migration 0002): they have a receipt, and read
what the desk tells them, nothing that it writes for itself.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.detect.watch import terms
from fanal.detect.watch.terms import (
    Decision,
    Lodging,
    Moment,
    Result,
    Seen,
    Side,
    Sign,
    Source,
    State,
    StepKind,
    Urgency,
    Writer,
)
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.ground.territory.models import Commune, Departement

MAY_BE_A_CHILD = (Seen.YES, Seen.PERHAPS)
ARE_THERE = (Seen.YES,)


class LodgingAlert(models.Model):
    """Somebody who lets, keeps, cleans or sees a lodging is worried by what happens there."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    # Drawn by the form that sends: sent again, it is the same alert.
    sent = models.UUIDField("clé d'envoi", unique=True)
    receipt = models.CharField("numéro", max_length=20, unique=True)
    source = models.CharField("venue par", max_length=10, choices=Source, default=Source.WEB)
    # A platform whose own software sent it, under its own reference.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="plateforme",
    )
    external_ref = models.CharField("référence de la plateforme", max_length=200, blank=True)
    content_digest = models.CharField("empreinte du contenu", max_length=64, blank=True)
    received_at = models.DateTimeField("reçue le")

    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="+", verbose_name="département"
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="+", verbose_name="commune"
    )
    lodging = models.CharField("hébergement", max_length=12, choices=Lodging)
    address = models.CharField("adresse", max_length=terms.LONGEST_PLACE, blank=True)
    listing = models.CharField("annonce", max_length=terms.LONGEST_PLACE, blank=True)
    place_key = models.CharField("adresse comparée", max_length=400, blank=True)
    listing_key = models.CharField("annonce comparée", max_length=400, blank=True)
    searched = models.TextField("mots cherchés")

    moment = models.CharField("quand", max_length=8, choices=Moment)
    danger = models.BooleanField("danger dit maintenant", default=False)
    minor = models.CharField("enfant présent", max_length=8, choices=Seen)
    there_now = models.CharField("des personnes sont là", max_length=8, choices=Seen)
    signs = models.JSONField("ce qui a été vu", default=list)
    words = SealedTextField("récit", blank=True)
    writer = models.CharField("qui écrit", max_length=12, choices=Writer)
    contact = SealedTextField("où rappeler", blank=True)

    state = models.CharField("état", max_length=10, choices=State, default=State.RECEIVED)
    decision = models.CharField("décision", max_length=14, choices=Decision, blank=True)
    result = models.CharField("suite", max_length=14, choices=Result, blank=True)
    holder = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="prise par",
    )
    taken_at = models.DateTimeField("prise le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="duplicates",
        null=True,
        blank=True,
        verbose_name="doublon de",
    )
    # The draft of a concern that was begun from here; its author alone reads it.
    concern = models.UUIDField("information préoccupante", null=True, blank=True)
    word_waits = models.BooleanField("un mot attend", default=False)
    # The numbers of its last word and of its last step.
    last = models.PositiveIntegerField("dernier mot", default=0)
    last_step = models.PositiveIntegerField("dernière étape", default=0)

    class Meta:
        verbose_name = "alerte d'un hébergement"
        verbose_name_plural = "alertes des hébergements"
        constraints = [
            models.CheckConstraint(
                name="alert_says_where", condition=~Q(address="") | ~Q(listing="")
            ),
            models.CheckConstraint(
                name="alert_taken_has_a_holder",
                condition=~Q(state=State.TAKEN) | Q(holder__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_closed_says_how",
                condition=~Q(state=State.CLOSED) | (Q(closed_at__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="alert_duplicate_of_another",
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
            ),
            models.CheckConstraint(
                name="alert_of_a_platform_has_its_reference",
                condition=Q(source=Source.WEB, organisation__isnull=True, external_ref="")
                | (Q(source=Source.PLATFORM, organisation__isnull=False) & ~Q(external_ref="")),
            ),
            models.UniqueConstraint(
                fields=("organisation", "external_ref"),
                condition=~Q(external_ref=""),
                name="alert_external_ref_once",
            ),
        ]
        indexes = [
            models.Index(fields=("departement", "state", "received_at"), name="alert_by_state"),
            models.Index(fields=("commune", "place_key"), name="alert_by_place"),
            models.Index(fields=("departement", "listing_key"), name="alert_by_listing"),
            models.Index(fields=("received_at",), name="alert_by_arrival"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def may_be_a_child(self) -> bool:
        return self.minor in MAY_BE_A_CHILD

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def signs_said(self) -> list[str]:
        return [str(one.label) for one in Sign if one in self.signs]

    @property
    def urgencies(self) -> list[Urgency]:
        """Every reason that holds, the most pressing first; of an alert that is not closed."""
        there = self.there_now in ARE_THERE or self.moment == Moment.NOW
        held = {
            Urgency.DANGER: self.danger,
            Urgency.CHILD_NOW: self.may_be_a_child and there,
            Urgency.CHILD: self.may_be_a_child and not there,
            Urgency.NOW: there and not self.may_be_a_child,
            Urgency.ANSWER: self.word_waits,
        }
        return [] if self.is_closed else [one for one, holds in held.items() if holds]


class AlertWord(models.Model):
    """What the desk asked, and what was added. ``number`` is its place, from 1."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    alert = models.ForeignKey(
        LodgingAlert, on_delete=models.PROTECT, related_name="exchanged", verbose_name="alerte"
    )
    number = models.PositiveIntegerField("numéro")
    side = models.CharField("côté", max_length=8, choices=Side)
    text = SealedTextField("texte")
    # Drawn by whoever sends: sent again, it is the same word.
    key = models.UUIDField("clé d'envoi", default=uuid.uuid4)
    at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "mot d'une alerte"
        verbose_name_plural = "mots d'alertes"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("alert", "key"), name="alert_word_sent_once"),
            models.UniqueConstraint(fields=("alert", "number"), name="alert_word_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"Mot {self.number}"


class AlertStep(models.Model):
    """One deed of the desk, for itself. Nobody changes it: what was undone is another step."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    alert = models.ForeignKey(
        LodgingAlert, on_delete=models.PROTECT, related_name="steps", verbose_name="alerte"
    )
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("nature", max_length=10, choices=StepKind)
    decision = models.CharField("décision", max_length=14, choices=Decision, blank=True)
    result = models.CharField("suite", max_length=14, choices=Result, blank=True)
    note = SealedTextField("motif", blank=True)
    # How the alert stood before: what undoing gives back.
    before = models.JSONField("avant", default=dict)
    # The step that this one undoes.
    undoes = models.PositiveIntegerField("annule", null=True, blank=True)
    # Nobody of the desk when it was reopened by a word.
    by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="par",
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "étape d'une alerte"
        verbose_name_plural = "étapes d'alertes"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("alert", "number"), name="alert_step_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.number})"


class AlertCount(models.Model):
    """How many alerts that were since erased had come in a month."""

    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="+", verbose_name="département"
    )
    # Its first day.
    month = models.DateField("mois")
    number = models.PositiveIntegerField("alertes")

    class Meta:
        verbose_name = "compte d'alertes effacées"
        verbose_name_plural = "comptes d'alertes effacées"
        constraints = [
            models.UniqueConstraint(fields=("departement", "month"), name="alert_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.departement_id}, {self.month:%m/%Y}"

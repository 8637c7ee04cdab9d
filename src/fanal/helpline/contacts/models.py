"""One contact that was treated, and the information préoccupante that left from it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from fanal.detect.concerns.models import Submission
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.privacy.sealing.fields import SealedJSONField, SealedTextField
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.helpline.contacts.terms import SENT, Axis, Channel, Kind, Reading, State


class Contact(models.Model):
    """What the helpline keeps of a contact; what is said of people is sealed."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    channel = models.CharField("voie", max_length=5, choices=Channel)
    listener = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="écoutant"
    )
    state = models.CharField("état", max_length=25, choices=State, default=State.OPENED)
    kind = models.CharField("suite", max_length=10, choices=Kind, default=Kind.ENTERED)
    opened_at = models.DateTimeField("ouverte le")
    updated_at = models.DateTimeField("enregistrée le")
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    # The conversation, call or letter that it is about: its reference, and no word of it.
    conversation = models.UUIDField("conversation", null=True, blank=True, unique=True)
    form_version = models.PositiveSmallIntegerField("version du formulaire")
    content = SealedJSONField("contenu", default=dict, waits=True)
    # What is counted is read from the content when it is kept: sealed, it is counted no more.
    words = ArrayField(
        models.CharField(max_length=60), default=list, verbose_name="mots de la nomenclature"
    )
    words_version = models.CharField("version de la nomenclature", max_length=12)
    departement = models.CharField("département", max_length=3, blank=True)
    children = models.PositiveSmallIntegerField("enfants", default=0)
    groups = models.PositiveSmallIntegerField("fratries", default=0)

    class Meta:
        verbose_name = "fiche de contact"
        verbose_name_plural = "fiches de contact"
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="contact_closed_says_when",
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | ~Q(state=State.CLOSED) & Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="contact_closed_is_of_a_kind",
                condition=~Q(state=State.CLOSED) | ~Q(kind=Kind.ENTERED),
            ),
            models.CheckConstraint(
                name="contact_has_no_more_groups_than_children",
                condition=Q(groups__lte=F("children")),
            ),
        ]
        indexes = [
            models.Index(fields=("organisation", "-opened_at"), name="contact_by_opening"),
            models.Index(fields=("listener", "state"), name="contact_by_listener"),
        ]

    def __str__(self) -> str:
        return f"Fiche {self.ref}"

    def get_absolute_url(self) -> str:
        return reverse("contacts:show", args=[self.ref])

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED


class Transmission(models.Model):
    """An information préoccupante of a record, for one sibling group: read by two, sent once."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="transmissions", verbose_name="fiche"
    )
    group = models.PositiveSmallIntegerField("fratrie", default=1)
    author = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="écrite par"
    )
    prepared_at = models.DateTimeField("préparée le")
    reading = models.CharField("lecture", max_length=10, choices=Reading)
    # It left before it was read by a second person: the law does not wait.
    urgent = models.BooleanField("urgente", default=False)
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    reader = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="relue par",
    )
    read_at = models.DateTimeField("relue le", null=True, blank=True)
    # Why it was sent back or not sent, or what the second reader noted.
    note = SealedTextField("remarque", blank=True)
    # What left, word for word.
    content = SealedJSONField("contenu envoyé", default=dict, waits=True)
    submission = models.OneToOneField(
        Submission,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="envoi",
    )
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    opened_at = models.DateTimeField("en cours depuis le", null=True, blank=True)
    answered_at = models.DateTimeField("réponse reçue le", null=True, blank=True)

    class Meta:
        verbose_name = "information préoccupante du 119"
        verbose_name_plural = "informations préoccupantes du 119"
        ordering = ("-prepared_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("contact", "group"), name="transmission_group_once"),
            models.CheckConstraint(
                name="transmission_sent_has_its_receipt",
                condition=Q(reading__in=SENT, submission__isnull=False, sent_at__isnull=False)
                | ~Q(reading__in=SENT) & Q(submission__isnull=True, sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="transmission_read_by_somebody_else",
                condition=Q(reader__isnull=True) | ~Q(reader=F("author")),
            ),
            models.CheckConstraint(
                name="transmission_that_can_wait_is_read_first",
                condition=~Q(reading__in=SENT) | Q(urgent=True) | Q(reader__isnull=False),
            ),
            models.CheckConstraint(
                name="transmission_read_says_by_whom",
                condition=~Q(reading=Reading.READ) | Q(reader__isnull=False, read_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("reading",), name="transmission_by_reading")]

    def __str__(self) -> str:
        return f"Information préoccupante {self.ref}"

    @property
    def is_sent(self) -> bool:
        return self.reading in SENT

    @property
    def external_ref(self) -> str:
        """The name under which it is sent: sent twice, it is one."""
        name = str(self.contact.ref)
        return name if self.group == 1 else f"{name}/{self.group}"


class MonthlyCount(models.Model):
    """What is left of the contacts that went: how many, by month, one thing at a time."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisation"
    )
    month = models.DateField("mois")
    axis = models.CharField("selon", max_length=10, choices=Axis)
    value = models.CharField("valeur", max_length=60)
    contacts = models.PositiveIntegerField("contacts", default=0)
    children = models.PositiveIntegerField("enfants", default=0)
    groups = models.PositiveIntegerField("fratries", default=0)

    class Meta:
        verbose_name = "compte du mois"
        verbose_name_plural = "comptes du mois"
        ordering = ("-month", "axis", "value")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "month", "axis", "value"), name="monthly_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value}, {self.month:%m/%Y}"

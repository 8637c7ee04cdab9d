from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from fanal.detect.concerns.models.submission import Submission
from fanal.detect.concerns.terms import (
    OPEN,
    TO_ANALYSE,
    AdditionKind,
    DecisionOutcome,
    Exploitation,
    Status,
    Step,
    author_kind_choices,
)
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.people.terms import BirthPrecision, Sex
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.ground.territory.models import ChildWelfareAuthority, Commune


def past_law(now: datetime) -> Q:
    """Open, and the legal day is over where the authority is."""
    there = Func(F("authority__timezone"), Value(now, DateTimeField()), function="timezone")
    return Q(status__in=OPEN, evaluation_due__lt=Cast(there, DateField()))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> ConcernQuerySet:
        return self.filter(status__in=OPEN)

    def to_analyse(self) -> ConcernQuerySet:
        return self.filter(status__in=TO_ANALYSE)

    def late(self, *, now: datetime) -> ConcernQuerySet:
        return self.open().filter(target_due_at__lt=now)

    def due_within(self, days: int, *, now: datetime) -> ConcernQuerySet:
        return self.open().filter(
            target_due_at__gte=now, target_due_at__lt=now + timedelta(days=days)
        )

    def unopened_dangers(self) -> ConcernQuerySet:
        return self.filter(Q(immediate_danger=True) | Q(missing_now=True), opened_at__isnull=True)


class Concern(models.Model):
    """Information préoccupante: someone fears that a child is in danger (CASF R226-2-2)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="concerns", verbose_name="dossier"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, verbose_name="envoi"
    )
    # Opened for another minor of the home, or received from another authority.
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="information d'origine",
    )
    receipt = models.CharField("numéro", max_length=20)
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, verbose_name="commune")
    source = models.CharField("source", max_length=15, choices=author_kind_choices)
    received_at = models.DateTimeField("reçue le")
    facts = models.TextField("faits rapportés")
    immediate_danger = models.BooleanField("danger immédiat")
    missing_now = models.BooleanField("mineur introuvable en ce moment")
    child_informed = models.BooleanField("le mineur est informé")
    parents_informed = models.BooleanField("les parents sont informés")
    parents_reason = models.TextField("motif de ne pas informer les parents", blank=True)
    exploitation = models.CharField("exploitation", max_length=10, choices=Exploitation)
    indicators = ArrayField(
        models.CharField(max_length=10), default=list, verbose_name="signes observés"
    )
    grid_version = models.CharField("grille", max_length=20, blank=True)

    status = models.CharField("état", max_length=20, choices=Status, default=Status.RECEIVED)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    # Legal deadline, not a reminder: STEER counts the concerns that pass it (D226-2-4 II).
    evaluation_due = models.DateField("évaluation due le")
    # The shorter target that this subject calls for.
    target_due_at = models.DateTimeField("objectif le")

    # A decision that the law or the house wants signed twice waits here.
    proposed = models.CharField("décision proposée", max_length=25, blank=True)
    proposed_reason = models.TextField("motif proposé", blank=True)
    proposed_at = models.DateTimeField("proposée le", null=True, blank=True)
    proposed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="proposée par",
    )
    outcome = models.CharField("décision", max_length=25, choices=DecisionOutcome, blank=True)
    reason = models.TextField("motif de la décision", blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="décidée par",
    )
    signed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="seconde signature",
    )
    transferred_to = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="transmise à",
    )
    notified_at = models.DateTimeField("notifiée le", null=True, blank=True)
    closed_at = models.DateTimeField("clôturée le", null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "information préoccupante"
        verbose_name_plural = "informations préoccupantes"
        constraints = [
            models.CheckConstraint(
                name="concern_parents_not_informed_has_a_reason",
                condition=Q(parents_informed=True)
                | ~Q(parents_reason="")
                | Q(status=Status.TRANSFERRED),
            ),
            models.CheckConstraint(
                name="concern_no_further_action_is_signed_twice",
                condition=~Q(outcome=DecisionOutcome.NO_FURTHER_ACTION)
                | (Q(signed_by__isnull=False) & ~Q(signed_by=F("decided_by")) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="concern_exploitation_is_not_set_aside_alone",
                condition=~Q(status=Status.NOT_A_CONCERN)
                | Q(exploitation=Exploitation.NONE)
                | (Q(signed_by__isnull=False) & ~Q(signed_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="concern_decided_has_an_outcome",
                condition=~Q(status__in=(Status.DECIDED, Status.NOTIFIED, Status.CLOSED))
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="concern_transferred_says_where",
                condition=~Q(status=Status.TRANSFERRED) | Q(transferred_to__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=("authority", "status", "target_due_at"), name="concern_by_clock"),
            models.Index(fields=("authority", "-received_at"), name="concern_by_reception"),
            models.Index(fields=("case_file",), name="concern_by_case_file"),
        ]

    def __str__(self) -> str:
        return f"IP {self.receipt}"

    def get_absolute_url(self) -> str:
        return reverse("concerns:show", args=[self.ref])

    @property
    def awaits_qualification(self) -> bool:
        return self.status in TO_ANALYSE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def needs_second_signature(self) -> bool:
        """Someone exploited is deemed in danger by law: one person does not set it aside."""
        return self.exploitation != Exploitation.NONE

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.target_due_at < now

    def is_past_law(self, today: date) -> bool:
        return self.is_open and self.evaluation_due < today


class Informant(models.Model):
    """Who reported. Masked from whoever only follows the situation, and sealed."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    concern = models.OneToOneField(
        Concern, on_delete=models.PROTECT, related_name="informant", verbose_name="information"
    )
    kind = models.CharField("qualité", max_length=15, choices=author_kind_choices)
    name = SealedTextField("nom", anchor="concern")
    function = SealedTextField("fonction", anchor="concern", blank=True)
    contact = SealedTextField("coordonnées", anchor="concern")

    class Meta:
        verbose_name = "auteur de l'information"
        verbose_name_plural = "auteurs des informations"

    def __str__(self) -> str:
        return f"Auteur de {self.concern_id}"


class OtherMinor(models.Model):
    """Another minor of the home: the evaluation is about them too (D226-2-3)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="other_minors", verbose_name="information"
    )
    given_names = models.CharField("prénoms", max_length=200, blank=True)
    family_name = models.CharField("nom", max_length=200, blank=True)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    birth_precision = models.CharField(
        "précision", max_length=5, choices=BirthPrecision, blank=True
    )
    sex = models.CharField("sexe", max_length=8, choices=Sex, default=Sex.UNKNOWN)
    tie = models.CharField("lien", max_length=200, blank=True)
    findings = models.TextField("ce que l'évaluation en dit", blank=True)
    opened = models.OneToOneField(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opened_for",
        verbose_name="information ouverte",
    )

    class Meta:
        verbose_name = "autre mineur du foyer"
        verbose_name_plural = "autres mineurs du foyer"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Autre mineur {self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip() or "sans nom connu"


class Addition(models.Model):
    """What the author sent after the concern: more facts, or the wish to withdraw it."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="additions", verbose_name="information"
    )
    kind = models.CharField("nature", max_length=12, choices=AdditionKind)
    text = models.TextField("texte")
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, verbose_name="auteur")

    class Meta:
        verbose_name = "ajout de l'auteur"
        verbose_name_plural = "ajouts de l'auteur"
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.at:%d/%m/%Y}"


class ConcernStep(models.Model):
    """One step of a concern's course, as its timeline tells it."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, verbose_name="dossier")
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="steps", verbose_name="information"
    )
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, verbose_name="agent")
    step = models.CharField("étape", max_length=15, choices=Step)
    note = models.TextField("précision", blank=True)

    class Meta:
        verbose_name = "étape"
        ordering = ("at", "id")
        indexes = [models.Index(fields=("case_file", "at"), name="step_by_case_file")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} ({self.at:%d/%m/%Y})"

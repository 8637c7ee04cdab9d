from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import role_choices
from fanal.ground.deadlines.terms import AlarmKind, Confidence, Counting, Outcome, Unit
from fanal.ground.territory.models import ChildWelfareAuthority

# `valid_to` is the first day when the version no longer holds.
VALIDITY = Func(
    F("valid_from"),
    F("valid_to"),
    Value("[)"),
    function="DATERANGE",
    output_field=DateRangeField(),
)
VALIDITY_IS_A_PERIOD = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class DeadlineRuleQuerySet(models.QuerySet["DeadlineRule"]):
    def in_force(self, *, on: date) -> DeadlineRuleQuerySet:
        return self.filter(_in_force(on))


class DeadlineRule(models.Model):
    """One version of a legal or proposed period. Loaded from a dated file, never typed."""

    code = models.CharField("code", max_length=40)
    label = models.CharField("libellé", max_length=150)
    article = models.CharField("article", max_length=120)
    tag = models.CharField("confiance", max_length=5, choices=Confidence)
    start_event = models.CharField("point de départ", max_length=150)
    amount = models.PositiveSmallIntegerField("durée")
    unit = models.CharField("unité", max_length=10, choices=Unit)
    counting = models.CharField("décompte", max_length=10, choices=Counting)
    moves_to_working_day = models.BooleanField("reporté au premier jour ouvrable", default=False)
    owner_role = models.CharField("qui veille", max_length=20, choices=role_choices)
    # ISO 8601 durations from the due instant: "-P7D|P0D|P1D".
    alarms = models.CharField("alarmes", max_length=100, blank=True)
    valid_from = models.DateField("en vigueur depuis le")
    valid_to = models.DateField("en vigueur avant le", null=True, blank=True)
    note = models.CharField("remarque", max_length=400, blank=True)
    # Of the whole file that the row was loaded from.
    digest = models.CharField("empreinte", max_length=64, editable=False)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "règle de délai"
        verbose_name_plural = "règles de délai"
        ordering = ("code", "valid_from")
        constraints = [
            ExclusionConstraint(
                name="rule_has_one_version_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="rule_validity_is_a_period", condition=VALIDITY_IS_A_PERIOD
            ),
            models.CheckConstraint(
                name="rule_instants_are_hours_or_minutes",
                condition=Q(counting=Counting.INSTANT, unit__in=(Unit.MINUTES, Unit.HOURS))
                | (~Q(counting=Counting.INSTANT) & ~Q(unit__in=(Unit.MINUTES, Unit.HOURS))),
            ),
            # CPC, art. 642 moves the periods of that code, and no other.
            models.CheckConstraint(
                name="rule_moved_belongs_to_the_cpc",
                condition=Q(moves_to_working_day=False)
                | Q(article__endswith=" CPC", counting=Counting.CALENDAR),
            ),
            models.CheckConstraint(
                name="rule_has_article_and_label", condition=~Q(article="") & ~Q(label="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.article})"


class RuleOverrideQuerySet(models.QuerySet["RuleOverride"]):
    def in_force(self, *, on: date) -> RuleOverrideQuerySet:
        return self.filter(_in_force(on))


class RuleOverride(models.Model):
    """An authority's own duration, where the law sets none (a trigger refuses the others)."""

    authority = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        related_name="rule_overrides",
        verbose_name="autorité",
    )
    code = models.CharField("code", max_length=40)
    amount = models.PositiveSmallIntegerField("durée")
    unit = models.CharField("unité", max_length=10, choices=Unit)
    alarms = models.CharField("alarmes, si elles changent", max_length=100, blank=True)
    article = models.CharField("protocole ou délibération", max_length=120)
    reason = models.CharField("motif", max_length=300)
    valid_from = models.DateField("en vigueur depuis le")
    valid_to = models.DateField("en vigueur avant le", null=True, blank=True)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = "délai local"
        verbose_name_plural = "délais locaux"
        ordering = ("authority", "code", "valid_from")
        constraints = [
            ExclusionConstraint(
                name="override_has_one_version_at_a_time",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (VALIDITY, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="override_validity_is_a_period", condition=VALIDITY_IS_A_PERIOD
            ),
            models.CheckConstraint(
                name="override_has_article_and_reason", condition=~Q(article="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.authority}"


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> ClockQuerySet:
        return self.filter(stopped_at__isnull=True)

    def late(self, now: datetime) -> ClockQuerySet:
        """Running clocks whose period is over."""
        return self.running().filter(due_at__lte=now)

    def due_within(self, days: int, now: datetime) -> ClockQuerySet:
        """Running clocks not late yet, whose period ends in the coming ``days``."""
        return self.running().filter(due_at__gt=now, due_at__lte=now + timedelta(days=days))

    def for_subject(self, ref: UUID) -> ClockQuerySet:
        return self.filter(subject_ref=ref)

    def of_case_files(self, case_files: Iterable[CaseFile]) -> ClockQuerySet:
        return self.filter(case_file__in=case_files)

    def of_authority(self, authority: ChildWelfareAuthority) -> ClockQuerySet:
        return self.filter(case_file__authority=authority)

    def soonest_first(self) -> ClockQuerySet:
        return self.order_by("due_at", "pk")


class Clock(models.Model):
    """A period that runs, or ran, about one thing: a concern, a measure, a hearing."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="clocks", verbose_name="dossier"
    )
    rule = models.CharField("règle", max_length=40)
    # The rule as it stood that day: a later version of the law changes no running clock.
    rule_snapshot = models.JSONField("règle appliquée")
    subject_kind = models.CharField("nature de l'objet", max_length=40)
    subject_ref = models.UUIDField("objet")
    # The event that the period is counted from; it lies ahead when the count runs backwards.
    starts_at = models.DateTimeField("compté à partir du")
    due_on = models.DateField("échéance le")
    due_at = models.DateTimeField("terme")
    why = models.TextField("calcul")
    owner = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="clocks",
        null=True,
        blank=True,
        verbose_name="qui veille",
    )
    stopped_at = models.DateTimeField("arrêté le", null=True, blank=True)
    outcome = models.CharField("issue", max_length=20, choices=Outcome, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = "délai"
        constraints = [
            models.UniqueConstraint(
                fields=("rule", "subject_ref"),
                condition=Q(stopped_at__isnull=True),
                name="clock_runs_once_per_subject_and_rule",
            ),
            models.CheckConstraint(
                name="clock_stopped_has_an_outcome",
                condition=Q(stopped_at__isnull=True, outcome="")
                | (Q(stopped_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=("due_at",),
                condition=Q(stopped_at__isnull=True),
                name="clock_running_by_due",
            ),
            models.Index(fields=("subject_ref",), name="clock_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.due_on:%d/%m/%Y}"

    @property
    def label(self) -> str:
        return str(self.rule_snapshot["label"])

    @property
    def confidence(self) -> Confidence:
        """How far the duration can be trusted; screens say it beside the day."""
        return Confidence(self.rule_snapshot["tag"])

    @property
    def is_a_target(self) -> bool:
        """An aim of the house: passing it calls for attention, passing the law is graver."""
        return self.confidence == Confidence.PROPOSED

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    def is_late(self, *, now: datetime) -> bool:
        return self.is_running and self.due_at <= now

    def met_its_term(self) -> bool:
        """Stopped before its term."""
        return self.stopped_at is not None and self.stopped_at <= self.due_at


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def awaiting(self, *, now: datetime) -> AlarmQuerySet:
        """Alarms to sound: their time has come and their clock still runs."""
        return self.filter(
            sounded_at__isnull=True, at__lte=now, clock__stopped_at__isnull=True
        ).order_by("at", "pk")


class Alarm(models.Model):
    """An instant when somebody must be told that a clock runs out, or ran out."""

    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="alarms", verbose_name="délai"
    )
    at = models.DateTimeField("le")
    kind = models.CharField("moment", max_length=10, choices=AlarmKind)
    sounded_at = models.DateTimeField("donnée le", null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = "alarme"
        constraints = [models.UniqueConstraint(fields=("clock", "at"), name="alarm_once")]
        indexes = [
            models.Index(
                fields=("at",), condition=Q(sounded_at__isnull=True), name="alarm_awaiting_by_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.clock}"

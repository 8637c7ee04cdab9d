from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.terms import Exploitation
from fanal.detect.reports.terms import AWAITING_RETURN, TAKES_OUTCOMES, Ground, Status
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court

_SENT = (Status.SENT, Status.ACKNOWLEDGED, Status.INFORMED_BACK, Status.CLOSED)
_RECEIVED = _SENT[1:]
_ANSWERED = _SENT[2:]


class ReportQuerySet(models.QuerySet["Report"]):
    def held_by(self, authorities: Iterable[ChildWelfareAuthority]) -> ReportQuerySet:
        return self.filter(authority__in=authorities)

    def sent(self) -> ReportQuerySet:
        return self.exclude(status=Status.DRAFT)

    def awaiting_return(self) -> ReportQuerySet:
        return self.filter(status__in=AWAITING_RETURN)

    def before_court(self, courts: Iterable[str]) -> ReportQuerySet:
        """Sent to one of these courts, or to the one whose tribunal pour enfants serves it."""
        codes = list(courts)
        return self.sent().filter(Q(court__in=codes) | Q(tpe_court__in=codes))


class Report(models.Model):
    """Signalement: the procureur is told that a minor is in danger (CASF L226-4)."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="reports", verbose_name="dossier"
    )
    # A minor already followed may be reported without a new concern.
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name="information préoccupante",
    )
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    # Where the parents or the guardian live: it decides the court.
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, verbose_name="commune")
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", verbose_name="tribunal judiciaire"
    )
    # The same court when it holds a tribunal pour enfants.
    tpe_court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", verbose_name="tribunal pour enfants"
    )

    grounds = ArrayField(
        models.CharField(max_length=25, choices=Ground), default=list, verbose_name="motifs"
    )
    urgent = models.BooleanField("urgent", default=False)
    exploitation = models.CharField(
        "exploitation", max_length=10, choices=Exploitation, default=Exploitation.NONE
    )
    facts = models.TextField("faits", blank=True)
    danger = models.TextField("ce qui fait craindre pour le mineur", blank=True)
    minor_words = models.TextField("paroles du mineur", blank=True)
    measures = models.TextField("mesures déjà prises", blank=True)
    request = models.TextField("ce qui est demandé", blank=True)
    parents_informed = models.BooleanField("les parents sont informés", default=False)
    parents_reason = models.TextField("motif de ne pas informer les parents", blank=True)
    # Then nobody tells them before the procureur agrees.
    parents_may_be_involved = models.BooleanField(
        "un parent est peut-être mêlé aux faits", default=False
    )
    # Who the minor is, as sent: the parquet reads this, never the case file. Whoever holds the
    # file reads it too: who alerted is not in it.
    identity = models.JSONField("identité transmise", null=True, blank=True)

    status = models.CharField("état", max_length=15, choices=Status, default=Status.DRAFT)
    drafted_at = models.DateTimeField("commencé le")
    drafted_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="commencé par"
    )
    updated_at = models.DateTimeField("enregistré le")
    # One opening of the writing screen: it saves again what it saved itself, not another's text.
    saved_from = models.UUIDField("page qui l'a enregistré", null=True, blank=True)
    sent_at = models.DateTimeField("adressé le", null=True, blank=True)
    sent_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="adressé par",
    )
    acknowledged_at = models.DateTimeField("reçu par le parquet le", null=True, blank=True)
    informed_back_at = models.DateTimeField("suites connues le", null=True, blank=True)
    closed_at = models.DateTimeField("clôturé le", null=True, blank=True)
    parents_allowed_at = models.DateTimeField("accord du parquet le", null=True, blank=True)
    parents_told_at = models.DateTimeField("parents informés le", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "signalement"
        ordering = ("-drafted_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="report_sent_is_whole",
                condition=Q(status=Status.DRAFT, sent_at__isnull=True, sent_by__isnull=True)
                | (
                    Q(status__in=_SENT, sent_at__isnull=False, sent_by__isnull=False)
                    & Q(identity__isnull=False, grounds__len__gt=0)
                    & ~Q(facts="")
                ),
            ),
            models.CheckConstraint(
                name="report_grounds_are_those_of_the_law",
                condition=Q(grounds__contained_by=list(Ground.values)),
            ),
            models.CheckConstraint(
                name="report_acknowledged_has_a_moment",
                condition=Q(status__in=_RECEIVED, acknowledged_at__isnull=False)
                & Q(acknowledged_at__gte=F("sent_at"))
                | (~Q(status__in=_RECEIVED) & Q(acknowledged_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_informed_back_has_a_moment",
                condition=Q(status__in=_ANSWERED, informed_back_at__isnull=False)
                & Q(informed_back_at__gte=F("acknowledged_at"))
                | (~Q(status__in=_ANSWERED) & Q(informed_back_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_closed_has_a_moment",
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                & Q(closed_at__gte=F("informed_back_at"))
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_parents_not_informed_has_a_reason",
                condition=Q(status=Status.DRAFT) | Q(parents_informed=True) | ~Q(parents_reason=""),
            ),
            models.CheckConstraint(
                name="report_parents_wait_for_the_procureur",
                condition=Q(parents_may_be_involved=False)
                | Q(parents_told_at__isnull=True)
                | Q(parents_allowed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("concern",),
                condition=Q(status=Status.DRAFT),
                name="report_drafted_once_per_concern",
            ),
            models.UniqueConstraint(
                fields=("case_file",),
                condition=Q(status=Status.DRAFT, concern__isnull=True),
                name="report_drafted_once_per_file",
            ),
        ]
        indexes = [
            models.Index(fields=("authority", "status", "-sent_at"), name="report_by_authority"),
            models.Index(fields=("court", "status"), name="report_by_court"),
            models.Index(fields=("tpe_court", "status"), name="report_by_tpe_court"),
            models.Index(fields=("case_file",), name="report_by_case_file"),
        ]

    def __str__(self) -> str:
        return f"Signalement {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def awaits_return(self) -> bool:
        return self.status in AWAITING_RETURN

    @property
    def takes_outcomes(self) -> bool:
        return self.status in TAKES_OUTCOMES

    @property
    def courts_differ(self) -> bool:
        return self.court_id != self.tpe_court_id

    @property
    def ground_labels(self) -> list[str]:
        return [str(Ground(ground).label) for ground in self.grounds]

    @property
    def awaits_parents_consent(self) -> bool:
        """The parquet has yet to say whether the parents may be told."""
        return (
            not self.is_draft and self.parents_may_be_involved and self.parents_allowed_at is None
        )

    @property
    def parents_to_tell(self) -> bool:
        """In writing, once the judicial authority is seised (L226-5 al. 3)."""
        return (
            not self.is_draft and self.parents_told_at is None and not self.awaits_parents_consent
        )

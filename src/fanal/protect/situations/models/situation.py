from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.protect.situations.terms import (
    LIVING,
    TAKEN_UP,
    ClosingReason,
    Ground,
    Status,
    source_choices,
)


class SituationQuerySet(models.QuerySet["Situation"]):
    def living(self) -> SituationQuerySet:
        return self.filter(status__in=LIVING)

    def of_authority(self, authority: ChildWelfareAuthority) -> SituationQuerySet:
        return self.filter(authority=authority)

    def of_case_files(self, case_files: Iterable[CaseFile]) -> SituationQuerySet:
        return self.filter(case_file__in=case_files)

    def followed_by(self, agent: Agent) -> SituationQuerySet:
        return self.filter(referent=agent)


class Situation(models.Model):
    """An authority follows a minor: one at a time, with somebody who answers for it."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="situations", verbose_name="dossier"
    )
    authority = models.ForeignKey(
        ChildWelfareAuthority, on_delete=models.PROTECT, verbose_name="autorité"
    )
    status = models.CharField("état", max_length=10, choices=Status, default=Status.OPEN)
    # The database also refuses a référent without a posting of the day (see the triggers).
    referent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="situations", verbose_name="référent"
    )

    ground = models.CharField("fondement", max_length=15, choices=Ground)
    reason = models.TextField("motif d'ouverture", blank=True)
    origin_kind = models.CharField(
        "ouverte depuis", max_length=15, choices=source_choices, blank=True
    )
    origin_ref = models.UUIDField("référence d'origine", null=True, blank=True)
    received_from = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="reçue de",
    )
    opened_at = models.DateTimeField("ouverte le")
    opened_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="ouverte par"
    )
    accepted_at = models.DateTimeField("prise en charge le", null=True, blank=True)

    closing_reason = models.CharField(
        "motif de clôture", max_length=20, choices=ClosingReason, blank=True
    )
    closing_text = models.TextField("bilan de clôture", blank=True)
    closing_proposed_at = models.DateTimeField("clôture proposée le", null=True, blank=True)
    closing_proposed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="clôture proposée par",
    )
    closed_at = models.DateTimeField("clôturée le", null=True, blank=True)
    closed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="clôturée par",
    )
    transferred_to = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="transmise à",
    )
    reopened_at = models.DateTimeField("rouverte le", null=True, blank=True)

    majority_on = models.DateField("majorité le", null=True, blank=True)
    # The birth date is an estimate: a person must say whether the minor has come of age.
    majority_asked_at = models.DateTimeField("majorité à établir depuis le", null=True, blank=True)

    objects = SituationQuerySet.as_manager()

    class Meta:
        verbose_name = "situation"
        constraints = [
            models.UniqueConstraint(
                fields=("case_file",),
                condition=~Q(status=Status.CLOSED),
                name="situation_living_once",
            ),
            models.CheckConstraint(
                name="situation_reasoned_act_has_a_reason",
                condition=~Q(ground=Ground.REASONED_ACT) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="situation_closed_says_why",
                condition=~Q(status=Status.CLOSED)
                | (~Q(closing_reason="") & Q(closed_at__isnull=False, closed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="situation_closing_is_reasoned",
                condition=~Q(status=Status.CLOSING)
                | (
                    ~Q(closing_reason="")
                    & ~Q(closing_text="")
                    & Q(closing_proposed_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="situation_is_closed_by_two",
                condition=~Q(status=Status.CLOSED)
                | Q(closing_reason=ClosingReason.TRANSFERRED)
                | (Q(closing_proposed_by__isnull=False) & ~Q(closed_by=F("closing_proposed_by"))),
            ),
            models.CheckConstraint(
                name="situation_transferred_says_where",
                condition=~Q(closing_reason=ClosingReason.TRANSFERRED)
                | Q(transferred_to__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=("authority", "status"), name="situation_by_authority"),
            models.Index(fields=("referent", "status"), name="situation_by_referent"),
        ]

    def __str__(self) -> str:
        return f"Situation {self.number}"

    @property
    def number(self) -> str:
        """Short enough to be said over the telephone."""
        return f"S-{str(self.ref)[:8].upper()}"

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def is_taken_up(self) -> bool:
        return self.status in TAKEN_UP

    @property
    def awaits_referent(self) -> bool:
        return self.status == Status.OPEN

    @property
    def awaits_closing(self) -> bool:
        return self.status == Status.CLOSING

    @property
    def is_transferred(self) -> bool:
        """Another authority follows the minor now: only the stub stays here."""
        return self.status == Status.CLOSED and self.closing_reason == ClosingReason.TRANSFERRED

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import Commune, Court
from fanal.protect.measures.terms import (
    ADMINISTRATIVE_TYPES,
    ADMITTED,
    ENDED,
    JUDICIAL_TYPES,
    LIVING,
    MAY_BE_PROVISIONAL,
    PLACEMENTS,
    TRANSITIONS,
    WITHOUT_LONGEST_TERM,
    ChildHeard,
    KinOption,
    MeasureType,
    Nature,
    Orderer,
    Seiser,
    Status,
)
from fanal.protect.situations.models import Situation

_BEFORE_THE_JUDGE = (Status.PROVISIONAL, Status.INVESTIGATION, Status.HEARING_SET)
_IN_FORCE_ONCE = (Status.IN_FORCE, Status.RENEWED, Status.MODIFIED, Status.EXPIRED)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def living(self) -> MeasureQuerySet:
        return self.filter(status__in=LIVING)

    def in_force(self) -> MeasureQuerySet:
        return self.filter(status=Status.IN_FORCE)

    def of_case_files(self, case_files: Iterable[CaseFile]) -> MeasureQuerySet:
        return self.filter(case_file__in=case_files)


class Measure(models.Model):
    """What protects a minor, from the day it is asked for to the day it ends."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="measures", verbose_name="dossier"
    )
    # Somebody answers for the minor from the first request on.
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, related_name="measures", verbose_name="situation"
    )
    type = models.CharField("mesure", max_length=20, choices=MeasureType)
    nature = models.CharField("nature", max_length=15, choices=Nature)
    status = models.CharField("état", max_length=20, choices=Status, default=Status.REQUESTED)
    basis = models.CharField("fondement", max_length=150)
    follows = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name="fait suite à",
    )

    # The judge is found from a commune: the family's, or the one where the minor was found.
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, verbose_name="commune")
    tpe_court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", verbose_name="tribunal pour enfants"
    )
    judge_of_the_place = models.BooleanField(
        "ordonnée par le juge du lieu où le mineur a été trouvé", default=False
    )

    requested_at = models.DateTimeField("demandée le")
    requested_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    request_reason = models.TextField("motif de la demande", blank=True)
    provisional_by = models.CharField(
        "ordonnée à titre provisoire par", max_length=10, choices=Orderer, blank=True
    )
    provisional_on = models.DateField("ordonnée à titre provisoire le", null=True, blank=True)
    provisional_heard = models.BooleanField("après audition", default=False)
    extended_on = models.DateField("prolongée le", null=True, blank=True)
    prosecutor_opinion_on = models.DateField("avis du procureur le", null=True, blank=True)
    seised_on = models.DateField("juge saisi le", null=True, blank=True)
    seised_by = models.CharField("juge saisi par", max_length=10, choices=Seiser, blank=True)
    investigation_on = models.DateField("investigation ordonnée le", null=True, blank=True)
    lawyer_asked_on = models.DateField("avocat demandé le", null=True, blank=True)
    lawyer_named_on = models.DateField("avocat désigné le", null=True, blank=True)
    hearing_at = models.DateTimeField("audience le", null=True, blank=True)
    summoned_on = models.DateField("convocations envoyées le", null=True, blank=True)
    heard_on = models.DateField("audience tenue le", null=True, blank=True)
    child_heard = models.CharField(
        "audition de l'enfant", max_length=15, choices=ChildHeard, blank=True
    )
    kin_option = models.CharField(
        "accueil par un proche", max_length=10, choices=KinOption, blank=True
    )
    kin_note = models.TextField("ce qui a été évalué", blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    agreed_on = models.DateField("accord écrit signé le", null=True, blank=True)
    agreed_by = models.CharField("accord signé par", max_length=200, blank=True)
    # Lasting parental incapacity: the only placement that may pass two years (C. civ. 375).
    long_term = models.BooleanField("placement de longue durée", default=False)
    notified_on = models.DateField("notifiée le", null=True, blank=True)
    appealed_on = models.DateField("appel formé le", null=True, blank=True)
    starts_on = models.DateField("prend effet le", null=True, blank=True)
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    # The nearest reminder of the end already given, in days before it.
    warned_days = models.PositiveSmallIntegerField("rappel donné", null=True, blank=True)
    ended_on = models.DateField("terminée le", null=True, blank=True)
    end_reason = models.TextField("motif de fin", blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "mesure"
        indexes = [
            models.Index(fields=("case_file", "status"), name="measure_by_case_file"),
            models.Index(fields=("situation",), name="measure_by_situation"),
            models.Index(
                fields=("ends_on",),
                condition=Q(status=Status.IN_FORCE),
                name="measure_in_force_by_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="measure_nature_fits_its_type",
                condition=Q(type__in=ADMINISTRATIVE_TYPES, nature=Nature.ADMINISTRATIVE)
                | Q(type__in=JUDICIAL_TYPES, nature=Nature.JUDICIAL)
                | ~Q(type__in=(*ADMINISTRATIVE_TYPES, *JUDICIAL_TYPES)),
            ),
            # L223-2 CASF: no administrative measure without a written agreement.
            models.CheckConstraint(
                name="measure_administrative_has_an_agreement",
                condition=~Q(nature=Nature.ADMINISTRATIVE, status__in=_IN_FORCE_ONCE)
                | (Q(agreed_on__isnull=False) & ~Q(agreed_by="")),
            ),
            models.CheckConstraint(
                name="measure_administrative_meets_no_judge",
                condition=~Q(nature=Nature.ADMINISTRATIVE)
                | (
                    ~Q(status__in=_BEFORE_THE_JUDGE)
                    & Q(provisional_by="", seised_on__isnull=True, hearing_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="measure_placement_says_what_kin_could_do",
                condition=~Q(
                    type__in=PLACEMENTS,
                    status__in=(Status.PROVISIONAL, Status.DECIDED, *_IN_FORCE_ONCE),
                )
                | ~Q(kin_option=""),
            ),
            models.CheckConstraint(
                name="measure_provisional_says_by_whom_and_when",
                condition=~Q(status=Status.PROVISIONAL)
                | (~Q(provisional_by="") & Q(provisional_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="measure_provisional_is_of_a_kind_that_may_be",
                condition=Q(provisional_by="") | Q(type__in=MAY_BE_PROVISIONAL),
            ),
            models.CheckConstraint(
                name="measure_extended_after_the_prosecutor_s_opinion",
                condition=Q(extended_on__isnull=True) | Q(prosecutor_opinion_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_hearing_set_has_a_day",
                condition=~Q(status=Status.HEARING_SET) | Q(hearing_at__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_decided_says_until_when",
                condition=~Q(status__in=(Status.DECIDED, *_IN_FORCE_ONCE))
                | Q(decided_on__isnull=False, ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_in_force_has_begun",
                condition=~Q(status__in=_IN_FORCE_ONCE) | Q(starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="measure_ended_says_when",
                condition=Q(status__in=ENDED, ended_on__isnull=False)
                | Q(ended_on__isnull=True, status__in=LIVING),
            ),
            models.CheckConstraint(
                name="measure_stopped_says_why",
                condition=~Q(status__in=(Status.LIFTED, Status.NOT_ORDERED)) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="measure_long_term_is_a_placement",
                condition=Q(long_term=False) | Q(type__in=PLACEMENTS),
            ),
        ]

    def __str__(self) -> str:
        return f"Mesure {self.number}"

    @property
    def number(self) -> str:
        """Short enough to be said over the telephone."""
        return f"M-{str(self.ref)[:8].upper()}"

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def is_judicial(self) -> bool:
        return self.nature == Nature.JUDICIAL

    @property
    def is_placement(self) -> bool:
        return self.type in PLACEMENTS

    @property
    def is_in_force(self) -> bool:
        return self.status == Status.IN_FORCE

    @property
    def has_longest_term(self) -> bool:
        return self.is_judicial and self.type not in WITHOUT_LONGEST_TERM

    @property
    def is_admission(self) -> bool:
        return self.type in ADMITTED

    @property
    def has_a_judge(self) -> bool:
        """A judge was seised, or has ordered something already."""
        return self.seised_on is not None or self.provisional_by == Orderer.JUDGE

    @property
    def last_decision_on(self) -> date | None:
        """The day of the judge's last decision: on the merits, else provisional."""
        if not self.is_judicial or self.decided_on is not None:
            return self.decided_on if self.is_judicial else None
        return self.provisional_on if self.provisional_by == Orderer.JUDGE else None

    @property
    def awaits_judge_after_opp(self) -> bool:
        """The procureur ordered it: the judge must be seised, then rule."""
        return self.provisional_by == Orderer.PROSECUTOR and self.decided_on is None

    @property
    def extension_from(self) -> date | None:
        """The day of the judge's provisional order, which may be extended once (CPC 1185)."""
        extendable = self.provisional_by == Orderer.JUDGE and self.extended_on is None
        return self.provisional_on if extendable and self.decided_on is None else None

    def may_become(self, status: Status) -> bool:
        return status in TRANSITIONS[Status(self.status)]

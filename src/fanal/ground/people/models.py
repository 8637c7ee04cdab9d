from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.people.births import age_on, majority_on
from fanal.ground.people.terms import BirthPrecision, Sex, TieKind
from fanal.ground.territory.models import Commune

LONGEST_PLAIN = 402


class Minor(models.Model):
    """A child whom an authority may have to protect. One per case file."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.OneToOneField(
        CaseFile, on_delete=models.PROTECT, related_name="minor", verbose_name="dossier"
    )
    given_names = models.CharField("prénoms", max_length=200, blank=True)
    family_name = models.CharField("nom", max_length=200, blank=True)
    birth_date = models.DateField("date de naissance")
    birth_precision = models.CharField("précision", max_length=5, choices=BirthPrecision)
    sex = models.CharField("sexe", max_length=8, choices=Sex)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, verbose_name="commune")
    address = models.CharField("adresse", max_length=500, blank=True)
    school = models.CharField("établissement scolaire", max_length=200, blank=True)
    # Search keys, made from the names at each writing.
    name_plain = models.CharField("nom sans accent", max_length=LONGEST_PLAIN)
    name_keys = ArrayField(models.CharField(max_length=60), verbose_name="clés de recherche")

    class Meta:
        verbose_name = "mineur"
        constraints = [
            models.CheckConstraint(
                name="minor_has_a_name",
                condition=~Q(given_names="") | ~Q(family_name=""),
            )
        ]
        indexes = [
            GinIndex(fields=("name_keys",), name="minor_by_name_keys"),
            models.Index(fields=("birth_date",), name="minor_by_birth_date"),
        ]

    def __str__(self) -> str:
        return f"Mineur {self.ref}"

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        names = (self.given_names, self.family_name)
        return " ".join(f"{name[0].upper()}." for name in names if name)

    @property
    def majority_on(self) -> date:
        return majority_on(self.birth_date)

    def age(self, on: date) -> int:
        return age_on(on, born=self.birth_date)

    def age_in_words(self, on: date) -> str:
        """« 15 ans », or « environ 15 ans » when the age was estimated."""
        about = "environ " if self.birth_precision == BirthPrecision.AGE else ""
        years = self.age(on)
        return f"{about}{years} an{'s' if years > 1 else ''}"


class Holder(models.Model):
    """Titulaire de l'autorité parentale."""

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="holders", verbose_name="dossier"
    )
    name = models.CharField("nom", max_length=200)
    tie = models.CharField("lien", max_length=200, blank=True)
    contact = models.CharField("coordonnées", max_length=500, blank=True)

    class Meta:
        verbose_name = "titulaire de l'autorité parentale"
        verbose_name_plural = "titulaires de l'autorité parentale"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Titulaire {self.pk}"


class Tie(models.Model):
    """Two minors are siblings, or live in one home. Written once for both."""

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="ties", verbose_name="dossier"
    )
    other = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="ties_from", verbose_name="autre dossier"
    )
    kind = models.CharField("lien", max_length=12, choices=TieKind)

    class Meta:
        verbose_name = "lien entre mineurs"
        verbose_name_plural = "liens entre mineurs"
        constraints = [
            models.UniqueConstraint(fields=("case_file", "other"), name="tie_once"),
            models.CheckConstraint(name="tie_is_between_two", condition=~Q(case_file=F("other"))),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Merge(models.Model):
    """Two files were found to be the same minor's. Nothing moves, so it can be undone."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="merges", verbose_name="dossier gardé"
    )
    absorbed = models.ForeignKey(
        CaseFile,
        on_delete=models.PROTECT,
        related_name="merged_by",
        verbose_name="dossier réuni",
    )
    reason = models.CharField("motif", max_length=300)
    at = models.DateTimeField("le")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="défait par",
    )

    class Meta:
        verbose_name = "réunion de dossiers"
        verbose_name_plural = "réunions de dossiers"
        constraints = [
            models.UniqueConstraint(
                fields=("absorbed",), condition=Q(undone_at__isnull=True), name="merge_living_once"
            )
        ]

    def __str__(self) -> str:
        return f"Réunion du {self.at:%d/%m/%Y}"


class PossibleMatch(models.Model):
    """
    Two files of one authority that may be the same minor's, found when the second arrived.

    Its only use: to tell somebody who holds one of them that other information exists.
    """

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="possible_matches", verbose_name="dossier"
    )
    other = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="+", verbose_name="autre dossier"
    )
    reasons = ArrayField(models.CharField(max_length=80), verbose_name="raisons")
    found_at = models.DateTimeField("trouvé le")
    set_aside_at = models.DateTimeField("écarté le", null=True, blank=True)

    class Meta:
        verbose_name = "rapprochement possible"
        verbose_name_plural = "rapprochements possibles"
        constraints = [
            models.UniqueConstraint(fields=("case_file", "other"), name="possible_match_once")
        ]

    def __str__(self) -> str:
        return f"Rapprochement du {self.found_at:%d/%m/%Y}"

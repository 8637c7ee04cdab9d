"""Who is competent where: child welfare authorities, courts, communes."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from fanal.ground.territory.terms import (
    AppealCourtKind,
    AuthorityKind,
    Basis,
    CommuneStatus,
    CourtKind,
)


class Departement(models.Model):
    """A département or overseas collectivity of the Code officiel géographique."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=40)

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class ChildWelfareAuthority(models.Model):
    """
    The body that answers for child protection on a territory (CASF L226-3).

    Not the list of départements: Lyon and the Rhône are two, Alsace and Corsica one each.
    """

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    kind = models.CharField("nature", max_length=40, choices=AuthorityKind)
    departement_codes = ArrayField(
        models.CharField(max_length=3), verbose_name="codes des départements couverts"
    )
    timezone = models.CharField("fuseau horaire", max_length=40)
    basis = models.CharField("fondement", max_length=20, choices=Basis)
    note = models.TextField("remarque", blank=True)

    class Meta:
        verbose_name = "autorité de protection de l'enfance"
        verbose_name_plural = "autorités de protection de l'enfance"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Court(models.Model):
    """Tribunal judiciaire, with the tribunal pour enfants that serves it (COJ D251-1)."""

    code = models.CharField("code", max_length=7, primary_key=True)
    name = models.CharField("nom", max_length=80)
    kind = models.CharField("nature", max_length=3, choices=CourtKind)
    # Plain text, not a key: communes point to courts, and a circle could not be loaded.
    commune_code = models.CharField("code de la commune du siège", max_length=5)
    commune_name = models.CharField("commune du siège", max_length=60)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, verbose_name="département du siège"
    )
    appeal_court = models.CharField("cour d'appel", max_length=40)
    appeal_court_kind = models.CharField(
        "nature de la juridiction d'appel", max_length=10, choices=AppealCourtKind
    )
    has_tpe = models.BooleanField("a un tribunal pour enfants")
    tpe_court = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="courts_served",
        verbose_name="tribunal pour enfants compétent",
    )
    jirs = models.CharField("juridiction interrégionale spécialisée", max_length=40)

    class Meta:
        verbose_name = "tribunal"
        verbose_name_plural = "tribunaux"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="court_without_tpe_names_another",
                condition=Q(has_tpe=True, tpe_court=F("code"))
                | (Q(has_tpe=False) & ~Q(tpe_court=F("code"))),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """
    A commune, an arrondissement of Paris, Lyon or Marseille, or a commune absorbed by another.

    The authority and the courts come from here, and never one from the other.
    """

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    former_name = models.CharField(
        "ancienne commune de même code",
        max_length=60,
        blank=True,
        help_text="Commune déléguée du chef-lieu, dont le nom diffère de celui d'aujourd'hui.",
    )
    sort_name = models.CharField("nom de tri", max_length=60)
    search_names = models.CharField("noms de recherche", max_length=125)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, verbose_name="département"
    )
    status = models.CharField("situation", max_length=14, choices=CommuneStatus)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="commune actuelle",
    )
    authority = models.ForeignKey(
        ChildWelfareAuthority,
        on_delete=models.PROTECT,
        related_name="communes",
        verbose_name="autorité de protection de l'enfance",
    )
    court = models.ForeignKey(
        Court,
        on_delete=models.PROTECT,
        related_name="communes",
        verbose_name="tribunal judiciaire",
    )
    tpe_court = models.ForeignKey(
        Court,
        on_delete=models.PROTECT,
        related_name="tpe_communes",
        verbose_name="tribunal pour enfants",
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux")
    latitude = models.FloatField("latitude du centre", null=True, blank=True)
    longitude = models.FloatField("longitude du centre", null=True, blank=True)

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ("sort_name", "code")
        indexes = (
            models.Index("sort_name", "code", name="commune_sort"),
            GinIndex(OpClass("search_names", "gin_trgm_ops"), name="commune_search"),
            GinIndex(fields=["postcodes"], name="commune_postcodes"),
        )
        constraints = (
            models.CheckConstraint(
                name="commune_is_current_or_has_a_parent",
                condition=Q(status=CommuneStatus.CURRENT, parent__isnull=True)
                | (~Q(status=CommuneStatus.CURRENT) & Q(parent__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.departement_id})"

    @property
    def label(self) -> str:
        """What a person reads to be sure of the place; two communes may bear one name."""
        if self.status == CommuneStatus.FORMER and self.parent:
            return f"{self}, aujourd'hui {self.parent.name}"
        return str(self)

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude of the centre, else of the commune that it is part of."""
        if self.latitude is not None and self.longitude is not None:
            return self.latitude, self.longitude
        return self.parent.position if self.parent else None


class FormerCode(models.Model):
    """A code that a merger or a move to another département took out of use."""

    code = models.CharField("ancien code INSEE", max_length=5, primary_key=True)
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        related_name="former_codes",
        verbose_name="commune actuelle",
    )

    class Meta:
        verbose_name = "ancien code de commune"
        verbose_name_plural = "anciens codes de commune"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ReferenceLoad(models.Model):
    """What was loaded last, so that loading the same data again costs nothing."""

    name = models.CharField("jeu de données", max_length=40, primary_key=True)
    digest = models.CharField("empreinte", max_length=64)
    loaded_at = models.DateTimeField("chargé le")

    class Meta:
        verbose_name = "chargement de référence"
        verbose_name_plural = "chargements de référence"

    def __str__(self) -> str:
        return self.name

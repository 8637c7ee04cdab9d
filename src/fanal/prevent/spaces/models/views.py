"""What others may know of places: views of the owner, each with its own rows and words."""

from __future__ import annotations

from django.db import models

from fanal.prevent.spaces.models.places import Described
from fanal.prevent.spaces.terms import Tier


class PublicService(Described):
    """A row of the view ``spaces_public``: nothing of another tier, nothing unconfirmed."""

    class Meta:
        managed = False
        db_table = "spaces_public"
        verbose_name = "lieu public"
        verbose_name_plural = "lieux publics"
        ordering = ("name", "pk")


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

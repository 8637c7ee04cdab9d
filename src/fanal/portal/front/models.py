"""Who reviewed the words of a page: the only thing that this room keeps."""

from __future__ import annotations

from django.db import models


class GuideReview(models.Model):
    """
    Somebody said that the words of one edition may be shown, or may no longer.

    A line is added, never changed: the last of an edition holds, and only for the very words whose
    digest it bears.
    """

    edition = models.CharField("édition", max_length=20)
    digest = models.CharField("empreinte du texte", max_length=64)
    # As the page shows it, with the day.
    reviewer = models.CharField("relu par", max_length=120)
    is_open = models.BooleanField("texte ouvert")
    reviewed_at = models.DateTimeField("relu le")

    class Meta:
        verbose_name = "relecture d'une édition"
        verbose_name_plural = "relectures des éditions"
        ordering = ("edition", "pk")

    def __str__(self) -> str:
        return f"{self.edition}, {self.reviewed_at:%Y-%m-%d}"

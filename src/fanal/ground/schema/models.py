from django.db import models


class AppliedFile(models.Model):
    """One SQL file as it was when it was last put in this database."""

    path = models.CharField("fichier", max_length=200, primary_key=True)
    digest = models.CharField("empreinte", max_length=64)
    applied_at = models.DateTimeField("appliqué le")

    class Meta:
        verbose_name = "fichier SQL appliqué"
        verbose_name_plural = "fichiers SQL appliqués"
        ordering = ("path",)

    def __str__(self) -> str:
        return self.path

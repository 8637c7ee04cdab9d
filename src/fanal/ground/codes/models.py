"""
Codes that lead back to a conversation, and how often each was tried.

The application reads and writes neither table: functions of the owner do, one question at a time
(migration 0002). No address, no device, no word is kept.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fanal.ground.codes.terms import LASTS, kind_choices


class ReturnCode(models.Model):
    """What somebody types to come back to their conversation. Its words are shown once."""

    ref = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    tag = models.CharField("empreinte de recherche", max_length=64, unique=True)
    secret = models.BinaryField("empreinte du secret")
    duress = models.BinaryField("empreinte donnée sous la contrainte")
    kind = models.CharField("nature", max_length=10, choices=kind_choices)
    opens = models.UUIDField("ouvre")
    issued_at = models.DateTimeField("remis le")
    expires_at = models.DateTimeField("expire le")
    # Under a former code of the same thing.
    forced_before = models.DateTimeField("donné sous la contrainte avant", null=True)

    class Meta:
        verbose_name = "code de retour"
        verbose_name_plural = "codes de retour"
        constraints = [
            models.UniqueConstraint(fields=("kind", "opens"), name="return_code_one_for_a_thing"),
            models.CheckConstraint(
                name="return_code_lasts_a_month_at_most",
                condition=Q(expires_at__gt=F("issued_at"))
                & Q(expires_at__lte=F("issued_at") + LASTS),
            ),
            models.CheckConstraint(
                name="return_code_duress_is_another", condition=~Q(secret=F("duress"))
            ),
        ]

    def __str__(self) -> str:
        return f"Code du {self.issued_at:%d/%m/%Y}"


class TagTry(models.Model):
    """
    A bucket that each wrong try of a tag fills and that time empties, whether a code has this tag
    or not. The row without a tag counts all of them together.
    """

    tag = models.CharField("empreinte de recherche", max_length=64, primary_key=True)
    level = models.FloatField("niveau")
    at = models.DateTimeField("mesuré le")
    wrong = models.PositiveIntegerField("essais manqués")
    forced_at = models.DateTimeField("donné sous la contrainte le", null=True, blank=True)

    class Meta:
        verbose_name = "essais d'un code"
        verbose_name_plural = "essais de codes"

    def __str__(self) -> str:
        return self.tag[:8]

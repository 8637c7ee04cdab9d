"""Thirty days after its answer a letter goes whole, and its return code with it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import close_code
from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.helpline.letters.models import OPEN, Letter, LetterText


def old_letters(before: date) -> QuerySet[Letter]:
    """A letter that still waits, for a first answer or another, is never old."""
    return Letter.objects.exclude(state__in=OPEN).filter(
        Q(answered_at__date__lt=before) | Q(answered_at__isnull=True, closed_at__date__lt=before)
    )


def _erase(letters: QuerySet[Letter]) -> None:
    for ref in letters.values_list("ref", flat=True):
        close_code(kind=Kind.FORM, opens=ref)
    LetterText.objects.filter(letter__in=letters).delete()
    letters.delete()


declare_rows(
    Rows(RuleCode.LETTER, "letters.letter", old_letters, _erase, "organisation__authority_id")
)

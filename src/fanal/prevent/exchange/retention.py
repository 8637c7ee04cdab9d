"""Thirty days after it was settled a question goes, and its return code with it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import close_code
from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.prevent.exchange.models import Question
from fanal.prevent.exchange.terms import State


def old_questions(before: date) -> QuerySet[Question]:
    """One that still waits is never old."""
    return Question.objects.exclude(state=State.WAITING).filter(settled_at__date__lt=before)


def _erase(questions: QuerySet[Question]) -> None:
    for ref in questions.values_list("ref", flat=True):
        close_code(kind=Kind.QUESTION, opens=ref)
    questions.delete()


declare_rows(
    Rows(
        RuleCode.QUESTION,
        "exchange.question",
        old_questions,
        _erase,
        "organisation__authority_id",
    )
)

"""An event of a measure is written down: one screen for each, one form, one use case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.forms.events import AnswerForm
from fanal.protect.measures.models import CareQuestion, Measure
from fanal.protect.measures.queries import read_measure
from fanal.protect.measures.use_cases import record_parents_answer
from fanal.protect.measures.views.deeds import perform, posted
from fanal.protect.measures.views.events import BY_NAME
from fanal.protect.measures.views.show import crumbs_of, label_of


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def event(request: DeskRequest, ref: UUID, event: str) -> HttpResponse:
    measure = read_measure(agent=request.user, ref=ref)
    told = BY_NAME[event]
    today = local_day(measure.case_file.authority, now())
    form = told.form(posted(request), measure=measure, today=today)
    return perform(
        request,
        deed=Deed(
            told.title,
            told.button,
            told.done,
            lead=f"{label_of(measure, today)} · {measure.get_type_display()} · {measure.number}",
            consequence=told.consequence,
        ),
        form=form,
        act=lambda _: told.act(request.user, ref, form, now()),
        back=reverse("measures:show", args=[ref]),
        after=_where,
        crumbs=crumbs_of(measure, today, told.title),
    )


def _where(result: object) -> str:
    """The measure, or the one that follows it."""
    measure = result if isinstance(result, Measure) else result.measure  # type: ignore[attr-defined]
    return reverse("measures:show", args=[measure.ref])


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    question = CareQuestion.objects.select_related("measure").filter(ref=ref).first()
    if question is None:
        raise NotVisible
    measure = read_measure(agent=request.user, ref=question.measure.ref)
    today = local_day(measure.case_file.authority, now())
    title = "Réponse des parents"
    return perform(
        request,
        deed=Deed(
            title, "Enregistrer la réponse", "La réponse est enregistrée.", lead=question.text
        ),
        form=AnswerForm(posted(request), measure=measure, today=today),
        act=lambda typed: record_parents_answer(
            agent=request.user,
            question_ref=ref,
            answer=typed["answer"],
            on=typed["on"],
            now=now(),
        ),
        back=reverse("measures:show", args=[measure.ref]),
        crumbs=crumbs_of(measure, today, title),
    )

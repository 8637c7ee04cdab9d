"""The evaluator's side: write, visit, hand in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.detect.concerns.forms.evaluation import EvaluationForm, FindingsForm, VisitForm
from fanal.detect.concerns.models import Concern, Evaluation
from fanal.detect.concerns.queries import my_evaluations, read_concern
from fanal.detect.concerns.use_cases import (
    EvaluationIncomplete,
    add_visit,
    missing_of,
    save_evaluation,
    submit_evaluation,
    write_findings,
)
from fanal.detect.concerns.use_cases.evaluation import WRITTEN
from fanal.detect.concerns.views.beside import concern_context
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal


def _evaluation_of(concern: Concern) -> Evaluation:
    evaluation: Evaluation | None = getattr(concern, "evaluation", None)
    if evaluation is None:
        raise NotVisible
    return evaluation


@require_safe
@needs(Right.EVALUATE_CONCERNS)
def mine(request: DeskRequest) -> HttpResponse:
    found = my_evaluations(request.user).order_by("concern__target_due_at", "pk")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "detect/concerns/evaluation/list.html", {"page": page, "now": now()})


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def evaluate(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    evaluation = _evaluation_of(concern)
    if evaluation.submitted_at is not None:
        return redirect("concerns:show", ref)
    written = {name: getattr(evaluation, name) for name in WRITTEN}
    form = EvaluationForm(request.POST or None, initial=written)
    if form.is_valid():
        save_evaluation(agent=request.user, ref=ref, written=form.cleaned_data, now=now())
        if request.headers.get("X-Autosave"):
            return HttpResponse(status=204)
        messages.success(request, "L'évaluation est enregistrée.")
        return redirect("concerns:evaluate", ref)
    return render(
        request,
        "detect/concerns/evaluation/write.html",
        _context(request, concern, evaluation) | {"form": form},
    )


def _context(request: DeskRequest, concern: Concern, evaluation: Evaluation) -> dict[str, Any]:
    return concern_context(request.user, concern) | {
        "visits": evaluation.visits.select_related("agent"),
        "visit_form": VisitForm(prefix="visit"),
        "missing": missing_of(evaluation),
    }


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def visit(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    evaluation = _evaluation_of(concern)
    form = VisitForm(request.POST or None)
    if form.is_valid():
        try:
            add_visit(agent=request.user, ref=ref, now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "La rencontre est ajoutée.")
            return redirect("concerns:evaluate", ref)
    context = _context(request, concern, evaluation) | {"form": form}
    return render(request, "detect/concerns/evaluation/visit.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def findings(request: DeskRequest, ref: UUID, other: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    found = concern.other_minors.filter(ref=other).first()
    if found is None:
        raise NotVisible
    form = FindingsForm(request.POST or None, initial={"findings": found.findings})
    if form.is_valid():
        try:
            write_findings(
                agent=request.user,
                ref=ref,
                other_minor=other,
                findings=form.cleaned_data["findings"],
                now=now(),
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("concerns:evaluate", ref)
    context = concern_context(request.user, concern) | {"form": form, "other": found}
    return render(request, "detect/concerns/evaluation/findings.html", context)


@require_POST
@needs(Right.EVALUATE_CONCERNS)
def submit(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        submit_evaluation(agent=request.user, ref=ref, now=now())
    except EvaluationIncomplete as refusal:
        for sentence in refusal.missing.values():
            messages.warning(request, sentence)
        return redirect("concerns:evaluate", ref)
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("concerns:show", ref)
    messages.success(request, "L'évaluation est remise : la CRIP est prévenue.")
    return redirect("concerns:show", ref)

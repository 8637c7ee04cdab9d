"""The evaluator's side: write, visit, hand in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from fanal.detect.concerns.use_cases.evaluation import (
    WRITTEN,
    AlreadySubmitted,
    ChangedSince,
    as_read,
    findings_as_read,
)
from fanal.detect.concerns.views.beside import concern_context
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.queries import local_day

PER_PAGE = 25


def _evaluation_of(concern: Concern) -> Evaluation:
    evaluation: Evaluation | None = getattr(concern, "evaluation", None)
    if evaluation is None:
        raise NotVisible
    return evaluation


@require_safe
@needs(Right.EVALUATE_CONCERNS)
def mine(request: DeskRequest) -> HttpResponse:
    moment = now()
    found = (
        my_evaluations(request.user)
        .select_related("concern__authority")
        .annotate(met=Count("visits"))
        .order_by("concern__target_due_at", "pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="evaluation.list",
        rows=[one.concern for one in page],
        page=page.number,
    )
    context = {"page": page, "rows": [(one, _age(one.concern, moment)) for one in page]}
    return render(request, "detect/concerns/evaluation/list.html", context)


def _age(concern: Concern, moment: datetime) -> str:
    return concern.case_file.minor.age_in_words(local_day(concern.authority, moment))


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def evaluate(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Written in one's own time: kept at each pause, handed in from the same page."""
    concern = read_concern(agent=request.user, ref=ref)
    evaluation = _evaluation_of(concern)
    if request.method == "POST":
        return _keep(request, concern, evaluation)
    if evaluation.submitted_at is not None:
        return redirect("concerns:show", ref)
    written = {name: getattr(evaluation, name) for name in WRITTEN}
    return _page(request, concern, evaluation, EvaluationForm(initial=written))


def _keep(request: DeskRequest, concern: Concern, evaluation: Evaluation) -> HttpResponse:
    form = EvaluationForm(request.POST, initial={})
    valid = form.is_valid()
    autosave = "X-Autosave" in request.headers
    try:
        kept = save_evaluation(
            agent=request.user,
            ref=concern.ref,
            written=form.cleaned_data,
            now=now(),
            read=request.POST.get("as_read"),
        )
    except (AlreadySubmitted, ChangedSince) as refusal:
        if autosave:
            return HttpResponse(status=409)
        evaluation.refresh_from_db()
        return _page(request, concern, evaluation, form, refusal)
    if autosave:
        # An autosave that kept only a part must not look like one that kept all.
        headers = {"X-Autosave-Token": as_read(kept)}
        return HttpResponse(status=204 if valid else 422, headers=headers)
    if not valid:
        return _page(request, concern, kept, form)
    if "submit" in request.POST:
        return _hand_in(request, concern.ref)
    messages.success(request, "L'évaluation est enregistrée.")
    return redirect("concerns:evaluate", concern.ref)


def _page(
    request: DeskRequest,
    concern: Concern,
    evaluation: Evaluation,
    form: EvaluationForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """What was typed stays in its fields, with what stands now when it was refused."""
    missing = missing_of(evaluation).items()
    context = concern_context(request.user, concern, "Évaluation") | {
        "form": form,
        "as_read": as_read(evaluation),
        "refused": refusal.message if refusal else "",
        "standing": getattr(refusal, "standing", {}),
        "over": evaluation.submitted_at is not None,
        "visits": evaluation.visits.select_related("agent"),
        "missing": [(form.anchor(name), text) for name, text in missing],
    }
    return render(request, "detect/concerns/evaluation/write.html", context)


def _write(
    request: DeskRequest,
    concern: Concern,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    template: str,
    title: str,
    done: str,
    **beside: object,
) -> HttpResponse:
    """A piece of the evaluation on a page of its own; then back to the whole."""
    ref = concern.ref
    if request.method == "GET" and _evaluation_of(concern).submitted_at is not None:
        return redirect("concerns:show", ref)
    standing: dict[str, str] = {}
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            standing = getattr(refusal, "standing", {})
        else:
            messages.success(request, done)
            return redirect("concerns:evaluate", ref)
    context = concern_context(request.user, concern, title) | beside
    context |= {"form": form, "standing": standing}
    return render(request, f"detect/concerns/evaluation/{template}.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def visit(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _write(
        request,
        read_concern(agent=request.user, ref=ref),
        form=VisitForm(request.POST or None),
        act=lambda written: add_visit(agent=request.user, ref=ref, now=now(), **written),
        template="visit",
        title="Rencontre",
        done="La rencontre est ajoutée.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.EVALUATE_CONCERNS)
def findings(request: DeskRequest, ref: UUID, other: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    found = concern.other_minors.filter(ref=other).first()
    if found is None:
        raise NotVisible
    return _write(
        request,
        concern,
        form=FindingsForm(request.POST or None, initial={"findings": found.findings}),
        act=lambda written: write_findings(
            agent=request.user,
            ref=ref,
            other_minor=other,
            findings=written["findings"],
            now=now(),
            read=request.POST.get("as_read"),
        ),
        template="findings",
        title="Autre mineur du foyer",
        done="Ce qui concerne ce mineur est enregistré.",
        other=found,
        as_read=findings_as_read(found),
    )


@require_POST
@needs(Right.EVALUATE_CONCERNS)
def submit(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Hand in what was already kept."""
    read_concern(agent=request.user, ref=ref)
    return _hand_in(request, ref)


def _hand_in(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        submit_evaluation(agent=request.user, ref=ref, now=now())
    except EvaluationIncomplete:
        # The page itself lists what is missing, each with its link.
        messages.warning(request, "L'évaluation n'est pas encore complète.")
        return redirect(reverse("concerns:evaluate", args=[ref]) + "#manque")
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("concerns:show", ref)
    messages.success(request, "L'évaluation est remise : la cellule est prévenue.")
    return redirect("concerns:show", ref)

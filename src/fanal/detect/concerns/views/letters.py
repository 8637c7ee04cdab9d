"""Letters about a concern: receipt, parents, evaluation report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.detect.concerns.correspondence import (
    acknowledgement_of,
    evaluation_report_of,
    parents_exception_of,
    parents_letter_of,
)
from fanal.detect.concerns.forms.letters import ParentsExceptionForm, ParentsLetterForm
from fanal.detect.concerns.queries import read_concern, read_submission
from fanal.detect.concerns.terms import Status
from fanal.detect.concerns.views.beside import concern_context
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.documents.rendering import render as print_letter
from fanal.ground.documents.terms import Kind
from fanal.ground.documents.use_cases import file_document
from fanal.ground.errors import NotVisible


@require_safe
@needs(Right.WRITE_CONCERNS)
def acknowledgement(request: DeskRequest, ref: UUID) -> HttpResponse:
    submission = read_submission(agent=request.user, ref=ref)
    page = request.build_absolute_uri(reverse("concerns:receipt", args=[ref]))
    letter = acknowledgement_of(submission, source=submission.organisation.kind, status_page=page)
    response = HttpResponse(print_letter(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{submission.receipt}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def parents(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    holder = concern.case_file.holders.first()
    form = ParentsLetterForm(
        request.POST or None, initial={"recipient": holder.name if holder else ""}
    )
    if form.is_valid():
        document = file_document(
            case_file=concern.case_file,
            letter=parents_letter_of(
                concern, agent=request.user, written=form.cleaned_data, now=now()
            ),
            title="Lettre aux parents",
            agent=request.user,
            now=now(),
        )
        return redirect("documents:download", document.ref)
    context = concern_context(request.user, concern) | {"form": form}
    return render(request, "detect/concerns/crip/parents_letter.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def parents_exception(request: DeskRequest, ref: UUID) -> HttpResponse:
    """The note that the law asks for when the parents are not told."""
    concern = read_concern(agent=request.user, ref=ref)
    if concern.parents_informed or concern.status == Status.TRANSFERRED:
        messages.info(request, "Aucune note n'est à écrire ici sur l'information des parents.")
        return redirect("concerns:show", ref)
    started = {"reason": concern.parents_reason, "review_on": concern.evaluation_due}
    form = ParentsExceptionForm(request.POST or None, initial=started)
    if form.is_valid():
        document = file_document(
            case_file=concern.case_file,
            letter=parents_exception_of(
                concern, agent=request.user, written=form.cleaned_data, now=now()
            ),
            title=Kind.PARENTS_EXCEPTION.label,
            agent=request.user,
            now=now(),
        )
        return redirect("documents:download", document.ref)
    context = concern_context(request.user, concern, "Note motivée") | {"form": form}
    return render(request, "detect/concerns/crip/parents_exception.html", context)


@require_POST
@needs(Right.QUALIFY_CONCERNS, Right.EVALUATE_CONCERNS)
def evaluation(request: DeskRequest, ref: UUID) -> HttpResponse:
    concern = read_concern(agent=request.user, ref=ref)
    found = getattr(concern, "evaluation", None)
    if found is None:
        raise NotVisible
    if found.submitted_at is None:
        messages.warning(request, "Le rapport s'imprime quand l'évaluation est remise.")
        return redirect("concerns:show", ref)
    document = file_document(
        case_file=concern.case_file,
        letter=evaluation_report_of(found, agent=request.user, now=now()),
        title="Rapport d'évaluation",
        agent=request.user,
        now=now(),
    )
    return redirect("documents:download", document.ref)

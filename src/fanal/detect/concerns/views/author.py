"""The author's side: five steps, a receipt, a status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.detect.concerns.drafts import LAST, NAMES, name_of, reference, step_to_resume
from fanal.detect.concerns.forms.author import AdditionForm, WithdrawalForm
from fanal.detect.concerns.models import Draft, Submission
from fanal.detect.concerns.queries import my_drafts, my_submissions, read_draft, read_submission
from fanal.detect.concerns.terms import PROFESSIONALS, SubmissionStatus
from fanal.detect.concerns.use_cases import (
    complete_concern,
    discard_draft,
    start_draft,
    withdraw_concern,
)
from fanal.detect.concerns.views.own_key import with_own_key
from fanal.detect.concerns.views.steps import review, typed_in, write_step
from fanal.detect.screening.queries import known_codes
from fanal.ground.access.decisions import postings_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import RIGHTS, Right
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.audit.use_cases import record_list
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.sealing.keys import KeysLocked
from fanal.ground.shell.pieces import Crumb, Step, steps
from fanal.ground.shell.words import exact_day

KINDS = {"child_welfare", "school", "health", "police", "helpline", "association"}
PER_PAGE = 25
SEALED_DRAFT = (
    "Les clés ne sont pas ouvertes : votre brouillon est scellé. Il est gardé, et se relira quand "
    "elles seront ouvertes. N'attendez pas pour transmettre : ce que vous venez d'écrire continue "
    "dans un autre brouillon, qui partira tout de suite."
)


def _organisation(request: DeskRequest) -> Organisation:
    """The one for which the agent writes concerns, among all their postings."""
    for posting in postings_of(request.user):
        if Right.WRITE_CONCERNS in RIGHTS[Role(posting.role)]:
            return posting.organisation
    raise PermissionDenied


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_CONCERNS)
@with_own_key
def start(request: DeskRequest) -> HttpResponse:
    """Begin: an empty draft, or one that carries the signs ticked on the grid."""
    if request.method == "POST":
        codes = [code for code in request.POST.getlist("codes") if code in known_codes()]
        return redirect("concerns:write", _begun(request, {"indicators": codes}).ref, NAMES[0])
    drafts = [_listed(draft) for draft in my_drafts(request.user)]
    return render(request, "detect/concerns/author/start.html", {"drafts": drafts})


def _begun(request: DeskRequest, content: dict[str, Any]) -> Draft:
    """A draft that already says who writes it."""
    organisation = _organisation(request)
    author = {
        "author_kind": organisation.kind if organisation.kind in KINDS else "other",
        "author_name": request.user.name,
        "author_function": request.user.function,
        "author_contact": request.user.email,
    }
    return start_draft(
        agent=request.user, organisation=organisation, content=author | content, now=now()
    )


def _listed(draft: Draft) -> tuple[Draft, str, str]:
    """With its name and where it goes on: nowhere while it is sealed and the keys are closed."""
    try:
        step = step_to_resume(draft)
    except KeysLocked:
        return draft, "", ""
    return draft, name_of(draft), reverse("concerns:write", args=[draft.ref, step])


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_CONCERNS)
@with_own_key
def write(request: DeskRequest, ref: UUID, step: str) -> HttpResponse:
    """One step. What is typed is kept at once, complete or not."""
    try:
        draft = read_draft(agent=request.user, ref=ref)
        return review(request, draft) if step == LAST else write_step(request, draft, step)
    except KeysLocked:
        return _written_elsewhere(request, step)
    except NotVisible:
        # Sent a moment ago, by a second click or with the back button: its receipt says so.
        sent = my_submissions(request.user).filter(external_ref=reference(ref)).first()
        if sent is None:
            raise
        return redirect("concerns:receipt", sent.ref)


def _written_elsewhere(request: DeskRequest, step: str) -> HttpResponse:
    """The draft is sealed and the keys are closed: what was just typed begins another."""
    if "X-Autosave" in request.headers:
        raise KeysLocked
    messages.warning(request, SEALED_DRAFT)
    if request.method != "POST" or step == LAST:
        return redirect("concerns:start")
    return redirect("concerns:write", _begun(request, typed_in(request, step)).ref, step)


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_CONCERNS)
@with_own_key
def discard(request: DeskRequest, ref: UUID) -> HttpResponse:
    draft = read_draft(agent=request.user, ref=ref)
    if request.method == "POST":
        discard_draft(agent=request.user, ref=ref)
        messages.success(request, "Le brouillon est effacé.")
        return redirect("concerns:start")
    context = {"draft": draft, "name": _listed(draft)[1]}
    return render(request, "detect/concerns/author/discard.html", context)


@require_safe
@needs(Right.WRITE_CONCERNS)
def sent(request: DeskRequest) -> HttpResponse:
    page = Paginator(my_submissions(request.user), PER_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="submission.list", rows=page, page=page.number)
    crumbs = [Crumb("Transmettre", reverse("concerns:start")), Crumb("Mes envois")]
    return render(request, "detect/concerns/author/sent.html", {"page": page, "crumbs": crumbs})


@require_safe
@needs(Right.WRITE_CONCERNS)
def receipt(request: DeskRequest, ref: UUID) -> HttpResponse:
    submission = read_submission(agent=request.user, ref=ref)
    context = {
        "submission": submission,
        "next": _next(submission),
        "course": _course(submission),
        "crumbs": _crumbs(submission),
    }
    return render(request, "detect/concerns/author/receipt.html", context)


def _crumbs(submission: Submission) -> list[Crumb]:
    return [Crumb("Mes envois", reverse("concerns:sent")), Crumb(submission.receipt)]


def _course(submission: Submission) -> list[Step]:
    """The one word that the author is told, among the three that there are."""
    values = SubmissionStatus.values
    place = values.index(submission.status)
    labels = [label.capitalize() for label in SubmissionStatus.labels]
    return steps(labels, current=place + 1)


def _next(submission: Submission) -> list[str]:
    """What comes and when."""
    if submission.status == SubmissionStatus.OUTCOME_GIVEN:
        return [
            "La cellule a fini d'examiner cette information.",
            "Si sa réponse ne vous est pas parvenue, demandez-la avec ce numéro.",
        ]
    authority, since = submission.authority, submission.sent_at
    legal = due(rule=RuleCode.CONCERN_EVALUATION, authority=authority, since=since).due_on
    said = [
        "La cellule de recueil (CRIP) lit votre information, en principe le jour même.",
        f"Si elle ouvre une évaluation, celle-ci est rendue au plus tard le {exact_day(legal)} "
        "(art. D226-2-4 CASF). Ce qu'elle contient reste à ceux qui protègent l'enfant.",
    ]
    if submission.organisation.kind in PROFESSIONALS:
        answer = due(rule=RuleCode.CONCERN_ANSWER_PROFESSIONAL, authority=authority, since=since)
        return [
            *said,
            "Vous êtes informé de la suite donnée, sans avoir à la demander, au plus tard le "
            f"{exact_day(answer.due_on)} (art. L226-5 CASF).",
        ]
    return [
        *said,
        "Vous pouvez demander à la cellule quelle suite a été donnée : elle répond dans les trois "
        "mois, dans la limite du secret (art. L226-5 CASF).",
    ]


def _add(
    request: DeskRequest,
    ref: UUID,
    *,
    form: forms.Form,
    act: Callable[[str], None],
    name: str,
    done: str,
) -> HttpResponse:
    submission = read_submission(agent=request.user, ref=ref)
    if form.is_valid():
        try:
            act(form.cleaned_data["text"])
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("concerns:receipt", ref)
    context = {"submission": submission, "form": form, "crumbs": _crumbs(submission)}
    return render(request, f"detect/concerns/author/{name}.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_CONCERNS)
def complete(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _add(
        request,
        ref,
        form=AdditionForm(request.POST or None),
        act=lambda text: complete_concern(agent=request.user, ref=ref, text=text, now=now()),
        name="complete",
        done="Votre complément est transmis.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.WRITE_CONCERNS)
def withdraw(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _add(
        request,
        ref,
        form=WithdrawalForm(request.POST or None),
        act=lambda text: withdraw_concern(agent=request.user, ref=ref, reason=text, now=now()),
        name="withdraw",
        done="Votre demande est transmise : la cellule décide de la suite.",
    )

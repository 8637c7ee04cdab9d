"""The desk of whoever moderates: what waits, one question, what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.exchange import queries, use_cases
from fanal.prevent.exchange.flags import flags_of
from fanal.prevent.exchange.forms import AnswerForm, EntryForm
from fanal.prevent.exchange.terms import State

A_PAGE = 50
LAST = 10


@require_safe
@needs(Right.MODERATE)
def desk(request: DeskRequest) -> HttpResponse:
    page = Paginator(queries.waiting(), A_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="question.list", rows=page, page=page.number)
    context = {
        "page": page,
        "query": request.GET,
        "settled": queries.settled()[:LAST],
        "entries": queries.listed_entries()[:A_PAGE],
    }
    return render(request, "prevent/exchange/desk.html", context)


@require_safe
@needs(Right.MODERATE)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _show(request, ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MODERATE)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    if request.method == "GET":
        queries.read_question(agent=request.user, ref=ref)
        return redirect("exchange:show", ref)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, ref, answering=form)
    try:
        use_cases.answer_question(
            agent=request.user, ref=ref, text=form.cleaned_data["text"], now=now()
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, ref, answering=form)
    messages.success(request, "La réponse est gardée : la personne la lira avec son code.")
    return redirect("exchange:show", ref)


@require_POST
@needs(Right.MODERATE)
def set_aside(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        use_cases.set_aside(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("exchange:desk")


@require_POST
@needs(Right.MODERATE)
def danger(request: DeskRequest, ref: UUID) -> HttpResponse:
    """One key, and nothing asked first: who has seen a danger does not fill a form."""
    use_cases.disclose_danger(agent=request.user, ref=ref, now=now())
    messages.success(request, "L’écoute est prévenue. La question ne sera jamais publiée.")
    return redirect("exchange:show", ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MODERATE)
def propose(request: DeskRequest, ref: UUID) -> HttpResponse:
    if request.method == "GET":
        queries.read_question(agent=request.user, ref=ref)
        return redirect("exchange:show", ref)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _show(request, ref, rewriting=form)
    try:
        entry = use_cases.propose_entry(
            agent=request.user, ref=ref, rewritten=form.rewritten, now=now()
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, ref, rewriting=form)
    messages.success(request, "Le texte attend d’être relu par quelqu’un d’autre.")
    return redirect("exchange:text", entry.ref)


def _show(
    request: DeskRequest,
    ref: UUID,
    *,
    answering: AnswerForm | None = None,
    rewriting: EntryForm | None = None,
) -> HttpResponse:
    question = queries.read_question(agent=request.user, ref=ref)
    context: dict[str, Any] = {
        "question": question,
        "forced": forced_at(kind=Kind.QUESTION, opens=question.ref),
        "flags": flags_of(question.text),
        "entries": queries.entries_about(question),
        "waits": question.state == State.WAITING,
        "may_publish": question.state == State.ANSWERED,
        "is_danger": question.state == State.DANGER,
        "answering": answering or AnswerForm(),
        "rewriting": rewriting or EntryForm(initial={"answer": question.answer}),
    }
    return render(request, "prevent/exchange/question.html", context)

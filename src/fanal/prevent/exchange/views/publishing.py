"""One text rewritten for everybody: who wrote it, what it might reveal, who reads it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.exchange import queries, use_cases
from fanal.prevent.exchange.flags import flags_of
from fanal.prevent.exchange.forms import EntryForm, ReviewForm
from fanal.prevent.exchange.models import PublicAnswer
from fanal.prevent.exchange.terms import EntryState


@require_safe
@needs(Right.MODERATE)
def show(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _show(request, queries.read_entry(agent=request.user, ref=ref))


@require_http_methods(["GET", "POST"])
@needs(Right.MODERATE)
def rewrite(request: DeskRequest, ref: UUID) -> HttpResponse:
    entry = queries.read_entry(agent=request.user, ref=ref)
    if request.method == "GET":
        return redirect("exchange:text", ref)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _show(request, entry, rewriting=form)
    try:
        use_cases.rewrite_entry(agent=request.user, ref=ref, rewritten=form.rewritten, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, entry, rewriting=form)
    messages.success(request, "Le texte attend d’être relu par quelqu’un d’autre.")
    return redirect("exchange:text", ref)


@require_http_methods(["GET", "POST"])
@needs(Right.MODERATE)
def publish(request: DeskRequest, ref: UUID) -> HttpResponse:
    entry = queries.read_entry(agent=request.user, ref=ref)
    if request.method == "GET":
        return redirect("exchange:text", ref)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, entry, reviewing=form)
    try:
        use_cases.publish_entry(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, entry, reviewing=form)
    messages.success(request, "Le texte est public.")
    return redirect("exchange:text", ref)


@require_POST
@needs(Right.MODERATE)
def withdraw(request: DeskRequest, ref: UUID) -> HttpResponse:
    use_cases.withdraw_entry(agent=request.user, ref=ref, now=now())
    messages.success(request, "Le texte n’est plus public.")
    return redirect("exchange:desk")


def _show(
    request: DeskRequest,
    entry: PublicAnswer,
    *,
    rewriting: EntryForm | None = None,
    reviewing: ReviewForm | None = None,
) -> HttpResponse:
    texts = {"title": entry.title, "question": entry.question, "answer": entry.answer}
    context = {
        "entry": entry,
        "flags": flags_of(*texts.values()),
        "is_draft": entry.state == EntryState.DRAFT,
        "is_withdrawn": entry.state == EntryState.WITHDRAWN,
        "is_mine": entry.written_by_id == request.user.pk,
        "rewriting": rewriting or EntryForm(initial=texts),
        "reviewing": reviewing or ReviewForm(),
    }
    return render(request, "prevent/exchange/text.html", context)

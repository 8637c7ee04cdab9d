"""The desk of freshness: what is to be checked first, whom one asks, what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.words import count_fr
from fanal.prevent.spaces.freshness import asking, deciding
from fanal.prevent.spaces.freshness.forms import CheckForm, MailboxForm
from fanal.prevent.spaces.freshness.queries import confidences, to_check
from fanal.prevent.spaces.freshness.terms import MOST_ASKED
from fanal.prevent.spaces.keeping import read_service
from fanal.prevent.spaces.models import Service

PER_PAGE = 50
DEEDS: dict[str, tuple[Callable[..., Service], str]] = {
    "accept": (deciding.accept_amendment, "La proposition est acceptée."),
    "refuse": (deciding.refuse_amendment, "La proposition est écartée."),
    "undo": (deciding.undo_amendment, "La proposition attend de nouveau."),
}


@require_safe
@needs(Right.KEEP_DIRECTORY)
def first(request: DeskRequest) -> HttpResponse:
    """Whatever something makes one doubt, with its reasons."""
    form = CheckForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    today = localdate()
    page = Paginator(to_check(filters, on=today), PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user, deed="directory.check", rows=page, filters=filters, page=page.number
    )
    sure = confidences(page, on=today)
    context = {
        "form": form,
        "page": page,
        "active": any(filters.values()),
        "total": count_fr(page.paginator.count, "lieu", "lieux"),
        "rows": [(one, sure[one.pk].reasons) for one in page],
        "crumbs": [Crumb("Annuaire", reverse("spaces:kept")), Crumb("À vérifier d’abord")],
    }
    return render(request, "prevent/spaces/first.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.KEEP_DIRECTORY)
def ask_old(request: DeskRequest) -> HttpResponse:
    """All those that are old, at once: first how many and which, then the mails."""
    moment = now()
    if request.method == "POST":
        count = asking.ask_all(agent=request.user, site=_site(request), now=moment)
        messages.success(request, f"{count_fr(count, 'lieu', 'lieux')} : la demande part.")
        return redirect("spaces:first")
    page = Paginator(asking.to_be_asked(now=moment), PER_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="directory.ask_preview", rows=page, page=page.number)
    context = {
        "page": page,
        "count": min(page.paginator.count, MOST_ASKED),
        "total": count_fr(page.paginator.count, "lieu", "lieux"),
        "left": max(page.paginator.count - MOST_ASKED, 0),
        "subject": asking.SUBJECT,
        "back": reverse("spaces:first"),
        "crumbs": [Crumb("Annuaire", reverse("spaces:kept")), Crumb("Demander aux lieux")],
    }
    return render(request, "prevent/spaces/ask_old.html", context)


@require_POST
@needs(Right.KEEP_DIRECTORY)
def ask(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _done(
        request,
        ref,
        lambda: asking.ask_place(agent=request.user, ref=ref, site=_site(request), now=now()),
        "La demande part au lieu. Son lien sert une fois, pendant trente jours.",
    )


@require_POST
@needs(Right.KEEP_DIRECTORY)
def mailbox(request: DeskRequest, ref: UUID) -> HttpResponse:
    form = MailboxForm(request.POST)
    if not form.is_valid():
        read_service(agent=request.user, ref=ref)
        messages.error(request, " ".join(map(str, form.errors["email"])))
        return redirect("spaces:confirm", ref)
    email = form.cleaned_data["email"]
    return _done(
        request,
        ref,
        lambda: asking.keep_mailbox(agent=request.user, ref=ref, email=email, now=now()),
        "L’adresse de contact est gardée. Elle n’est jamais publique.",
    )


@require_POST
@needs(Right.KEEP_DIRECTORY)
def doubts(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Set aside what waits, or take it back."""
    back = request.POST.get("deed") == "undo"
    act = deciding.take_doubts_back if back else deciding.set_doubts_aside
    said = "Les doutes attendent de nouveau." if back else "Les doutes sont écartés."
    return _done(request, ref, lambda: act(agent=request.user, ref=ref, now=now()), said)


@require_POST
@needs(Right.KEEP_DIRECTORY)
def decide(request: DeskRequest, ref: UUID) -> HttpResponse:
    """One click on what a structure said."""
    act, said = DEEDS.get(request.POST.get("deed", ""), (None, ""))
    place = deciding.place_of(ref)
    if act is None:
        read_service(agent=request.user, ref=place)
        messages.error(request, "Choisissez : accepter la proposition, ou l’écarter.")
        return redirect("spaces:confirm", place)
    return _done(request, place, lambda: act(agent=request.user, ref=ref, now=now()), said)


def _done(request: DeskRequest, ref: UUID, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("spaces:confirm", ref)


def _site(request: DeskRequest) -> str:
    return request.build_absolute_uri("/")

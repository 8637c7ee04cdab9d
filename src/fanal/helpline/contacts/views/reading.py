"""The second reader's desk: what waits before it leaves, what left at once, what comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.figures import returns
from fanal.helpline.contacts.forms.filters import ReviewForm, SendBackForm
from fanal.helpline.contacts.models import Transmission
from fanal.helpline.contacts.preview import parts_of, preview_of
from fanal.helpline.contacts.queries import (
    awaiting_answer,
    helpline_of,
    read_transmission,
    to_read,
)
from fanal.helpline.contacts.terms import Reading
from fanal.helpline.contacts.views.leaving import course_of

PER_PAGE = 25


@require_safe
@needs(Right.COORDINATE)
def reading(request: DeskRequest) -> HttpResponse:
    found = list(to_read().order_by("reading", "prepared_at", "pk"))
    record_list(agent=request.user, deed="transmission.list", rows=found)
    context = {
        "before": [one for one in found if one.reading == Reading.TO_SIGN],
        "after": [one for one in found if one.reading == Reading.TO_REVIEW],
    }
    return render(request, "helpline/contacts/reading.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.COORDINATE)
def read(request: DeskRequest, ref: UUID) -> HttpResponse:
    """What the CRIP reads; then sign, send back, or say that it was read after it left."""
    found = read_transmission(agent=request.user, ref=ref)
    back, review = SendBackForm(), ReviewForm()
    if request.method == "POST":
        back = SendBackForm(request.POST) if "send_back" in request.POST else back
        review = ReviewForm(request.POST) if "review" in request.POST else review
        try:
            if _done(request, found, back, review):
                return redirect("contacts:reading")
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("contacts:read", ref)
    return render(request, "helpline/contacts/read.html", _context(request, found, back, review))


def _done(
    request: DeskRequest, found: Transmission, back: SendBackForm, review: ReviewForm
) -> bool:
    """One of three deeds; False when its form is to be completed."""
    act: dict[str, Any] = {"agent": request.user, "ref": found.ref, "now": now()}
    if "sign" in request.POST:
        use_cases.sign_concern(**act, digest=request.POST.get("digest", ""))
        messages.success(request, "Elle est partie : l’accusé de réception est sur la fiche.")
    elif back.is_bound and back.is_valid():
        use_cases.send_back(**act, reason=back.cleaned_data["reason"])
        messages.success(request, "Elle est renvoyée à qui l’a écrite.")
    elif review.is_bound and review.is_valid():
        use_cases.review_concern(**act, **review.cleaned_data)
        messages.success(request, "La relecture est notée.")
    else:
        return False
    return True


def _context(
    request: DeskRequest, found: Transmission, back: SendBackForm, review: ReviewForm
) -> dict[str, Any]:
    preview = None if found.is_sent else preview_of(found, now=now())
    return {
        "found": found,
        "preview": preview,
        "parts": parts_of(found.content) if preview is None else preview.parts,
        "course": course_of(found),
        "its_author": request.user.pk in (found.author_id, found.contact.listener_id),
        "to_sign": found.reading == Reading.TO_SIGN,
        "to_review": found.reading == Reading.TO_REVIEW,
        "back": back,
        "review": review,
        "crumbs": [Crumb("Relecture", reverse("contacts:reading")), Crumb("Relire")],
    }


@require_safe
@needs(Right.COORDINATE)
def returned(request: DeskRequest) -> HttpResponse:
    """What each authority answered, and what is still waited for."""
    rows = returns(helpline_of(request.user))
    asked = request.GET.get("autorite", "")
    only = next((one.authority for one in rows if one.authority.code == asked), None)
    waiting = awaiting_answer(only.code if only else "")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="transmission.returns",
        rows=page,
        filters={"autorite": asked if only else ""},
        page=page.number,
    )
    answered, sent = sum(one.answered for one in rows), sum(one.sent for one in rows)
    context = {
        "page": page,
        "rows": rows,
        "only": only,
        "says": f"{answered} réponse{'s' if answered > 1 else ''} sur {sent} envois",
    }
    return render(request, "helpline/contacts/returns.html", context)

"""A part of a file told to somebody, what they read of it, and what they answer."""

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

from fanal.ground.access.contents import Door
from fanal.ground.access.decisions import decide
from fanal.ground.access.deeds import Deed
from fanal.ground.access.forms import AnswerForm, ReasonForm, ShareForm
from fanal.ground.access.guards import DeskRequest, needs, signed_in
from fanal.ground.access.models import DisclosureRecord
from fanal.ground.access.queries import read_case_file, read_share, visible_shares
from fanal.ground.access.terms import CLASSES, OPENED_BY, SUMMED_UP, Act, DisclosureGround, Right
from fanal.ground.access.use_cases import Written, answer_share, share_file, withdraw_share
from fanal.ground.access.views.acts import perform
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible
from fanal.ground.privacy.terms import Tag

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE_FILES)
def share(request: DeskRequest, ref: UUID) -> HttpResponse:
    file = read_case_file(agent=request.user, ref=ref)
    opened = [
        (ground.label, ", ".join(CLASSES[tag] for tag in CLASSES if tag in OPENED_BY[ground]))
        for ground in DisclosureGround
    ]
    return perform(
        request,
        deed=Deed(
            "Partager une partie du dossier",
            "Partager ces données",
            "Le partage est enregistré ; le destinataire le lit jusqu’à son terme.",
            "Le destinataire lit ce que vous choisissez, tel que c’est aujourd’hui, et rien "
            "d’autre du dossier. Vous pouvez retirer le partage à tout moment.",
        ),
        form=ShareForm(request.POST or None),
        act=lambda typed: share_file(
            agent=request.user, ref=ref, written=_written(typed), now=now()
        ),
        back=reverse("access:show", args=[ref]),
        about=file,
        context={"opened": opened},
    )


def _written(typed: dict[str, Any]) -> Written:
    return Written(
        shared_with=typed["shared_with"],
        ground=DisclosureGround(typed["ground"]),
        purpose=typed["purpose"],
        fields=frozenset(Tag(one) for one in typed["fields_shared"]),
        days=typed["days"],
        informed_parents=typed["informed_parents"],
        informed_child=typed["informed_child"],
        exemption_reason=typed["exemption_reason"],
        texts={one: typed[one.value] for one in SUMMED_UP},
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SHARE_FILES)
def withdraw(request: DeskRequest, ref: UUID) -> HttpResponse:
    shares = DisclosureRecord.objects.select_related("case_file__authority", "shared_with")
    found = shares.filter(ref=ref).first()
    if found is None or not decide(request.user, Act.SHARE, found.case_file).allowed:
        raise NotVisible
    return perform(
        request,
        deed=Deed(
            "Retirer un partage",
            "Retirer le partage",
            "Le partage est retiré.",
            f"{found.shared_with.name} ne le lira plus.",
        ),
        form=ReasonForm(request.POST or None),
        act=lambda typed: withdraw_share(
            agent=request.user, ref=ref, reason=typed["reason"], now=now()
        ),
        back=reverse("access:show", args=[found.case_file.ref]),
        about=found.case_file,
    )


@require_safe
@signed_in
def received(request: DeskRequest) -> HttpResponse:
    """What was shared with me and may still be read."""
    page = Paginator(visible_shares(request.user), PER_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="share.list", rows=page.object_list, page=page.number)
    return render(request, "ground/access/received.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def read(request: DeskRequest, ref: UUID) -> HttpResponse:
    """A page made of the granted fields alone."""
    found = read_share(agent=request.user, ref=ref)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer_share(agent=request.user, ref=ref, now=now(), **form.cleaned_data)
        returned = form.cleaned_data["returned"]
        messages.success(
            request, "Le partage est rendu." if returned else "Votre réponse est partie."
        )
        return redirect("access:received") if returned else redirect("access:read", ref)
    parts = [(CLASSES[tag], lines) for tag, lines in found.told.items()]
    trail = [Door("Partages reçus", reverse("access:received")), Door("Partage", "")]
    context = {"share": found, "parts": parts, "form": form, "crumbs": trail}
    return render(request, "ground/access/shared.html", context)

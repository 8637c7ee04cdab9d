"""Whoever listens or works with somebody refers them, then sees what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.prevent.referrals import queries, use_cases
from fanal.prevent.referrals.forms import ReferForm, WhereForm
from fanal.prevent.referrals.slots import receiving, slots_of, welcome_at
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.forms import NOWHERE
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.nearest import nearest_of
from fanal.prevent.spaces.origins import origins_of
from fanal.prevent.spaces.queries import public_services

SHOWN = 10
# « lieu » in the address: a place that anybody may know of, and nobody's name.
PLACE = "lieu"


@require_safe
@needs(Right.REFER)
def followed(request: DeskRequest) -> HttpResponse:
    rows = queries.followed()
    record_list(agent=request.user, deed="referral.list", rows=[], count=len(rows))
    return render(request, "prevent/referrals/followed.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.REFER)
def refer(request: DeskRequest) -> HttpResponse:
    """Which place, near where; then a slot, a note, and the words to give."""
    place = _chosen(request)
    crumbs = [Crumb("Orienter", reverse("referrals:followed")), Crumb("Nouvelle orientation")]
    if place is None:
        return _where(request, crumbs)
    slots, sent = slots_of(place, now=now()), request.method == "POST"
    form = ReferForm(request.POST if sent else None, slots)
    context: dict[str, Any] = {"form": form, "place": place, "crumbs": crumbs}
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            booked = use_cases.refer(
                agent=request.user,
                place=place,
                key=given["slot"],
                wanted=form.wanted,
                note=given["note"],
                agreed=given["agreed"],
                sent=given["sent"],
                now=now(),
            )
        except use_cases.TellsOfSomebody as refusal:
            form.add_error("note", refusal.message)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            context |= {"booked": booked, "host": request.get_host()}
            return render(request, "prevent/referrals/referred.html", context)
    return render(request, "prevent/referrals/refer.html", context)


def _where(request: DeskRequest, crumbs: list[Crumb]) -> HttpResponse:
    form = WhereForm(request.POST if "where" in request.POST else None)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs, "field": PLACE}
    if form.is_valid():
        origins = origins_of(form.cleaned_data["where"])
        if origins:
            offered = public_services().filter(ref__in=receiving())
            found = nearest_of(offered, origins[0], count=SHOWN, today=localdate())
            context |= {"origin": origins[0], "found": found}
        else:
            form.add_error("where", NOWHERE)
    return render(request, "prevent/referrals/where.html", context)


def _chosen(request: DeskRequest) -> PublicService | None:
    """
    Raises:
        Http404: no place that receives.
    """
    written = request.GET.get(PLACE, "")
    if not written:
        return None
    try:
        ref = UUID(written)
    except ValueError:
        raise Http404 from None
    place = read_public(ref)
    if place is None or welcome_at(ref) is None:
        raise Http404
    return place

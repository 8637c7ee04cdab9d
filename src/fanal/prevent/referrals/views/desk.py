"""The desk of a place: today, the days to come, one key for each outcome."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.referrals import queries, use_cases
from fanal.prevent.referrals.forms import ImpossibleForm
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.terms import Reason, State
from fanal.prevent.spaces.finding import find_places
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.origins import origins_of_code
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import Audience

SHOWN = 100
SAID = {
    State.SEEN: "Le numéro {} a été vu.",
    State.ABSENT: "Le numéro {} n’est pas venu.",
    State.IMPOSSIBLE: "Le numéro {} n’a pas pu être reçu : la personne le lira avec son code.",
}


@require_safe
@needs(Right.RECEIVE)
def desk(request: DeskRequest) -> HttpResponse:
    moment, places = now(), queries.my_places()
    today, days = localdate(moment), queries.Days.at(places, now=moment)
    lists = (days.unsaid()[:SHOWN], days.expected()[:SHOWN], days.to_come()[:SHOWN])
    late, of_the_day, to_come = (queries.as_shown(one, places=places, now=moment) for one in lists)
    rows = [one.booking for one in (*late, *of_the_day, *to_come)]
    record_list(agent=request.user, deed="booking.list", rows=rows)
    context: dict[str, Any] = {
        "places": places,
        "late": late,
        "of_the_day": of_the_day,
        "to_come": to_come,
        "seen": queries.seen_lately(today=today),
        "today": today,
    }
    return render(request, "prevent/referrals/desk.html", context)


@require_POST
@needs(Right.RECEIVE)
def seen(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _settle(request, ref, State.SEEN)


@require_POST
@needs(Right.RECEIVE)
def absent(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _settle(request, ref, State.ABSENT)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECEIVE)
def impossible(request: DeskRequest, ref: UUID) -> HttpResponse:
    booking = queries.read_booking(agent=request.user, ref=ref)
    form = ImpossibleForm(request.POST if request.method == "POST" else None, _others(booking))
    if request.method == "POST" and form.is_valid():
        elsewhere = form.cleaned_data["elsewhere"]
        return _settle(
            request,
            ref,
            State.IMPOSSIBLE,
            reason=Reason(form.cleaned_data["reason"]),
            elsewhere=UUID(elsewhere) if elsewhere else None,
        )
    context = {"form": form, "booking": booking}
    return render(request, "prevent/referrals/impossible.html", context)


@require_POST
@needs(Right.RECEIVE)
def take_back(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        booking = use_cases.take_back(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Le numéro {booking.number} est de nouveau attendu.")
    return redirect("referrals:desk")


def _settle(request: DeskRequest, ref: UUID, outcome: State, **said: Any) -> HttpResponse:
    try:
        booking = use_cases.settle(agent=request.user, ref=ref, outcome=outcome, now=now(), **said)
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, SAID[outcome].format(booking.number))
    return redirect("referrals:desk")


def _others(booking: Booking) -> list[PublicService]:
    """The nearest other places for minors or families, that anybody may know of."""
    key = booking.participation.service_id
    here = public_services().filter(pk=key).first()
    origins = origins_of_code(here.commune_id or here.departement_id or "") if here else []
    if not origins:
        return []
    found = find_places(origin=origins[0], audience=Audience.MINORS, now=now())
    return [one.service for one in found.places if one.service.pk != key]

"""A place says when it receives; the keepers of the directory say whose people hold its desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.ground.shell.words import count_fr
from fanal.prevent.referrals import queries, use_cases
from fanal.prevent.referrals.forms import DayForm, HoursForm, TakePartForm, WelcomeForm
from fanal.prevent.referrals.models import Opening, Participation
from fanal.prevent.referrals.slots import day_at
from fanal.prevent.spaces.keeping import read_service

STILL = (
    "Ce jour est fermé. {} : impossible de prévenir qui que ce soit, la personne ne le verra "
    "qu’en tapant son code. Gardez quelqu’un à l’accueil."
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECEIVE)
def hours(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Its slots, its closed days, its welcome."""
    form = HoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        use_cases.add_opening(agent=request.user, ref=ref, hours=form.hours, now=now())
        messages.success(request, "Le créneau est proposé.")
        return redirect("referrals:hours", ref)
    return _hours(request, ref, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECEIVE)
def welcome(request: DeskRequest, ref: UUID) -> HttpResponse:
    place = queries.read_place(agent=request.user, ref=ref)
    if request.method != "POST":
        return redirect("referrals:hours", ref)
    form = WelcomeForm(request.POST)
    if not form.is_valid():
        return _hours(request, ref, welcoming=form)
    try:
        use_cases.present(
            agent=request.user,
            ref=place.ref,
            welcome=form.cleaned_data["welcome"],
            paused=form.cleaned_data["paused"],
        )
    except use_cases.TellsOfSomebody as refusal:
        form.add_error("welcome", refusal.message)
        return _hours(request, ref, welcoming=form)
    messages.success(request, "C’est enregistré.")
    return redirect("referrals:hours", ref)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECEIVE)
def close_day(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Close a day, or open it again: the button says which."""
    queries.read_place(agent=request.user, ref=ref)
    if request.method != "POST":
        return redirect("referrals:hours", ref)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _hours(request, ref, closing=form)
    day = form.cleaned_data["day"]
    if "rouvrir" in request.POST:
        use_cases.reopen_day(agent=request.user, ref=ref, day=day)
        messages.success(request, "Ce jour est de nouveau ouvert.")
        return redirect("referrals:hours", ref)
    expected = use_cases.close_day(agent=request.user, ref=ref, day=day)
    if expected:
        who = count_fr(expected, "personne est attendue", "personnes sont attendues")
        messages.warning(request, STILL.format(who))
    else:
        messages.success(request, "Ce jour est fermé.")
    return redirect("referrals:hours", ref)


@require_POST
@needs(Right.RECEIVE)
def end(request: DeskRequest, ref: UUID) -> HttpResponse:
    opening = use_cases.end_opening(agent=request.user, ref=ref, now=now())
    messages.success(request, "Ce créneau n’est plus proposé.")
    place = next(one for one in queries.my_places() if one.pk == opening.participation_id)
    return redirect("referrals:hours", place.ref)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.KEEP_DIRECTORY)
def take_part(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Whose people hold the desk of a place, or that it receives no more."""
    service = read_service(agent=request.user, ref=ref)
    known = Participation.objects.filter(service=service).select_related("organisation").first()
    form = TakePartForm(request.POST if request.method == "POST" else None)
    field = form.fields["organisation"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
    field.queryset = queries.organisations_that_receive()
    if request.method == "POST" and "quitter" in request.POST:
        use_cases.leave(agent=request.user, ref=ref, now=now())
        messages.success(request, "Ce lieu ne prend plus de rendez-vous.")
        return redirect("referrals:take_part", ref)
    if request.method == "POST" and form.is_valid():
        try:
            use_cases.take_part(
                agent=request.user,
                ref=ref,
                organisation=form.cleaned_data["organisation"],
                now=now(),
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Ce lieu peut dire ses créneaux.")
            return redirect("referrals:take_part", ref)
    context = {
        "form": form,
        "place": service,
        "known": known,
        "receives": known is not None and (known.until is None or known.until > localdate()),
        "crumbs": [
            Crumb("Annuaire", reverse("spaces:kept")),
            Crumb(service.name, reverse("spaces:confirm", args=[ref])),
            Crumb("Rendez-vous"),
        ],
    }
    return render(request, "prevent/referrals/take_part.html", context)


def _hours(
    request: DeskRequest,
    ref: UUID,
    *,
    form: HoursForm | None = None,
    closing: DayForm | None = None,
    welcoming: WelcomeForm | None = None,
) -> HttpResponse:
    place = queries.read_place(agent=request.user, ref=ref)
    today = day_at(place.public, now())  # type: ignore[attr-defined]
    offered = Opening.objects.filter(participation=place).exclude(until__lt=today)
    said = {"welcome": place.welcome, "paused": place.paused}
    context: dict[str, Any] = {
        "place": place,
        "openings": [one for one in offered if one.day is None or one.day >= today],
        "closed": place.closed_days.filter(day__gte=today),
        "form": form or HoursForm(),
        "closing": closing or DayForm(auto_id="close_%s"),
        "welcoming": welcoming or WelcomeForm(initial=said, auto_id="welcome_%s"),
        "crumbs": [Crumb("Accueil", reverse("referrals:desk")), Crumb("Créneaux")],
    }
    return render(request, "prevent/referrals/hours.html", context)

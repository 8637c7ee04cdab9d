"""The duties of a shelter, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.protect.measures.forms.shelters import EndShelterForm, MomentForm, ReasonForm
from fanal.protect.measures.models import EmergencyShelter
from fanal.protect.measures.queries import read_shelter
from fanal.protect.measures.terms import ShelterStatus
from fanal.protect.measures.use_cases import (
    end_shelter,
    inform_parents,
    inform_prosecutor,
    leave_parents_uninformed,
)
from fanal.protect.measures.views.deeds import perform, posted
from fanal.protect.measures.views.shelters import crumbs_of, label_of


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def parents(request: DeskRequest, ref: UUID) -> HttpResponse:
    shelter = read_shelter(agent=request.user, ref=ref)
    form = _moment(request, shelter)
    return _act(
        request,
        shelter,
        Deed(
            "Informer les parents",
            "Les parents sont informés",
            "L'information des parents est enregistrée.",
            consequence="Ils savent que leur enfant est en sécurité ; le lieu ne leur est pas dit.",
        ),
        form,
        lambda _: inform_parents(agent=request.user, ref=ref, at=form.at, now=now()),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def parents_exception(request: DeskRequest, ref: UUID) -> HttpResponse:
    shelter = read_shelter(agent=request.user, ref=ref)
    return _act(
        request,
        shelter,
        Deed(
            "Ne pas informer les parents",
            "Enregistrer ce motif",
            "Le motif est enregistré.",
        ),
        ReasonForm(posted(request)),
        lambda typed: leave_parents_uninformed(
            agent=request.user, ref=ref, reason=typed["reason"], now=now()
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def prosecutor(request: DeskRequest, ref: UUID) -> HttpResponse:
    shelter = read_shelter(agent=request.user, ref=ref)
    form = _moment(request, shelter)
    courts = " et ".join(dict.fromkeys((shelter.tpe_court.name, shelter.court.name)))
    return _act(
        request,
        shelter,
        Deed(
            "Informer le procureur",
            "Le procureur est informé",
            "L'information du procureur est enregistrée.",
            consequence=f"Parquet des mineurs : {courts}.",
        ),
        form,
        lambda _: inform_prosecutor(agent=request.user, ref=ref, at=form.at, now=now()),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SHELTER)
def end(request: DeskRequest, ref: UUID) -> HttpResponse:
    shelter = read_shelter(agent=request.user, ref=ref)
    form = EndShelterForm(posted(request), authority=shelter.case_file.authority, now=now())
    return _act(
        request,
        shelter,
        Deed(
            "Terminer la mise à l'abri",
            "Enregistrer la suite",
            "La mise à l'abri est terminée.",
            consequence="Parents en état de répondre qui refusent : saisissez l'autorité "
            "judiciaire sans attendre.",
        ),
        form,
        lambda typed: end_shelter(
            agent=request.user,
            ref=ref,
            outcome=ShelterStatus(typed["outcome"]),
            at=form.at,
            agreed_on=typed["agreed_on"],
            note=typed["note"],
            now=now(),
        ),
    )


def _moment(request: DeskRequest, shelter: EmergencyShelter) -> MomentForm:
    return MomentForm(posted(request), authority=shelter.case_file.authority, now=now())


def _act(
    request: DeskRequest,
    shelter: EmergencyShelter,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    return perform(
        request,
        deed=deed,
        form=form,
        act=act,
        back=reverse("measures:shelter", args=[shelter.ref]),
        crumbs=crumbs_of(shelter, deed.title),
        context={"about": f"{label_of(shelter, now())} · {shelter.number}"},
    )

"""One screen per deed: what it changes, its form, one use case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.portal.rights.forms import (
    CorrectForm,
    IdentityForm,
    PrepareForm,
    ReasonForm,
    RequestForm,
)
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.queries import answers_for, file_of, read_request
from fanal.portal.rights.terms import Asker, Field, Kind, Way, Withheld
from fanal.portal.rights.use_cases import (
    Asked,
    answer_request,
    check_identity,
    correct_file,
    extend_delay,
    prepare_answer,
    record_request,
    refuse_request,
)


@dataclass(frozen=True, slots=True)
class Deed:
    title: str
    button: str
    done: str
    consequence: str = ""
    shows_answer: bool = False


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_RIGHTS)
def new(request: DeskRequest) -> HttpResponse:
    form = RequestForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        asked = Asked(
            kind=Kind(typed["kind"]),
            asker=Asker(typed["asker"]),
            name=typed["name"],
            contact=typed["contact"],
            way=Way(typed["way"]),
            wish=typed["wish"],
            received_on=typed["received_on"],
            file_ref=typed["file_ref"],
        )
        try:
            made = record_request(agent=request.user, asked=asked, now=now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "La demande est enregistrée : son mois court.")
            return redirect("rights:show", made.ref)
    deed = Deed(
        "Enregistrer une demande",
        "Enregistrer la demande",
        "",
        "Le délai d’un mois court du jour de la réception (RGPD art. 12, par. 3).",
    )
    return _render(request, deed, form, None)


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_RIGHTS)
def identity(request: DeskRequest, ref: UUID) -> HttpResponse:
    asked = _to_answer(request, ref)
    form = IdentityForm(request.POST or None, initial={"file_ref": asked.file_ref})
    deed = Deed(
        "Vérifier l’identité",
        "L’identité est vérifiée",
        "L’identité est vérifiée.",
        "La demande passe au service qui tient le dossier.",
    )
    return _act(
        request,
        asked,
        deed,
        form,
        lambda typed: check_identity(agent=request.user, ref=ref, now=now(), **typed),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_RIGHTS)
def extend(request: DeskRequest, ref: UUID) -> HttpResponse:
    deed = Deed(
        "Prolonger le délai",
        "Prolonger de deux mois",
        "Le délai est prolongé : prévenez la personne, avec le motif.",
        "Une fois, dans le premier mois, si la demande est complexe ou que les demandes sont "
        "nombreuses.",
    )
    return _act(
        request,
        _to_answer(request, ref),
        deed,
        ReasonForm(request.POST or None),
        lambda typed: extend_delay(agent=request.user, ref=ref, now=now(), **typed),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS)
def prepare(request: DeskRequest, ref: UUID) -> HttpResponse:
    asked = _to_prepare(request, ref)
    initial = {"given": asked.given, "withheld": asked.withheld}
    deed = Deed(
        "Préparer la réponse",
        "Transmettre la réponse préparée",
        "La réponse est préparée : le délégué l’enverra.",
        "Relisez le dossier pour la personne qui demande : ce qui la protège et protège les "
        "autres n’est pas communiqué.",
    )
    return _act(
        request,
        asked,
        deed,
        PrepareForm(request.POST or None, initial=initial),
        lambda typed: prepare_answer(
            agent=request.user,
            ref=ref,
            given=typed["given"],
            withheld=[Withheld(one) for one in typed["withheld"]],
            now=now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FOLLOW_SITUATIONS)
def correct(request: DeskRequest, ref: UUID) -> HttpResponse:
    deed = Deed(
        "Rectifier une donnée",
        "Enregistrer la rectification",
        "La donnée est rectifiée.",
        "L’ancienne version reste lisible dans la demande.",
    )
    return _act(
        request,
        _to_prepare(request, ref),
        deed,
        CorrectForm(request.POST or None),
        lambda typed: correct_file(
            agent=request.user,
            ref=ref,
            field=Field(typed["field"]),
            corrected=typed["corrected"],
            now=now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_RIGHTS)
def answer(request: DeskRequest, ref: UUID) -> HttpResponse:
    deed = Deed(
        "Envoyer la réponse",
        "Établir la lettre",
        "La lettre est établie : imprimez-la et envoyez-la.",
        "Elle dit ce qui est communiqué, et les motifs de ce qui ne l’est pas.",
        shows_answer=True,
    )
    return _act(
        request,
        _to_answer(request, ref),
        deed,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _: answer_request(agent=request.user, ref=ref, now=now()),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_RIGHTS)
def refuse(request: DeskRequest, ref: UUID) -> HttpResponse:
    deed = Deed(
        "Refuser la demande",
        "Établir la lettre de refus",
        "Le refus est établi, avec son motif et les recours.",
        "Le motif est écrit dans la lettre, avec le droit de saisir la CNIL ou le tribunal.",
    )
    return _act(
        request,
        _to_answer(request, ref),
        deed,
        ReasonForm(request.POST or None),
        lambda typed: refuse_request(agent=request.user, ref=ref, now=now(), **typed),
    )


def _to_answer(request: DeskRequest, ref: UUID) -> RightsRequest:
    asked = read_request(agent=request.user, ref=ref)
    if asked.authority not in answers_for(request.user):
        raise NotVisible
    return asked


def _to_prepare(request: DeskRequest, ref: UUID) -> RightsRequest:
    asked = read_request(agent=request.user, ref=ref)
    if file_of(asked) is None:
        raise NotVisible
    return asked


def _act(
    request: DeskRequest,
    asked: RightsRequest,
    deed: Deed,
    form: forms.Form,
    perform: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, deed.done)
            return redirect("rights:show", asked.ref)
    return _render(request, deed, form, asked)


def _render(
    request: DeskRequest, deed: Deed, form: forms.Form, asked: RightsRequest | None
) -> HttpResponse:
    back = reverse("rights:show", args=[asked.ref]) if asked else reverse("rights:list")
    name = "Demande" if asked else "Droits des personnes"
    context = {
        "deed": deed,
        "form": form,
        "asked": asked,
        "back": back,
        "crumbs": [Crumb(name, back), Crumb(deed.title)],
    }
    return render(request, "portal/rights/deed.html", context)

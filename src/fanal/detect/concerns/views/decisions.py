"""After the evaluation: decide, sign, notify, close; or hand to another authority."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.detect.concerns.forms.communes import offer, posted
from fanal.detect.concerns.forms.crip import (
    DecideForm,
    OtherMinorForm,
    ReasonForm,
    SignForm,
    TransferForm,
)
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import read_concern
from fanal.detect.concerns.terms import DecisionOutcome, Status
from fanal.detect.concerns.use_cases import (
    close_concern,
    decide_concern,
    notify_decision,
    open_for_other_minor,
    send_back_decision,
    sign_decision,
    transfer_concern,
)
from fanal.detect.concerns.views.beside import concern_context, may_sign
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.use_cases import undo_merge
from fanal.ground.territory.queries import OutsideScope, UnknownCommune
from fanal.ground.territory.typed import AmbiguousCommune, commune_typed

NO_LONGER = "Cet acte n'est pas à faire : voici où en est l'information."


def _act(
    request: DeskRequest,
    ref: UUID,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    ready: Callable[[Concern], bool],
    template: str,
    title: str,
    done: str,
) -> HttpResponse:
    """One form, one use case: done and back to the concern, or said why not."""
    concern = read_concern(agent=request.user, ref=ref)
    if request.method == "GET" and not ready(concern):
        messages.info(request, NO_LONGER)
        return redirect("concerns:show", ref)
    context = concern_context(request.user, concern, title)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except NotVisible:
            raise
        except AmbiguousCommune as several:
            form.add_error("commune", several.message)
            offer(form, several.candidates)
        except (UnknownCommune, OutsideScope) as unknown:
            form.add_error("commune", unknown.message)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("concerns:show", ref)
    return render(request, f"detect/concerns/crip/{template}.html", context | {"form": form})


def _confirmed(request: DeskRequest) -> forms.Form:
    """Nothing to fill in: the button alone says yes."""
    return forms.Form(request.POST if request.method == "POST" else None)


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def decide(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=DecideForm(request.POST or None),
        act=lambda chosen: decide_concern(
            agent=request.user,
            ref=ref,
            outcome=DecisionOutcome(chosen["outcome"]),
            reason=chosen["reason"],
            parents_agree=chosen["parents_agree"],
            now=now(),
        ),
        ready=lambda concern: concern.status == Status.EVALUATED and not concern.proposed,
        template="decide",
        title="Décider de la suite",
        done="La décision est enregistrée.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SIGN_DECISIONS)
def sign(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=SignForm(request.POST if request.method == "POST" else None),
        act=lambda read: sign_decision(
            agent=request.user, ref=ref, now=now(), proposed_at=read["proposed_at"]
        ),
        ready=lambda concern: may_sign(request.user, concern),
        template="sign",
        title="Signer",
        done="Vous avez signé la décision.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SIGN_DECISIONS)
def send_back(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=ReasonForm(request.POST or None),
        act=lambda chosen: send_back_decision(
            agent=request.user, ref=ref, reason=chosen["reason"], now=now()
        ),
        ready=lambda concern: may_sign(request.user, concern),
        template="send_back",
        title="Renvoyer",
        done="La proposition est renvoyée à son auteur.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def notify(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=_confirmed(request),
        act=lambda _: notify_decision(agent=request.user, ref=ref, now=now()),
        ready=lambda concern: concern.status == Status.DECIDED,
        template="notify",
        title="Notifier",
        done="La notification est enregistrée.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def close(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=_confirmed(request),
        act=lambda _: close_concern(agent=request.user, ref=ref, now=now()),
        ready=lambda concern: concern.status == Status.NOTIFIED,
        template="close",
        title="Clore",
        done="L'information préoccupante est clôturée.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def transfer(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _act(
        request,
        ref,
        form=TransferForm(posted(request) or None),
        act=lambda chosen: transfer_concern(
            agent=request.user,
            ref=ref,
            commune=commune_typed(chosen["commune"]),
            reason=chosen["reason"],
            now=now(),
        ),
        ready=lambda concern: concern.is_open,
        template="transfer",
        title="Transmettre à une autre autorité",
        done="L'information est transmise à l'autorité compétente.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.QUALIFY_CONCERNS)
def other_minor(request: DeskRequest, ref: UUID, other: UUID) -> HttpResponse:
    """A concern of their own for another minor of the home; the screen then shows it."""
    concern = read_concern(agent=request.user, ref=ref)
    found = concern.other_minors.filter(ref=other).first()
    if found is None:
        raise NotVisible
    form = OtherMinorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = open_for_other_minor(
                agent=request.user,
                ref=ref,
                other_minor=other,
                facts=form.cleaned_data["facts"],
                now=now(),
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Une information est ouverte pour ce mineur.")
            return redirect("concerns:show", opened.ref)
    context = concern_context(request.user, concern, "Autre mineur du foyer")
    context |= {"form": form, "other": found}
    return render(request, "detect/concerns/crip/other_minor.html", context)


@require_POST
@needs(Right.MERGE_MINORS)
def separate(request: DeskRequest, ref: UUID) -> HttpResponse:
    merge = undo_merge(agent=request.user, ref=ref, now=now())
    messages.success(request, "Les deux dossiers sont de nouveau séparés.")
    concern = merge.absorbed.concerns.order_by("-received_at").first()
    return redirect("concerns:show", concern.ref) if concern else redirect("concerns:list")

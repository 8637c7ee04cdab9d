"""What the contact point does with one alert, each by its own address."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.detect.watch import queries, use_cases
from fanal.detect.watch.forms import AskForm, CloseForm, QualifyForm
from fanal.detect.watch.terms import Decision, Result
from fanal.detect.watch.views.desk import shown
from fanal.ground.access.decisions import postings_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.errors import NotVisible, Refusal


@require_POST
@needs(Right.ANSWER_ALERTS)
def take(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _done(
        request,
        ref,
        lambda: use_cases.take_alert(agent=request.user, ref=ref, now=now()),
        "L’alerte est à vous. La personne qui a écrit lira « prise en charge ».",
    )


@require_POST
@needs(Right.ANSWER_ALERTS)
def undo(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _done(
        request,
        ref,
        lambda: use_cases.undo_last(agent=request.user, ref=ref, now=now()),
        "La dernière décision est annulée ; elle reste écrite dans les étapes.",
    )


def _done(request: DeskRequest, ref: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("watch:show", ref)


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_ALERTS)
def qualify(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _filled(
        request,
        ref,
        "qualifying",
        QualifyForm,
        lambda given: use_cases.qualify_alert(
            agent=request.user,
            ref=ref,
            decision=Decision(given["decision"]),
            note=given["note"],
            duplicate_of=given["duplicate_of"],
            now=now(),
        ),
        "La décision est enregistrée.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_ALERTS)
def ask(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _filled(
        request,
        ref,
        "asking",
        AskForm,
        lambda given: use_cases.ask_more(
            agent=request.user, ref=ref, text=given["text"], now=now()
        ),
        "Le message attend la personne qui a écrit : elle le lira avec ses cinq mots.",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_ALERTS)
def close(request: DeskRequest, ref: UUID) -> HttpResponse:
    return _filled(
        request,
        ref,
        "closing",
        CloseForm,
        lambda given: use_cases.close_alert(
            agent=request.user,
            ref=ref,
            result=Result(given["result"]),
            note=given["note"],
            now=now(),
        ),
        "L’alerte est close.",
    )


def _filled(
    request: DeskRequest,
    ref: UUID,
    name: str,
    kind: type[forms.Form],
    act: Callable[[dict[str, str]], object],
    said: str,
) -> HttpResponse:
    """A form of the alert's page: refused, it comes back there with what was typed."""
    if request.method == "GET":
        queries.read_alert(agent=request.user, ref=ref)
        return redirect("watch:show", ref)
    form = kind(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return shown(request, ref, **{name: form})
    try:
        act(form.cleaned_data)
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return shown(request, ref, **{name: form})
    messages.success(request, said)
    return redirect("watch:show", ref)


@require_POST
@needs(Right.ANSWER_ALERTS)
def concern(request: DeskRequest, ref: UUID) -> HttpResponse:
    """A draft begins with what the alert says, and goes on in the five steps of any concern."""
    author = {
        "author_kind": "police",
        "author_name": request.user.name,
        "author_function": request.user.function,
        "author_contact": request.user.email,
    }
    try:
        draft = use_cases.begin_concern(
            agent=request.user,
            organisation=_service(request),
            ref=ref,
            author=author,
            now=now(),
        )
    except NotVisible:
        raise
    except use_cases.AlreadyClosed as refusal:
        messages.error(request, refusal.message)
        return redirect("watch:show", ref)
    return redirect("concerns:write", draft.ref, "danger")


def _service(request: DeskRequest) -> Organisation:
    for posting in postings_of(request.user):
        if posting.role == Role.CONTACT_POINT:
            return posting.organisation
    raise PermissionDenied

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.decisions import holds, roles_of
from fanal.ground.access.guards import DeskRequest, signed_in
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record_list
from fanal.ground.deadlines.models import Clock
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.menu import address
from fanal.portal.desks import queries
from fanal.portal.desks.forms import SaveFilterForm
from fanal.portal.desks.terms import SECTIONS
from fanal.portal.desks.use_cases import forget_filter, save_filter


@dataclass(frozen=True, slots=True)
class Section:
    """A template, and what it alone reads, as ``desk``: two roles may use the same words."""

    template: str
    read: dict[str, Any]


@require_safe
@signed_in
def home(request: DeskRequest) -> HttpResponse:
    """What needs me today, a section for each of my roles."""
    held, moment = roles_of(request.user), now()
    sections = [_read(name, request.user, moment) for role, name in SECTIONS if role in held]
    return render(request, "portal/desks/home.html", {"now": moment, "sections": sections})


def _read(name: str, agent: Agent, moment: datetime) -> Section:
    read: Callable[..., dict[str, Any]] = getattr(queries, name)
    return Section(f"portal/desks/sections/{name}.html", read(agent, now=moment))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def search(request: DeskRequest) -> HttpResponse:
    """
    By name or receipt, among what the agent already sees; the search leaves a trace.

    A name is posted: no address, hence no log nor history, ever holds it.
    """
    # No name nor number holds a control character, and PostgreSQL takes no NUL.
    text = "".join(filter(str.isprintable, request.POST.get("q", ""))).strip()[:100]
    context: dict[str, object] = {"q": text}
    if text:
        reads_concerns = holds(request.user, Right.READ_CONCERNS)
        context |= {
            "minors": queries.found_minors(text),
            "concerns": queries.found_concerns(text, now=now()) if reads_concerns else [],
            "reads_concerns": reads_concerns,
            "follows": holds(request.user, Right.FOLLOW_SITUATIONS),
        }
        found = [*context["minors"], *context["concerns"]]  # type: ignore[misc]
        record_list(agent=request.user, deed="search", rows=found)
    return render(request, "portal/desks/search.html", context)


@require_safe
@signed_in
def clock(request: DeskRequest, ref: UUID) -> HttpResponse:
    """From an alarm to the screen of what it is about."""
    found = Clock.objects.filter(ref=ref).first()
    address = queries.address_of(found) if found is not None else None
    if address is None:
        raise NotVisible
    return redirect(address)


@require_http_methods(["GET", "POST"])
@signed_in
def keep_filter(request: DeskRequest) -> HttpResponse:
    """Give a name to the filters of a list."""
    form = SaveFilterForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        try:
            saved = save_filter(agent=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le filtre est enregistré.")
            return redirect(f"{reverse(saved.screen)}?{saved.query}")
    back = address(str(form["screen"].value() or "")) or reverse("desks:home")
    return render(request, "portal/desks/save_filter.html", {"form": form, "back": back})


@require_POST
@signed_in
def drop_filter(request: DeskRequest, ref: UUID) -> HttpResponse:
    forget_filter(agent=request.user, ref=ref)
    messages.success(request, "Le filtre est effacé.")
    return redirect("desks:home")

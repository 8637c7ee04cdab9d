"""The accounts of one's own organisations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import proved_to_send, recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.agents.factors import has_factor
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.sessions import open_sessions
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.exports import Column, export_csv
from fanal.ground.shell.pieces import Crumb
from fanal.portal.accounts.forms import (
    AgentsForm,
    InviteForm,
    ReasonForm,
    RoleForm,
    WithdrawForm,
)
from fanal.portal.accounts.links import hand_over_link
from fanal.portal.accounts.queries import (
    PARIS,
    administered_by,
    agents_administered_by,
    narrowed,
    organisations_shared,
    postings_here,
    read_agent,
    requests_to_answer,
    state_of,
)
from fanal.portal.accounts.use_cases import accounts as deeds
from fanal.portal.accounts.use_cases.asking import ask_to_reenrol
from fanal.portal.accounts.use_cases.roles import withdraw_role

PER_PAGE = 25


@require_safe
@needs(Right.MANAGE_AGENTS)
def listed(request: DeskRequest) -> HttpResponse:
    form = AgentsForm(request.GET)
    asked: dict[str, str] = form.cleaned_data if form.is_valid() else {}
    found = narrowed(agents_administered_by(request.user, now=now()), asked, now=now())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(request, list(page)),
        "form": form,
        "active": any(asked.values()),
        "waiting": requests_to_answer(request.user, now=now()).count(),
    }
    return render(request, "portal/accounts/agents.html", context)


def _rows(request: DeskRequest, people: list[Agent]) -> list[dict[str, Any]]:
    """Roles held here: what somebody does elsewhere is not this administrator's affair."""
    ours = administered_by(request.user, now=now())
    here = Posting.objects.filter(organisation__in=ours, agent__in=people)
    held: dict[int, list[str]] = {}
    for posting in here.current(on=localdate(timezone=PARIS)).order_by("role"):
        held.setdefault(posting.agent_id, []).append(posting.get_role_display())
    return [
        {"agent": one, "roles": held.get(one.pk, []), "state": state_of(one, now=now())}
        for one in people
    ]


EXPORT = (
    Column("Nom", "agents.Agent.name"),
    Column("Fonction", "agents.Agent.function"),
    Column("Adresse", "agents.Agent.email"),
    Column("Rôles", "agents.Posting.role"),
    Column("État", "agents.Agent.is_active"),
)


@require_safe
@needs(Right.MANAGE_AGENTS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    form = AgentsForm(request.GET)
    asked: dict[str, str] = form.cleaned_data if form.is_valid() else {}
    found = narrowed(agents_administered_by(request.user, now=now()), asked, now=now())
    rows = _rows(request, list(found))
    response = export_csv(
        filename="agents.csv",
        right=Right.MANAGE_AGENTS,
        columns=EXPORT,
        rows=[_cells(row) for row in rows],
        on=localdate(),
    )
    detail = {"count": len(rows)}
    record(agent=request.user, deed="agent.export", outcome=Outcome.READ, detail=detail)
    return response


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    one = row["agent"]
    return (one.name, one.function, one.email, ", ".join(row["roles"]), row["state"].label)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_AGENTS)
@recently_proved
def invite(request: DeskRequest) -> HttpResponse:
    ours = administered_by(request.user, now=now())
    form = InviteForm(request.POST or None, organisations=ours)
    if form.is_valid():
        asked = dict(form.cleaned_data)
        roles = [Role(role) for role in asked.pop("roles")]
        try:
            invited, token = deeds.invite_agent(agent=request.user, roles=roles, now=now(), **asked)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            hand_over_link(request, invited, token)
            return redirect("accounts:agent", invited.ref)
    context = {"form": form, "crumbs": [Crumb("Agents", "../"), Crumb("Inviter")]}
    return render(request, "portal/accounts/invite.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_AGENTS)
@proved_to_send
def agent(request: DeskRequest, ref: UUID) -> HttpResponse:
    """An account, its roles here, and the form that gives it one more."""
    other = read_agent(agent=request.user, ref=ref, now=now())
    shared = organisations_shared(request.user, other, now=now())
    form = RoleForm(request.POST or None, organisations=shared)
    if form.is_valid():
        asked = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            given = deeds.give_role(agent=request.user, ref=ref, now=now(), **asked)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            said = "Le rôle est donné." if given else "Un second administrateur doit confirmer."
            messages.success(request, said)
            return redirect("accounts:agent", ref)
    context = {
        "other": other,
        "form": form,
        "state": state_of(other, now=now()),
        "postings": other.postings.filter(organisation__in=shared).order_by("-since", "pk"),
        "sessions": open_sessions(other, now=now()).count(),
        "has_factor": has_factor(other),
        "own": other == request.user,
        "crumbs": [Crumb("Agents", "../"), Crumb(other.name)],
    }
    return render(request, "portal/accounts/agent.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_AGENTS)
@recently_proved
def reenrol(request: DeskRequest, ref: UUID) -> HttpResponse:
    other = read_agent(agent=request.user, ref=ref, now=now())
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            ask_to_reenrol(agent=request.user, ref=ref, reason=reason, now=now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "La demande attend qu’une autre personne la confirme.")
            return redirect("accounts:agent", ref)
    context = {
        "other": other,
        "form": form,
        "crumbs": [Crumb(other.name, "../"), Crumb("Réinscrire")],
    }
    return render(request, "portal/accounts/reenrol.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_AGENTS)
@recently_proved
def withdraw(request: DeskRequest, ref: UUID) -> HttpResponse:
    """Take a role back: its reason, and what follows at once."""
    other = read_agent(agent=request.user, ref=ref, now=now())
    held = postings_here(request.user, other, now=now())
    form = WithdrawForm(request.POST or None, postings=held)
    if form.is_valid():
        asked = {
            "posting_id": form.cleaned_data["posting"].pk,
            "reason": form.cleaned_data["reason"],
        }
        try:
            done = withdraw_role(agent=request.user, ref=ref, now=now(), **asked)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            said = "Le rôle est retiré, ses sessions sont fermées."
            messages.success(request, said if done else "Une autre personne doit confirmer.")
            return redirect("accounts:agent", ref)
    context = {
        "other": other,
        "form": form,
        "held": held,
        "crumbs": [Crumb(other.name, "../"), Crumb("Retirer un rôle")],
    }
    return render(request, "portal/accounts/withdraw.html", context)


Deed = Callable[..., object]


def _deed(act: Deed, said: str) -> Callable[[DeskRequest, UUID], HttpResponse]:
    """One button of the account's screen: a deed, and what is said when it is done."""

    @require_POST
    @needs(Right.MANAGE_AGENTS)
    @recently_proved
    def press(request: DeskRequest, ref: UUID) -> HttpResponse:
        try:
            act(agent=request.user, ref=ref, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, said)
        return redirect("accounts:agent", ref)

    # Refusals are traced by the name of what was refused.
    press.__name__ = act.__name__
    return press


suspend = _deed(deeds.suspend_agent, "Le compte est suspendu et ses sessions sont fermées.")
resume = _deed(deeds.resume_agent, "Le compte est rouvert.")
close_sessions = _deed(deeds.close_sessions_of, "Toutes ses sessions sont fermées.")


@require_POST
@needs(Right.MANAGE_AGENTS)
@recently_proved
def send_again(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        invited, token = deeds.send_link_again(agent=request.user, ref=ref, now=now())
    except deeds.OwnAccount as refusal:
        messages.error(request, refusal.message)
    else:
        hand_over_link(request, invited, token)
    return redirect("accounts:agent", ref)

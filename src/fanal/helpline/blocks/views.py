"""Blocks: what holds, why, by whom, until when; set one, confirm it, lift it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks import queries, use_cases
from fanal.helpline.blocks.forms import BlockForm
from fanal.helpline.blocks.models import Block
from fanal.helpline.blocks.terms import Handle

A_PAGE = 50


@require_safe
@needs(Right.LISTEN)
def show_list(request: DeskRequest) -> HttpResponse:
    moment = now()
    page = Paginator(queries.blocks(), A_PAGE).get_page(request.GET.get("page"))
    record_list(agent=request.user, deed="block.list", rows=page, page=page.number)
    coordinated = queries.coordinated_by(request.user, now=moment)
    lines = [_line(block, request.user, coordinated, moment) for block in page]
    return render(request, "helpline/blocks/list.html", {"page": page, "lines": lines})


def _line(block: Block, agent: Agent, coordinated: set[int], moment: datetime) -> dict[str, Any]:
    is_own, holds = block.set_by_id == agent.pk, block.holds(moment)
    coordinates = holds and block.organisation_id in coordinated
    return {
        "block": block,
        "holds": holds,
        "may_confirm": coordinates and not is_own and block.confirmed_at is None,
        "may_lift": holds and (coordinates or is_own),
    }


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def begin(request: DeskRequest) -> HttpResponse:
    """Of what another screen names, or of a telephone number."""
    named = request.GET.get("de", "")
    handle, digest = queries.read_named(named) if named else (Handle.NUMBER, "")
    form = BlockForm(request.POST if request.method == "POST" else None, handle=handle)
    if form.is_valid():
        try:
            use_cases.set_block(
                agent=request.user,
                handle=handle,
                digest=digest or form.cleaned_data["number"],
                reason=form.cleaned_data["reason"],
                length=form.lasts,
                now=now(),
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, "Le blocage tient dès maintenant ; un coordinateur le confirme ou le lève."
            )
            return redirect("blocks:list")
    return render(request, "helpline/blocks/begin.html", {"form": form, "handle": handle})


@require_POST
@needs(Right.COORDINATE)
def confirm(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        use_cases.confirm_block(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("blocks:list")


@require_POST
@needs(Right.LISTEN)
def lift(request: DeskRequest, ref: UUID) -> HttpResponse:
    try:
        use_cases.lift_block(agent=request.user, ref=ref, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("blocks:list")

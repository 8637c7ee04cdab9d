"""One's own week, one's presence, and « c’était difficile » in one gesture."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.shifts import queries, use_cases
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import WEEK, Channel
from fanal.helpline.shifts.weeks import HERE, day_said, days_of, monday_written, written

ANYWHERE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DEEDS = {"on": use_cases.begin, "pause": use_cases.pause, "off": use_cases.leave}
SAID = {
    "on": "Vous êtes en poste.",
    "pause": "Vous êtes en pause.",
    "off": "Vous n’êtes plus en poste. Bonne soirée.",
}


@require_safe
@needs(Right.LISTEN)
def mine(request: DeskRequest) -> HttpResponse:
    queries.helpline_of(request.user)
    monday = monday_written(request.GET.get("semaine", ""), now=now())
    shifts = queries.my_shifts(request.user, monday)
    context = _presence(request) | {
        "said": f"du {day_said(monday)} au {day_said(days_of(monday)[-1])}",
        "rows": [
            (
                day,
                [
                    one
                    for one in shifts
                    if max(one.starts_at.astimezone(HERE).date(), monday) == day
                ],
            )
            for day in days_of(monday)
        ],
        "before": f"?semaine={written(monday - WEEK)}",
        "after": f"?semaine={written(monday + WEEK)}",
        "rules": rules(),
    }
    return render(request, "helpline/shifts/mine.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.LISTEN)
def presence(request: DeskRequest) -> HttpResponse:
    """The bar that other desks show, and its three gestures."""
    if request.method == "GET":
        return render(request, "helpline/shifts/presence.html", _presence(request))
    deed = request.POST.get("state", "")
    try:
        if deed in DEEDS:
            DEEDS[deed](agent=request.user, now=now())
            messages.success(request, SAID[deed])
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return back(request)


@require_POST
@needs(Right.LISTEN)
def hard(request: DeskRequest) -> HttpResponse:
    given = request.POST.get("channel", "")
    channel = Channel(given) if given in Channel.values else Channel.CHAT
    try:
        use_cases.note_hard(
            agent=request.user,
            channel=channel,
            contact=_contact(request.POST.get("contact", "")),
            now=now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, "C’est noté, pour vous et votre coordinateur seulement. Soufflez."
        )
    return back(request)


def back(request: DeskRequest) -> HttpResponse:
    """To the desk from which one came."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()})
    return redirect(asked if ours else reverse("shifts:mine"))


def _presence(request: DeskRequest) -> dict[str, Any]:
    moment = now()
    asked = request.GET.get("next", "")
    at = asked if asked.startswith("/ecoute/") else request.path
    return {
        "standing": queries.my_standing(request.user, now=moment),
        "due": queries.due_for(request.user, now=moment),
        "debrief": queries.my_debrief(request.user),
        "next": at,
        # The conversation or the call that is on the desk: said twice of it, it weighs once.
        "contact": _contact(request.GET.get("contact", "")) or _contact(at),
        "channel": Channel.CALL if at.startswith("/ecoute/telephone/") else Channel.CHAT,
    }


def _contact(written: str) -> UUID | None:
    found = ANYWHERE.search(written)
    return UUID(found[0]) if found else None

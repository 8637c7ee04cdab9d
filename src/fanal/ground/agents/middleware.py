"""Who has signed in shows a second factor before any screen, and is seen at work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fanal.ground.agents.factors import has_factor, is_proved, is_required
from fanal.ground.agents.models import Agent
from fanal.ground.agents.sessions import note_visit


class SecondFactor:
    """
    Stands before whatever guards a screen: no view decides for itself.

    A view marked ``before_second_factor`` serves to put one in place; one marked
    ``open_to_public`` knows nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "open_to_public", False) or not isinstance(request.user, Agent):
            return None
        note_visit(request.session)
        if not is_required() or is_proved(request, request.user):
            return None
        if has_factor(request.user):
            # A session that came in by another door than ours.
            with transaction.atomic():
                logout(request)
            return redirect("agents:login")
        if getattr(view, "before_second_factor", False):
            return None
        return redirect("accounts:security")

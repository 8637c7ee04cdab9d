"""Closed by default: nobody passes unnamed, and the database is told who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from psycopg.errors import InsufficientPrivilege

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import postings_of
from fanal.ground.access.refusing import record_refusal, record_what_was_refused
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible, noting_refusals
from fanal.ground.privacy.sealing.keys import KeysAbsent, KeysLocked

# Views that other packages bring, and that guard themselves or serve no data.
OPEN_MODULES = ("django.views.static", "whitenoise", "ninja.")


def is_open(view: Callable[..., Any]) -> bool:
    bare = getattr(view, "func", view)
    return getattr(view, "open_to_public", False) or bare.__module__.startswith(OPEN_MODULES)


def _zone(agent: Agent) -> ZoneInfo:
    """Days and hours are said as they are where the agent works."""
    for posting in postings_of(agent):
        if posting.organisation.authority:
            return ZoneInfo(posting.organisation.authority.timezone)
    return ZoneInfo(settings.TIME_ZONE)


class WhoAsks:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with noting_refusals() as noted:
            response = self.get_response(request)
        record_what_was_refused(request, response, noted)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_open(view):
            return None
        if not isinstance(request.user, Agent):
            return redirect_to_login(request.get_full_path())
        try:
            with timezone.override(_zone(request.user)), acting_as(request.user):
                response: HttpResponse = view(request, *args, **kwargs)
        except NotVisible as refusal:
            record_refusal(request, view)
            raise Http404 from refusal
        except PermissionDenied:
            record_refusal(request, view)
            raise
        except (KeysLocked, KeysAbsent) as refusal:
            response = render(
                request, "errors/locked.html", {"reason": refusal.message}, status=503
            )
        except ProgrammingError as error:
            # The second wall stopped what the first let through: a refusal like another.
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            record_refusal(request, view)
            raise PermissionDenied from error
        add_never_cache_headers(response)
        return response

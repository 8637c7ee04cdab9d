"""Before what cannot be taken back, the agent proves again who they are."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fanal.ground.access.guards import DeskRequest, View
from fanal.ground.agents.sessions import proved_recently

PROVE = "accounts:prove"
READS = ("GET", "HEAD")


def recently_proved(view: View) -> View:
    """
    A screen for who signed in, or proved again who they are, in the last five minutes.

    Stands under ``@needs``: who has no right learns nothing. What was being sent is not kept;
    the agent comes back to the page with the form.
    """

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not proved_recently(request.session):
            return redirect(f"{reverse(PROVE)}?{urlencode({'next': _way_back(request)})}")
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return guarded  # type: ignore[return-value]


def proved_to_send(view: View) -> View:
    """The same for a screen that anybody with the right may read, and not send so easily."""
    sent = recently_proved(view)

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = view if request.method in READS else sent
        response: HttpResponse = act(request, *args, **kwargs)
        return response

    return guarded  # type: ignore[return-value]


def _way_back(request: DeskRequest) -> str:
    if request.method in READS:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc == request.get_host():
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.path

"""The secret by which a browser reads again the drafts that it wrote while the keys were closed."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from fanal.ground.access.guards import DeskRequest
from fanal.ground.privacy.sealing.authors import SECRET_BYTES, holding
from fanal.ground.privacy.sealing.chosen import keys_are_open

COOKIE = "brouillons"


def with_own_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The secret is drawn when something is typed while the keys are closed, and not before."""

    @wraps(view)
    def holding_it(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        secret = _kept(request)
        drawn = secret is None and request.method == "POST" and not keys_are_open()
        if drawn:
            secret = secrets.token_bytes(SECRET_BYTES)
        with holding(secret):
            response = view(request, *args, **kwargs)
        if drawn and secret is not None:
            _give(response, secret)
        return response

    return holding_it


def _kept(request: DeskRequest) -> bytes | None:
    try:
        secret = urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
    except (Error, ValueError):
        return None
    return secret if len(secret) == SECRET_BYTES else None


def _give(response: HttpResponse, secret: bytes) -> None:
    """No longer than a session may last; sent to no other page."""
    response.set_cookie(
        COOKIE,
        urlsafe_b64encode(secret).decode(),
        max_age=settings.FANAL_SESSION_LONGEST,
        path=reverse("concerns:start"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

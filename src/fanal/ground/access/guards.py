"""Marks that a screen carries: open to the public, or the right that it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent

View = TypeVar("View", bound=Callable[..., Any])


class DeskRequest(HttpRequest):
    """A request behind the closed door: somebody has signed in."""

    user: Agent


def public(view: View) -> View:
    """Open a screen to people who have not signed in."""
    view.open_to_public = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A screen of every agent, whatever the role."""
    view.right = None  # type: ignore[attr-defined]
    return view


def needs(*rights: Right) -> Callable[[View], View]:
    """Close a screen to those who hold none of the rights."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(holds(request.user, right) for right in rights):
                raise PermissionDenied
            response: HttpResponse = view(request, *args, **kwargs)
            return response

        guarded.rights = rights  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard

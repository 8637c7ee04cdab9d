"""The trace of a refusal: in a transaction of its own, before the answer leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.floods import record_refusal_of_nobody
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record

REFUSALS = (400, 401, 403, 404, 409, 413, 422, 429)
# The answer to these is a 404, and it has its trace where it is raised.
TRACED_WHERE_RAISED = {"NotVisible"}


def record_refusal(
    request: HttpRequest, view: Callable[..., Any] | None = None, **facts: Any
) -> None:
    """The act was rolled back; that it was refused is kept."""
    agent = request.user if isinstance(request.user, Agent) else None
    caller = getattr(request, "auth", None)
    organisation = caller if isinstance(caller, Organisation) else None
    deed, detail = _deed(request, view), {"method": request.method, **facts}
    with acting_as(agent, organisation=organisation):
        if agent is None and organisation is None:
            record_refusal_of_nobody(deed=deed, detail=detail)
        else:
            record(
                agent=agent,
                organisation=organisation,
                deed=deed,
                outcome=Outcome.REFUSED,
                detail=detail,
            )
    request.refusal_is_traced = True  # type: ignore[attr-defined]


def record_what_was_refused(request: HttpRequest, response: HttpResponse, noted: list[str]) -> None:
    """
    What no view raised: a form's refusal, a token, a CSRF check, an answer of the API.

    An address that nobody serves, asked by somebody unknown, is noise and leaves nothing.
    """
    if getattr(request, "refusal_is_traced", False):
        return
    named = [one for one in dict.fromkeys(noted) if one not in TRACED_WHERE_RAISED]
    if named:
        record_refusal(request, refusal=named[0], status=response.status_code)
    elif response.status_code in REFUSALS and request.resolver_match is not None:
        record_refusal(request, status=response.status_code)


def _deed(request: HttpRequest, called: Callable[..., Any] | None) -> str:
    match = request.resolver_match
    found = called or (match.func if match else None)
    if found is None:
        return "request"
    view = getattr(found, "func", found)
    if view.__module__.startswith("fanal."):
        return f"{view.__module__.removeprefix('fanal.')}.{view.__name__}"[:80]
    return ((match.view_name if match else "") or "request")[:80]

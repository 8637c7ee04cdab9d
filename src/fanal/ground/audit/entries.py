"""Who comes in, who leaves, and who was not let in: told by Django and by the login's library."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from fanal.ground.agents.models import Agent
from fanal.ground.audit.floods import record_refusal_of_nobody
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record


def _through_a_door(request: HttpRequest | None) -> bool:
    """Somebody came from an address; a program that makes itself a session did not."""
    return request is not None and "REMOTE_ADDR" in request.META


@receiver(user_logged_in, dispatch_uid="trace_login")
def came_in(user: object, request: HttpRequest | None = None, **_: Any) -> None:
    if isinstance(user, Agent) and _through_a_door(request):
        record(agent=user, deed="session.open")


@receiver(user_logged_out, dispatch_uid="trace_logout")
def left(user: object, request: HttpRequest | None = None, **_: Any) -> None:
    if isinstance(user, Agent) and _through_a_door(request):
        record(agent=user, deed="session.close")


@receiver(user_login_failed, dispatch_uid="trace_failed_login")
def was_not_let_in(credentials: dict[str, Any], **_: Any) -> None:
    """What was typed is not kept: only whose account it was, if it is anybody's."""
    typed = credentials.get("username") or credentials.get("email") or ""
    known = Agent.objects.filter(email__iexact=str(typed)).first() if typed else None
    if known is None:
        record_refusal_of_nobody(deed="session.open", detail={})
    else:
        record(agent=known, deed="session.open", outcome=Outcome.REFUSED)

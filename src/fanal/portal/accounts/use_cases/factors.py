"""What agents do with their own factors and sessions; each deed is traced."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.safestring import mark_safe

from fanal.ground.access.guards import DeskRequest
from fanal.ground.agents import factors
from fanal.ground.agents.models import Agent, AgentSession
from fanal.ground.agents.sessions import close_sessions
from fanal.ground.agents.throttle import CODE, take
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal


class LastFactor(Refusal):
    message = "C’est votre seul facteur : ajoutez-en un autre avant de retirer celui-ci."


class KeyRefused(Refusal):
    message = "Cette clé n’a pas pu être ajoutée. Recommencez."


def drawing_of(request: DeskRequest) -> dict[str, str]:
    """The secret to share with the application, as text and as a drawing for its camera."""
    secret = totp.get_totp_secret(regenerate=request.method == "GET")
    address = get_adapter().build_totp_url(request.user, secret)
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    drawing = mark_safe(get_adapter().build_totp_svg(address))  # noqa: S308  (drawn here)
    return {"secret": " ".join(groups), "address": address, "drawing": drawing}


@transaction.atomic
def add_application(request: DeskRequest, *, code: str, now: datetime) -> None:
    """
    Raises:
        WrongCode: the application shows something else.
        TriedTooMuch.
    """
    place = take(CODE, str(request.user.ref), now=now)
    secret = totp.get_totp_secret()
    step = factors.step_of(secret, code)
    if step is None:
        raise factors.WrongCode
    place.give_back()
    factors.spend(totp.TOTP.activate(request.user, secret).instance, step)
    totp.clear_totp_secret(request)
    _added(request, kind="totp")


def options_for_key(agent: Agent) -> dict[str, object]:
    """What the browser asks the key to make."""
    return dict(webauthn.begin_registration(agent, passwordless=False))


@transaction.atomic
def add_key(request: DeskRequest, *, name: str, credential: Any) -> None:
    """
    Raises:
        KeyRefused: it answered for another site, or another moment.
    """
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise KeyRefused from None
    webauthn.WebAuthn.add(request.user, name or "Clé de sécurité", credential)
    _added(request, kind="webauthn")


def _added(request: DeskRequest, *, kind: str) -> None:
    RecoveryCodes.activate(request.user)
    factors.note_enrolled(request, request.user, kind=kind)
    record(agent=request.user, deed="factor.add", subject=request.user, detail={"kind": kind})


@transaction.atomic
def renew_codes(agent: Agent) -> None:
    Authenticator.objects.filter(user=agent, type=Authenticator.Type.RECOVERY_CODES).delete()
    if factors.has_factor(agent):
        RecoveryCodes.activate(agent)
    record(agent=agent, deed="factor.renew_codes", subject=agent)


@transaction.atomic
def remove_factor(*, agent: Agent, number: int) -> None:
    """
    Raises:
        NotVisible: not one of the agent's.
        LastFactor: nobody stays without one where one is required.
    """
    held = list(Authenticator.objects.select_for_update().filter(user=agent))
    strong = [one for one in held if one.type in factors.STRONG]
    doomed = next((one for one in strong if one.pk == number), None)
    if doomed is None:
        raise NotVisible
    if len(strong) == 1 and factors.is_required():
        raise LastFactor
    doomed.delete()
    if len(strong) == 1:
        factors.forget_factors(agent)
    record(agent=agent, deed="factor.remove", subject=agent, detail={"kind": doomed.type})


@transaction.atomic
def close_session(*, agent: Agent, ref: UUID) -> None:
    """
    Raises:
        NotVisible: not one of the agent's.
    """
    if not AgentSession.objects.filter(agent=agent, ref=ref).delete()[0]:
        raise NotVisible
    record(agent=agent, deed="session.close", subject=agent)


@transaction.atomic
def close_others(*, agent: Agent, but: str) -> None:
    ended = close_sessions(agent, but=but)
    record(agent=agent, deed="session.close_others", subject=agent, detail={"count": ended})

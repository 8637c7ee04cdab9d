"""The second factor: what an agent holds, and what this session has proved."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from fanal.ground.agents.models import Agent
from fanal.ground.agents.throttle import CODE, take
from fanal.ground.errors import Refusal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# A provider that says, under its signature, that two factors were used.
PROVIDER = "provider"


class WrongCode(Refusal):
    message = (
        "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, "
        "ou prenez un code de secours."
    )


class WrongKey(Refusal):
    message = "Cette clé n’a pas été reconnue. Recommencez, ou donnez un code."


def is_required() -> bool:
    """In the demonstration nobody is asked for one."""
    return bool(settings.FANAL_SERVICE)


def factors_of(agent: Agent) -> list[Authenticator]:
    found = Authenticator.objects.filter(user=agent, type__in=STRONG)
    return list(found.order_by("created_at", "pk"))


def has_factor(agent: Agent) -> bool:
    return bool(Authenticator.objects.filter(user=agent, type__in=STRONG).exists())


def is_proved(request: HttpRequest, agent: Agent) -> bool:
    """Whether a second factor was shown in this session, to us or to a provider we trust."""
    records = get_authentication_records(request, agent)
    return any(record.get("method") in ("mfa", PROVIDER) for record in records)


def note_provider(request: HttpRequest, agent: Agent, *, acr: str) -> None:
    record_authentication(request, agent, PROVIDER, acr=acr)


def note_enrolled(request: HttpRequest, agent: Agent, *, kind: str) -> None:
    """Who has just put a factor in place has shown it."""
    record_authentication(request, agent, "mfa", type=kind)


def show_code(request: HttpRequest, agent: Agent, *, code: str, now: datetime) -> None:
    """
    Show a code of the application, or a recovery code, which works once.

    Raises:
        WrongCode: it is neither.
        TriedTooMuch: too many were wrong.
    """
    place = take(CODE, str(agent.ref), now=now)
    for held in Authenticator.objects.filter(user=agent).exclude(type=Authenticator.Type.WEBAUTHN):
        if held.wrap().validate_code(code.replace(" ", "")):
            place.give_back()
            held.user = agent
            post_authentication(request, held)
            return
    raise WrongCode


def show_key(request: HttpRequest, agent: Agent, *, credential: object, now: datetime) -> None:
    """
    Show a key or a passkey, by what the browser signed with it.

    Raises:
        WrongKey: it signs for somebody else, for another site, or another moment.
        TriedTooMuch: too many were wrong.
    """
    place = take(CODE, str(agent.ref), now=now)
    try:
        webauthn.parse_authentication_response(credential)
        held = webauthn.complete_authentication(agent, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise WrongKey from None
    place.give_back()
    held.user = agent
    post_authentication(request, held)


def question_for(agent: Agent) -> dict[str, object] | None:
    """What the browser asks the agent's keys to sign; nothing when there is no key."""
    if not Authenticator.objects.filter(user=agent, type=Authenticator.Type.WEBAUTHN).exists():
        return None
    return dict(webauthn.begin_authentication(agent))


def is_code_of(secret: str, code: str) -> bool:
    return bool(validate_totp_code(secret, code.replace(" ", "")))


def recovery_codes(agent: Agent) -> list[str]:
    """The codes that have not served."""
    held = Authenticator.objects.filter(user=agent, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(held).get_unused_codes()) if held else []


def forget_factors(agent: Agent) -> int:
    """Every factor of an agent, recovery codes included."""
    return int(Authenticator.objects.filter(user=agent).delete()[0])

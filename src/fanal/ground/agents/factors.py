"""The second factor: what an agent holds, and what this session has proved."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from fanal.ground.agents.models import Agent
from fanal.ground.agents.throttle import CODE, take
from fanal.ground.errors import Refusal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# The last half-minute whose code has served, kept beside the secret of an application.
LAST_STEP = "last_step"
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
    held = _taken_by(agent, code.replace(" ", ""))
    if held is None:
        raise WrongCode
    place.give_back()
    held.user = agent
    post_authentication(request, held)


@transaction.atomic
def _taken_by(agent: Agent, code: str) -> Authenticator | None:
    """What the code comes from. The row is held meanwhile: of two at once, one alone succeeds."""
    rows = Authenticator.objects.select_for_update().filter(user=agent).order_by("pk")
    for held in rows.exclude(type=Authenticator.Type.WEBAUTHN):
        if held.type != Authenticator.Type.TOTP:
            taken = held.wrap().validate_code(code)
        elif step := step_of(decrypt(held.data["secret"]), code):
            taken = spend(held, step)
        else:
            taken = False
        if taken:
            return held
    return None


def spend(held: Authenticator, step: int) -> bool:
    """Take a code of an application, and every one before it, out of use: in the database, for
    all the processes of the service."""
    if step <= held.data.get(LAST_STEP, 0):
        return False
    held.data[LAST_STEP] = step
    held.save(update_fields=["data"])
    return True


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


def step_of(secret: str, code: str) -> int | None:
    """The half-minute whose code this is, among those that a clock a little off may show."""
    typed = code.replace(" ", "")
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=typed, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


def recovery_codes(agent: Agent) -> list[str]:
    """The codes that have not served."""
    held = Authenticator.objects.filter(user=agent, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(held).get_unused_codes()) if held else []


def forget_factors(agent: Agent) -> int:
    """Every factor of an agent, recovery codes included."""
    return int(Authenticator.objects.filter(user=agent).delete()[0])

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.portal.traces.models import AccessCode

# Without those that look alike.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, HALF = 10, 5
LASTS = timedelta(days=7)


class WrongCode(Refusal):
    message = (
        "Ce code n’ouvre rien : il est peut-être mal recopié, déjà utilisé ou trop ancien. "
        "Demande un nouveau code à la personne qui te suit."
    )


class TooManyCodes(Refusal):
    message = "Trop d’essais. Attends dix minutes, puis recommence."


@dataclass(frozen=True, slots=True)
class Opening:
    """One service, one day: read, or read and written."""

    day: date
    service: str
    function: str
    changed: bool


@transaction.atomic
def give_code(*, agent: Agent, case_file: CaseFile, now: datetime) -> str:
    """
    Make a code for the young person.

    Returns:
        Its clear text, shown once and kept nowhere.
    """
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    AccessCode.objects.create(
        case_file=case_file,
        digest=code_digest(drawn),
        given_by=agent,
        given_at=now,
        expires_at=now + LASTS,
    )
    record(agent=agent, deed="traces.give_code", subject=case_file)
    return f"{drawn[:HALF]}-{drawn[HALF:]}"


@transaction.atomic
def revoke_code(*, agent: Agent, ref: UUID, now: datetime) -> AccessCode:
    """
    Raises:
        NotVisible: the file of this code is not the agent's to see.
    """
    code = AccessCode.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if code is None:
        raise NotVisible
    if code.revoked_at is None:
        code.revoked_at = now
        code.save(update_fields=["revoked_at"])
        record(agent=agent, deed="traces.revoke_code", subject=code.case_file)
    return code


def open_by_code(*, typed: str, address: str, now: datetime) -> list[Opening]:
    """
    Which services opened the file that a code is for, the latest first. The use leaves a trace.

    Raises:
        WrongCode: it opens nothing, or nothing any more.
        TooManyCodes: this address tried too often.
    """
    digest = code_digest(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT traces_admit(%s, %s)", [digest, _source(address, now)])
        (answer,) = cursor.fetchone()
        if answer == "slow":
            raise TooManyCodes
        if answer != "open":
            raise WrongCode
        cursor.execute("SELECT day, service, function, changed FROM traces_opened(%s)", [digest])
        return [Opening(*row) for row in cursor.fetchall()]


def code_digest(typed: str) -> str:
    """Keyed: whoever reads the table cannot try codes against it."""
    plain = "".join(one for one in typed.upper() if one.isalnum())
    return salted_hmac("fanal.traces.code", plain, algorithm="sha256").hexdigest()


def _source(address: str, now: datetime) -> str:
    """With the day in the key: tomorrow nobody knows that the same address came back."""
    return salted_hmac(f"fanal.traces.source.{now:%Y-%m-%d}", address).hexdigest()[:16]

"""One piece of the minor's identity is put right, by whoever holds the file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.people.models import Minor
from fanal.ground.people.phonetics import name_keys, plain
from fanal.portal.rights.models import Correction
from fanal.portal.rights.queries import file_of, lock_request
from fanal.portal.rights.terms import Field, Kind, Status, StepKind
from fanal.portal.rights.use_cases.turns import in_turn, keep_step

NAMED = (Field.GIVEN_NAMES, Field.FAMILY_NAME)


class NotARectification(Refusal):
    message = "Cette demande est un accès : elle ne change rien au dossier."


class NothingChanges(Refusal):
    message = "La donnée est déjà écrite ainsi."


@transaction.atomic
def correct_file(
    *, agent: Agent, ref: UUID, field: Field, corrected: str, now: datetime
) -> Correction:
    """
    Put one piece of the minor's identity right; what stood there before is kept.

    Raises:
        NotVisible, NotARectification, OutOfTurn, NothingChanges.
    """
    request = lock_request(agent=agent, ref=ref, answering=False)
    in_turn(request, Status.IDENTIFIED, Status.PREPARED)
    if request.kind != Kind.RECTIFICATION:
        raise NotARectification
    case_file = file_of(request)
    minor = Minor.objects.select_for_update().filter(case_file=case_file).first()
    if case_file is None or minor is None:
        raise NotVisible
    former = getattr(minor, field)
    if former == corrected.strip():
        raise NothingChanges
    setattr(minor, field, corrected.strip())
    changed = [str(field)]
    if field in NAMED:
        minor.name_plain = plain(f"{minor.given_names} {minor.family_name}")
        minor.name_keys = name_keys(minor.given_names, minor.family_name)
        changed += ["name_plain", "name_keys"]
    minor.save(update_fields=changed)
    correction = Correction.objects.create(
        case_file=case_file,
        request=request,
        field=field,
        former=former,
        corrected=corrected.strip(),
        at=now,
        agent=agent,
    )
    record(agent=agent, deed="rights.correct", subject=correction, detail={"field": str(field)})
    keep_step(request, agent, StepKind.CORRECTED, now)
    return correction

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.timezone import now

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome


def record(
    *,
    deed: str,
    agent: Agent | None,
    subject: models.Model | None = None,
    organisation: Organisation | None = None,
    outcome: Outcome = Outcome.DONE,
    detail: dict[str, Any] | None = None,
) -> Trace:
    """
    Write a trace in the running transaction: the act and its trace live or die together.

    ``detail`` holds facts about the act (a state, a count), never a name nor a text.
    """
    case_file = getattr(subject, "case_file", None)
    if case_file is None and subject is not None and subject._meta.label == "access.CaseFile":
        case_file = subject
    trace = Trace(
        at=now(),
        agent=agent,
        organisation=organisation,
        deed=deed,
        outcome=outcome,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_ref=getattr(subject, "ref", None),
        case_file_ref=getattr(case_file, "ref", None),
        authority_code=case_file.authority.code if case_file is not None else "",
        detail=detail or {},
    )
    trace.save(force_insert=True)
    return trace

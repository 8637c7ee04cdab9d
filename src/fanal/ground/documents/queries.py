from __future__ import annotations

from uuid import UUID

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.documents.models import Document, DocumentQuerySet
from fanal.ground.errors import NotVisible
from fanal.ground.people.queries import files_of


def documents_of(case_file: CaseFile) -> DocumentQuerySet:
    """The documents of a file and of those merged into it, latest first, without their bytes."""
    return Document.objects.listed().filter(case_file__in=files_of(case_file))


def read_document(*, agent: Agent, ref: UUID) -> Document:
    """
    Read one document with its bytes; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or its file is not open to the agent.
    """
    document = Document.objects.select_related("case_file__authority").filter(ref=ref).first()
    if document is None:
        raise NotVisible
    record(
        agent=agent,
        deed="document.read",
        subject=document,
        outcome=Outcome.READ,
        detail={"kind": document.kind},
    )
    return document

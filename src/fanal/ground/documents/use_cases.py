from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.documents.contents import Letter
from fanal.ground.documents.models import Document
from fanal.ground.documents.rendering import render, render_page
from fanal.ground.errors import Refusal


class SeveralMinors(Refusal):
    """In the file of one minor, the letter would tell of the others."""

    message = (
        "Ce document parle de plusieurs mineurs : il ne peut pas être rangé dans le dossier "
        "de l'un d'eux."
    )


class AlreadySuperseded(Refusal):
    message = "Ce document a déjà été remplacé : remplacez sa version la plus récente."


class OfAnotherFile(Refusal):
    message = (
        "Ce document appartient au dossier d'un autre mineur : il ne peut pas être remplacé ici."
    )


def print_page(template: Path, said: dict[str, Any], *, written_at: datetime) -> bytes:
    """A page of another room, which no case file keeps; the same words give the same bytes."""
    return render_page(template, said, written_at=written_at)


@transaction.atomic
def file_document(
    *,
    case_file: CaseFile,
    letter: Letter,
    title: str,
    agent: Agent | None,
    now: datetime,
    supersedes: Document | None = None,
) -> Document:
    """
    Print a letter and keep it in a case file, in the running transaction.

    ``agent`` is empty when a scheduled work writes. ``supersedes`` is the former version: it is
    kept, and says which one took its place.

    Raises:
        SeveralMinors: the letter speaks of several minors.
        AlreadySuperseded: the former version already has a newer one.
        OfAnotherFile: the former version is another minor's.
    """
    if letter.several_minors:
        raise SeveralMinors
    former = _lock_former(supersedes, case_file) if supersedes else None
    pdf = render(letter)
    document = Document.objects.create(
        case_file=case_file,
        kind=letter.kind,
        title=title,
        pdf=pdf,
        size=len(pdf),
        sha256=sha256(pdf).hexdigest(),
        created_at=now,
        created_by=agent,
    )
    if former is not None:
        former.superseded_by = document
        former.save(update_fields=["superseded_by"])
    record(
        agent=agent,
        deed="document.file",
        subject=document,
        detail={"kind": str(letter.kind), "sha256": document.sha256},
    )
    return document


def _lock_former(former: Document, case_file: CaseFile) -> Document:
    locked = Document.objects.select_for_update().defer("pdf").get(pk=former.pk)
    if locked.case_file_id != case_file.pk:
        raise OfAnotherFile
    if not locked.is_current:
        raise AlreadySuperseded
    return locked

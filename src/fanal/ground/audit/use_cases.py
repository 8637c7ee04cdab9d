from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.timezone import now

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.audit.terms import Outcome

# A longer list, an export, is known by the digest of its files.
NAMED = 100

Row = TypeVar("Row", bound=models.Model)


class Shown:
    """What a list shows, noted row by row as it goes by: how many and of which files, no row."""

    def __init__(self) -> None:
        self.rows = 0
        self.files: set[UUID] = set()
        # Of what belongs to no file.
        self.refs: set[UUID] = set()

    def noting(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            if (file := _file_of(row)) is not None:
                self.files.add(file)
            elif (ref := getattr(row, "ref", None)) is not None:
                self.refs.add(ref)
            yield row


def record_list(
    *,
    agent: Agent,
    deed: str,
    rows: Iterable[models.Model] | Shown,
    filters: Mapping[str, Any] | None = None,
    page: int = 1,
    count: int | None = None,
) -> Trace:
    """
    One page of a list was shown: how many rows, of which files, under which filters.

    Filters are kept by name: what was looked for is not. ``count`` is for rows that are not named.
    """
    shown = rows if isinstance(rows, Shown) else _all_of(rows)
    detail: dict[str, Any] = {"rows": shown.rows if count is None else count, "page": page}
    detail |= _named("files", shown.files) | _named("refs", shown.refs)
    if named := sorted(name for name, value in (filters or {}).items() if value):
        detail["filters"] = named
    return record(agent=agent, deed=deed, outcome=Outcome.READ, detail=detail)


def _file_of(row: models.Model) -> UUID | None:
    """Of a file that the list has read: none is read for the trace."""
    if row._meta.label == "access.CaseFile":
        return getattr(row, "ref", None)
    return getattr(row._state.fields_cache.get("case_file"), "ref", None)


def _all_of(rows: Iterable[models.Model]) -> Shown:
    shown = Shown()
    for _ in shown.noting(rows):
        pass
    return shown


def _named(name: str, refs: set[UUID]) -> dict[str, Any]:
    known = sorted(map(str, refs))
    if len(known) > NAMED:
        # Whoever has them can hash them again; the count says how many to look for.
        digest = sha256(" ".join(known).encode()).hexdigest()
        return {f"{name}_count": len(known), f"{name}_digest": digest}
    return {name: known} if known else {}


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

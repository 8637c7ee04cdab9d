"""After a backup was restored: what went since goes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.retention.declarations import Rows, declared_rows
from fanal.ground.retention.erasing import erase_files
from fanal.ground.retention.listing import Line, erasure_of
from fanal.ground.retention.models import Archived, Erasure
from fanal.ground.retention.terms import FILE, Then


def replay_erasures(lines: Iterable[Line]) -> int:
    """
    Do again, in a database restored from before, what was done since.

    Holds do not count here: what is replayed was decided and done. A line already there, or
    whose thing is not there, changes nothing.

    Returns:
        How many things were erased, archived or made nameless.
    """
    treated = 0
    by_model = {rows.model: rows for rows in declared_rows()}
    for line in lines:
        with acting_as(None, purpose=Purpose.RETENTION):
            if Erasure.objects.filter(ref=UUID(line["ref"])).exists():
                continue
            treated += _replay(line, by_model)
            erasure_of(line).save(force_insert=True)
    return treated


def _replay(line: Line, by_model: dict[str, Rows]) -> int:
    if line["thing"] == FILE:
        case_file = CaseFile.objects.filter(ref=UUID(line["thing_ref"])).first()
        if case_file is None:
            return 0
        if line["then"] == Then.ERASE:
            erase_files({case_file.pk} | set(case_file.absorbed.values_list("pk", flat=True)))
        else:
            Archived.objects.get_or_create(
                case_file=case_file,
                defaults={"at": datetime.fromisoformat(line["at"]), "rule": line["rule"]},
            )
        return 1
    rows = by_model.get(line["thing"])
    if rows is None:
        return 0
    model = rows.find(date.max).model
    found = model._base_manager.filter(ref=UUID(line["thing_ref"]))
    count: int = found.count()
    rows.treat(found)
    return count

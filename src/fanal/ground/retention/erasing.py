"""
Erase files whole: every row that hangs on them, wherever it stands.

The rows are found by walking the keys of the models, so that a room that comes later is erased
too. Nothing is deleted by cascade: the database checks at the end that no row points at nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from fanal.ground.access.models import CaseFile
from fanal.ground.errors import Refusal

Doomed = dict[type[models.Model], set[Any]]
Cut = tuple[type[models.Model], str, Any]


class StillReferred(Refusal):
    """A row of another file needs a row of this one."""


class NotErased(Refusal):
    """The database kept a row that was to go: the whole file stays."""


def erase_files(files: set[int]) -> int:
    """
    Erase files and every row of theirs, in the running transaction.

    Rows of other files that pointed at one of them point at nothing any more.

    Returns:
        How many rows went.

    Raises:
        StillReferred: a row of another file cannot do without.
        NotErased: the database let fewer rows go than were found.
    """
    doomed, cuts = find_rows(files)
    for model, name, pk in cuts:
        if pk not in doomed.get(model, set()):
            model._base_manager.filter(pk=pk).update(**{name: None})
    erased = 0
    for model in _children_first(doomed):
        rows = model._base_manager.filter(pk__in=doomed[model])
        gone = rows._raw_delete(using=rows.db)
        if gone != len(doomed[model]):
            raise NotErased(f"{model._meta.label} : {gone} lignes sur {len(doomed[model])}.")
        erased += gone
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return erased


def _children_first(doomed: Doomed) -> list[type[models.Model]]:
    """A row is seen through what it hangs on: it goes before it, and the file itself last."""
    ordered: list[type[models.Model]] = []
    seen: set[type[models.Model]] = set()

    def visit(model: type[models.Model]) -> None:
        seen.add(model)
        for field in model._meta.local_fields:
            above: Any = field.related_model
            if above in doomed and above not in seen:
                visit(above)
        ordered.append(model)

    for model in doomed:
        if model not in seen:
            visit(model)
    return ordered[::-1]


def find_rows(files: set[int]) -> tuple[Doomed, list[Cut]]:
    """The rows that go with these files, and the keys of others that must be emptied."""
    doomed: Doomed = {CaseFile: set(files)}
    cuts: list[Cut] = []
    seen: set[tuple[type[models.Model], str, Any]] = set()
    waiting = True
    while waiting:
        waiting = False
        for model, field in _keys():
            aims = doomed.get(field.related_model)
            if not aims:
                continue
            for pk, owner in _rows(model, field, aims):
                if (model, field.name, pk) in seen:
                    continue
                seen.add((model, field.name, pk))
                if _goes(field, owner, files):
                    if pk not in doomed.setdefault(model, set()):
                        doomed[model].add(pk)
                        waiting = True
                elif field.null:
                    cuts.append((model, field.name, pk))
                else:
                    raise StillReferred(f"{model._meta.label}.{field.name}")
    return doomed, cuts


def _goes(field: Any, owner: int | None, files: set[int]) -> bool:
    """A row goes with its own file; one that ties two files, with either."""
    if field.related_model is CaseFile and not field.null:
        return True
    return owner in files if owner is not None else not field.null


def _rows(model: type[models.Model], field: Any, aims: set[Any]) -> Iterator[tuple[Any, Any]]:
    names = {one.name for one in model._meta.local_fields}
    rows = model._base_manager.filter(**{f"{field.name}__in": list(aims)})
    if "case_file" in names:
        yield from rows.values_list("pk", "case_file_id")
    elif model is CaseFile:
        yield from rows.values_list("pk", "pk")
    else:
        yield from ((pk, None) for pk in rows.values_list("pk", flat=True))


def _keys() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                yield model, field

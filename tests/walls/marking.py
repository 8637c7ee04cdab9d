"""
Every text of the files of one authority replaced by the name of its class: what a screen shows is
then told by reading it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from psycopg import sql

from doors import our_models, parents
from fanal.ground.access.models import CaseFile, DisclosureRecord
from fanal.ground.privacy.registry import stored_fields, tag_of
from fanal.ground.privacy.sealing.fields import SealedTextField
from fanal.ground.privacy.terms import Tag
from rows import as_owner
from walls.classifying import Door, refs_of, things
from walls.scopes import HERE

MARK = re.compile(f"QZ({'|'.join(Tag)})QZ")
LOOKED_AT = 100


def mark(tag: Tag) -> str:
    return f"QZ{tag}QZ"


def marks(answer: str) -> set[str]:
    return set(MARK.findall(answer))


def file_of(row: models.Model) -> CaseFile | None:
    """The file on which a row hangs, at any number of steps."""
    if isinstance(row, CaseFile):
        return row
    above = (file_of(one) for one in parents(row) if one._meta.model in our_models_of_files())
    return next((one for one in above if one is not None), None)


@cache
def our_models_of_files() -> frozenset[type[models.Model]]:
    reached = {CaseFile}
    while (
        more := {
            model
            for model in our_models()
            for field in model._meta.local_fields
            if isinstance(field, models.ForeignKey) and field.related_model in reached
        }
        - reached
    ):
        reached |= more
    return frozenset(reached)


def spoil_every_text(
    *, but: Collection[type[models.Model]] = (DisclosureRecord,)
) -> dict[str, int]:
    """
    Replace the texts of the files of one authority; those of a share are of the share itself.

    Returns:
        How many rows hold each class.
    """
    held: dict[str, int] = dict.fromkeys(Tag, 0)
    for model in our_models_of_files().difference(but):
        rows = list(model._default_manager.all())
        keys = [row.pk for row in rows if (file := file_of(row)) and file.authority_id == HERE]
        for field in stored_fields(model):
            tag = tag_of(model, field.name)
            if keys and is_free_text(field) and _write(field, mark(tag), keys):
                held[tag] += len(keys)
    return held


def is_free_text(field: models.Field[object, object]) -> bool:
    written = isinstance(field, models.CharField | models.TextField) and not field.choices
    return (written and not field.unique) or isinstance(field, SealedTextField)


def _write(field: models.Field[object, object], text: str, keys: list[object]) -> bool:
    """Whether the database takes it: some texts are made of a few words alone."""
    value = text.encode() if isinstance(field, SealedTextField) else text
    meta = field.model._meta
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE {} = ANY(%s)").format(
        *map(sql.Identifier, (meta.db_table, str(field.column), str(meta.pk.column)))
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [value, keys])
    except DatabaseError:
        return False
    return True


@contextmanager
def free_hand() -> Iterator[None]:
    """What the tables refuse to change is changed all the same: nothing of this is kept."""
    with as_owner(), connection.cursor() as cursor:
        for model in our_models_of_files():
            name = sql.Identifier(model._meta.db_table)
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        yield


_known: dict[tuple[str, ...], list[tuple[str, ...]]] = {}


def things_of_files(door: Door, *, most: int) -> list[tuple[str, ...]]:
    """References of things that hang on these files, the newest of each state first."""
    if door.about not in _known:
        with as_owner():
            model = apps.get_model(door.about[-1]) if door.about else None
            rows = (
                things(door.about[-1])
                if model in our_models_of_files() - {DisclosureRecord}
                else []
            )
            ours = [row for row in rows if (file := file_of(row)) and file.authority_id == HERE]
            _known[door.about] = [refs_of(row, door.about) for row in ours[:LOOKED_AT]]
    return _known[door.about][:most]

"""Sealed columns of rows that functions of the owner write, and read, for whoever has no row."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from fanal.ground.privacy.sealing.fields import Sealed, SealedField


def sealed(row: Model, name: str) -> bytes:
    """
    A column as it is stored.

    Raises:
        KeysAbsent: no ceremony was held.
    """
    stored = _field(row, name).pre_save(row, True)
    return b"" if stored is None else stored.stored


def opened(row: Model, name: str, stored: bytes) -> Any:
    """
    What was stored in this column of this row.

    Raises:
        KeysLocked: nobody has opened the keys.
    """
    return _field(row, name).opened(row, Sealed(bytes(stored)))


def _field(row: Model, name: str) -> SealedField:
    field = row._meta.get_field(name)
    assert isinstance(field, SealedField)  # noqa: S101 — for the type checker
    return field

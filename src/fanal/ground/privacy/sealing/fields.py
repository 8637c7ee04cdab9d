"""Columns that hold a sealed value: written like text, read like text, while the keys are open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull

from fanal.ground.privacy.sealing.authors import author_key
from fanal.ground.privacy.sealing.chosen import key_keeper, keys_are_open, sealing_key
from fanal.ground.privacy.sealing.envelope import Place, is_sealed, seal, unseal
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


class SealedElsewhere(TypeError):
    """A sealed value was written without its row, or carried into another row unread."""


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A value as it is stored. Reading it needs its row: see the model's attribute."""

    stored: bytes

    def __repr__(self) -> str:
        return "‹scellé›"

    __str__ = __repr__


class _Opening:
    """The attribute of a row: opens what was stored when somebody reads it, and not before."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, model: type[models.Model]) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            # Left out of the query: fetched now, and put in place by this attribute.
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = self.field.opened(row, value)
            row.__dict__[name] = value
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedField(_Field):
    """
    ``anchor`` names the field that tells the row: unique, never changed, known before it is
    written. A sealed value is bound to it, so that it opens in no other row.

    Nothing is searched by it. An empty value is stored empty: that there is none shows.

    ``waits``: whoever writes it must read it again at once, even at night. Written while the keys
    are closed, it stays in clear until they open.

    ``by_author``: written while the keys are closed, it is read again by the browser that wrote it
    (``authors``) and sealed for everybody else.
    """

    waits = False
    by_author = False

    def __init__(self, *args: Any, anchor: str = "ref", **kwargs: Any) -> None:
        self.anchor = anchor
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "anchor": self.anchor}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        anchor = self.model._meta.get_field(self.anchor)
        if getattr(anchor, "unique", False) and not isinstance(anchor, models.AutoField):
            return super().check(**kwargs)
        return [
            *super().check(**kwargs),
            Error(
                f"« {self.anchor} » does not tell a row before it is written.",
                hint="Name a unique field: a reference, or a one-to-one key.",
                obj=self,
                id="privacy.E001",
            ),
        ]

    def place(self, row: models.Model) -> Place:
        return self.place_of(getattr(row, anchor_of(self).attname))

    def place_of(self, row_id: object) -> Place:
        return Place(self.model._meta.db_table, str(self.column), str(row_id))

    def opened(self, row: models.Model, value: Sealed) -> Any:
        place = self.place(row)
        try:
            clear = self.opened_bytes(value.stored, place)
        except KeysLocked:
            kept = author_key(place) if self.by_author else None
            if kept is None:
                raise
            clear = self._opened_by_author(value.stored, place, kept)
        return self.from_bytes(clear)

    @staticmethod
    def _opened_by_author(stored: bytes, place: Place, data_key: bytes) -> bytes:
        """
        Raises:
            KeysLocked: written by another browser, or before the keys were closed.
        """
        try:
            return unseal(stored, place=place, unwrap=lambda *_: data_key)
        except Unopenable:
            raise KeysLocked from None

    @staticmethod
    def opened_bytes(stored: bytes, place: Place) -> bytes:
        # Written before the column was sealed, and not yet taken by the work that seals it.
        if not is_sealed(stored):
            return stored
        return unseal(stored, place=place, unwrap=key_keeper().unwrap)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:
                raise SealedElsewhere(f"{self} was copied into another row: read it first.")
            return value
        if value is None:
            return None
        clear = self.to_bytes(value)
        if not clear:
            return Sealed(b"")
        if self.waits and not keys_are_open():
            return Sealed(clear)
        place = self.place(model_instance)
        kept = author_key(place) if self.by_author and not keys_are_open() else None
        return Sealed(seal(clear, place=place, key=sealing_key(), data_key=kept))

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        # Emptying a column needs no row.
        if value in ("", b""):
            return b""
        if not isinstance(value, Sealed):
            raise SealedElsewhere(f"{self} is written with its row, by save() or create().")
        return value.stored

    def get_lookup(self, lookup_name: str) -> Any:
        return IsNull if lookup_name == "isnull" else None

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, value: bytes) -> Any:
        raise NotImplementedError


class SealedTextField(SealedField):
    """Text that the database, its copies and its administrator cannot read."""

    def get_default(self) -> Any:
        return super().get_default() or ""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


class SealedJSONField(SealedField):
    """Answers by name, that the database, its copies and its administrator cannot read."""

    def __init__(
        self, *args: Any, waits: bool = False, by_author: bool = False, **kwargs: Any
    ) -> None:
        self.waits, self.by_author = waits, by_author
        super().__init__(*args, **kwargs)

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode() if value else b""

    def from_bytes(self, value: bytes) -> Any:
        return json.loads(value) if value else {}


class SealedBinaryField(SealedField):
    """A file that the database, its copies and its administrator cannot read."""

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, value: bytes) -> bytes:
        return value


def anchor_of(field: SealedField) -> models.Field[Any, Any]:
    found = field.model._meta.get_field(field.anchor)
    assert isinstance(found, models.Field)  # noqa: S101  (for the type checker)
    return found


def sealed_fields() -> list[SealedField]:
    """Every sealed column of the house."""
    from fanal.ground.privacy.registry import our_models

    return [
        field
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    ]

"""
A row without its people: names become keyed pseudonyms, days and places lose their precision.

The same key gives the same pseudonym, so that a minor can be counted once over the years; without
the key nobody goes back, and another key gives another pseudonym.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from datetime import date
from typing import Any

from django.db import models

from fanal.ground.errors import Refusal
from fanal.ground.privacy.registry import stored_fields, tag_of
from fanal.ground.privacy.terms import Fate, Tag

SHORTEST_KEY = 16
PSEUDONYM_BYTES = 12

# What each class becomes when a row leaves the active base.
FATES: dict[Tag, Fate] = {
    Tag.IDENTITY: Fate.PSEUDONYM,
    Tag.CONTACT: Fate.ERASED,
    Tag.HEALTH: Fate.ERASED,
    Tag.JUDICIAL: Fate.GENERALISED,
    Tag.LOCATION: Fate.GENERALISED,
    Tag.INFORMANT: Fate.ERASED,
    Tag.NARRATIVE: Fate.ERASED,
    Tag.SECRET: Fate.ERASED,
    Tag.PLAIN: Fate.KEPT,
}
# Rooms whose rows name no case: a key to them is a word of a list.
REFERENCE = ("territory",)


class KeyTooShort(Refusal):
    message = "La clé des pseudonymes doit avoir au moins 16 octets tirés au hasard."


def fate_of(model: type[models.Model] | models.Model | str, field: str) -> Fate:
    """What becomes of a field when the active period of its row has ended."""
    return FATES[tag_of(model, field)]


def pseudonym(value: object, key: bytes) -> str:
    """
    Stable under one key, whatever the accents and the case of a name.

    Raises:
        KeyTooShort: such a key can be tried.
    """
    if len(key) < SHORTEST_KEY:
        raise KeyTooShort
    plain = unicodedata.normalize("NFKD", str(value)).casefold()
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    digest = hmac.new(key, " ".join(plain.split()).encode(), hashlib.sha256).hexdigest()
    return f"P-{digest[: 2 * PSEUDONYM_BYTES]}"


def pseudonymise(row: models.Model, key: bytes) -> dict[str, Any]:
    """
    Every stored field of a row as it may be kept for statistics.

    Numbers, yes or no, and words of a list stay; days become years or months, places their
    département; texts that nobody tagged as plain are gone. A sealed value is not opened for it.

    Raises:
        KeyTooShort: such a key can be tried.
        Untagged: a field says nothing of what it holds.
    """
    return {
        field.name: _left(row, field, key) for field in stored_fields(row) if not field.many_to_many
    }


def _left(row: models.Model, field: models.Field[Any, Any], key: bytes) -> Any:
    tag = tag_of(row, field.name)
    fate = FATES[tag]
    if field.is_relation:
        return _tie(row, field, fate, key)
    if fate is Fate.ERASED:
        return None
    value = getattr(row, field.attname)
    if value in (None, "", []):
        return value
    if field.primary_key or field.unique:
        return pseudonym(f"{row._meta.label}:{value}", key)
    return _word(value, field, tag, key)


def _word(value: Any, field: models.Field[Any, Any], tag: Tag, key: bytes) -> Any:
    """A day loses its precision; a word of a list and a number stay; a name is a pseudonym."""
    if isinstance(value, date):
        return value.year if tag is Tag.IDENTITY else f"{value:%Y-%m}"
    if FATES[tag] is not Fate.PSEUDONYM and (
        isinstance(value, bool | int | float) or field.choices
    ):
        return value
    if FATES[tag] is Fate.GENERALISED or not isinstance(value, str):
        return None
    return pseudonym(value, key)


def _tie(row: models.Model, field: models.Field[Any, Any], fate: Fate, key: bytes) -> Any:
    target = field.related_model
    value = getattr(row, field.attname)
    if value is None or fate is Fate.ERASED or not isinstance(target, type):
        return None
    if target._meta.app_label not in REFERENCE:
        return pseudonym(f"{target._meta.label}:{value}", key)
    if fate is Fate.GENERALISED:
        place = getattr(row, field.name)
        return getattr(place, "departement_id", None)
    return value

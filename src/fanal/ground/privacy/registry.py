"""
The one registry of what every field holds.

Exports, shares and the walls' tests ask it. A room writes its lines in its own
``field_tags.py``; a field without a line fails a test, and nothing shows or exports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from fanal.ground.errors import Refusal
from fanal.ground.privacy.terms import Tag

# Rooms of other people's: each whole, with what its rows must be taken for.
THIRD_PARTIES: dict[str, Tag] = {
    "account": Tag.CONTACT,
    "admin": Tag.NARRATIVE,
    "auth": Tag.PLAIN,
    "contenttypes": Tag.PLAIN,
    "mfa": Tag.SECRET,
    "procrastinate": Tag.NARRATIVE,
    "sessions": Tag.SECRET,
    "socialaccount": Tag.SECRET,
    "usersessions": Tag.SECRET,
}

_tags: dict[str, dict[str, Tag]] = {}


class Untagged(Refusal):
    """A field that says nothing of what it holds: nothing is done with it."""


class TaggedTwice(Refusal):
    """Two lines for one field: which one holds?"""


def tag_fields(
    model: str,
    *,
    identity: str = "",
    contact: str = "",
    health: str = "",
    judicial: str = "",
    location: str = "",
    informant: str = "",
    narrative: str = "",
    secret: str = "",
    plain: str = "",
) -> None:
    """
    Say what each field of a model holds: names of fields, separated by spaces.

    Raises:
        TaggedTwice: a field already has its tag.
    """
    written = {
        Tag.IDENTITY: identity,
        Tag.CONTACT: contact,
        Tag.HEALTH: health,
        Tag.JUDICIAL: judicial,
        Tag.LOCATION: location,
        Tag.INFORMANT: informant,
        Tag.NARRATIVE: narrative,
        Tag.SECRET: secret,
        Tag.PLAIN: plain,
    }
    known = _tags.setdefault(model.lower(), {})
    for tag, names in written.items():
        for name in names.split():
            if name in known:
                raise TaggedTwice(f"{model}.{name} : {known[name]} et {tag}.")
            known[name] = tag


def tag_of(model: type[models.Model] | models.Model | str, field: str) -> Tag:
    """
    What a field holds. ``model`` is a class, a row, or « app.Model ».

    Raises:
        Untagged: nobody said.
    """
    label = model if isinstance(model, str) else model._meta.label
    app = label.partition(".")[0]
    if app in THIRD_PARTIES:
        return THIRD_PARTIES[app]
    found = _tags.get(label.lower(), {}).get(field.removesuffix("_id"))
    if found is None:
        found = _tags.get(label.lower(), {}).get(field)
    if found is None:
        raise Untagged(f"{label}.{field} n'a pas d'étiquette de confidentialité.")
    return found


def fields_tagged(*tags: Tag) -> Iterator[tuple[type[models.Model], str]]:
    """Every field of ours that holds one of these classes."""
    for model in our_models():
        for field in stored_fields(model):
            if tag_of(model, field.name) in tags:
                yield model, field.name


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fanal.")]


def stored_fields(
    model: type[models.Model] | models.Model,
) -> list[models.Field[Any, Any]]:
    """Columns of the model's table, and its many-to-many fields."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def faults() -> list[str]:
    """What is missing or superfluous, each with the line to write. Empty when all is tagged."""
    found = []
    standing = set()
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("fanal."):
            if model._meta.app_label not in THIRD_PARTIES:
                found.append(
                    f"{label} vient d'une bibliothèque : ajoutez "
                    f'« "{model._meta.app_label}": Tag.SECRET, » à THIRD_PARTIES '
                    f"({__name__.replace('.', '/')}.py), ou la classe qui convient."
                )
            continue
        standing.add(label.lower())
        known = _tags.get(label.lower(), {})
        names = {field.name for field in stored_fields(model)}
        if missing := sorted(names - known.keys()):
            found.append(_line_to_add(model, missing, first=not known))
        found += [
            f"{label}.{name} a une étiquette et n'existe plus : ôtez-la."
            for name in sorted(known.keys() - names)
        ]
    found += [
        f"{label} a des étiquettes et n'existe plus." for label in sorted(_tags.keys() - standing)
    ]
    return found


def _line_to_add(model: type[models.Model], missing: list[str], *, first: bool) -> str:
    room = apps.get_app_config(model._meta.app_label).name.replace(".", "/")
    # The room below imports nothing from here: its lines stand in this one.
    room = room.replace("ground/territory", "ground/privacy")
    verb = "ajoutez" if first else "complétez"
    return (
        f'src/{room}/field_tags.py : {verb} tag_fields("{model._meta.label}", '
        f'plain="{" ".join(missing)}") en mettant chaque champ sous ce qu\'il contient '
        f"({', '.join(Tag)})."
    )

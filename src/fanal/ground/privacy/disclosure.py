"""Which classes a role sees, and how much of each: the law's table, as dated data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from fanal.ground.privacy.dated import in_force
from fanal.ground.privacy.registry import tag_of, tags_of
from fanal.ground.privacy.terms import Audience, Scope, Sight, Tag

# A role's audience. A role that is not here sees nothing.
AUDIENCES: dict[str, Audience] = {
    "author": Audience.AUTHOR,
    # Those who listen see what was said to them, and nothing of a file.
    "listener": Audience.AUTHOR,
    "coordinator": Audience.AUTHOR,
    # Institutions are what they see, and nobody.
    "directory": Audience.AUTHOR,
    # Who reads what lodgings tell sends a concern, and sees nothing of a file.
    "contact_point": Audience.AUTHOR,
    # Appointments without a name.
    "reception": Audience.AUTHOR,
    # Counts, and nobody.
    "steering": Audience.AUTHOR,
    "crip": Audience.CRIP,
    "evaluator": Audience.CRIP,
    "supervisor": Audience.CRIP,
    "on_call": Audience.CRIP,
    "referent": Audience.REFERENT,
    "parquet": Audience.JUSTICE,
    "administrator": Audience.OVERSIGHT,
    "controller": Audience.OVERSIGHT,
    "data_protection": Audience.OVERSIGHT,
}
_ORDER = (Sight.NONE, Sight.REDUCED, Sight.WHOLE)


def sight_of(tag: Tag, *, roles: Iterable[str], on: date, scope: Scope = Scope.OTHERS) -> Sight:
    """The most that one of the roles sees of a class on that day. A secret is seen by nobody."""
    mine = {AUDIENCES[role] for role in roles if role in AUDIENCES}
    seen = [
        Sight(line["sight"])
        for line in in_force("disclosure", on=on)
        if line["audience"] in mine and line["scope"] == scope and line["class"] == tag
    ]
    return max(seen, key=_ORDER.index, default=Sight.NONE)


def classes_seen(
    *, roles: Iterable[str], on: date, scope: Scope = Scope.OTHERS
) -> dict[Tag, Sight]:
    """Every class that is not wholly hidden from these roles."""
    kept = list(roles)
    seen = {tag: sight_of(tag, roles=kept, on=on, scope=scope) for tag in Tag}
    return {tag: sight for tag, sight in seen.items() if sight is not Sight.NONE}


def fields_seen(
    model: type[models.Model],
    *,
    roles: Iterable[str],
    on: date,
    scope: Scope = Scope.OTHERS,
    field_set: Iterable[Tag] | None = None,
) -> list[str]:
    """
    Names of the fields that may be shown, whole or reduced.

    ``field_set``: the classes that a share gives; it narrows what the role sees, never widens it.
    """
    seen = classes_seen(roles=roles, on=on, scope=scope)
    given = set(Tag) if field_set is None else {*field_set, Tag.PLAIN}
    return [name for name, tag in tags_of(model).items() if tag in seen and tag in given]


def shown(
    row: models.Model,
    name: str,
    *,
    roles: Iterable[str],
    on: date,
    scope: Scope = Scope.OTHERS,
    field_set: Iterable[Tag] | None = None,
) -> Any:
    """A field as these roles see it: its value, what is left of it, or None."""
    tag = tag_of(row, name)
    if field_set is not None and tag not in {*field_set, Tag.PLAIN}:
        return None
    match sight_of(tag, roles=roles, on=on, scope=scope):
        case Sight.WHOLE:
            return getattr(row, name)
        case Sight.REDUCED:
            return reduced(getattr(row, name), tag)
    return None


def reduced(value: Any, tag: Tag) -> Any:
    """Initials, the year of a day, the summary of health; of the rest, choices and numbers."""
    if isinstance(value, date):
        return value.year if tag is Tag.IDENTITY else value
    if tag is Tag.IDENTITY and isinstance(value, str):
        return " ".join(f"{word[0].upper()}." for word in value.split() if word)
    if tag in (Tag.HEALTH, Tag.JUDICIAL) or isinstance(value, bool | int):
        return value
    return None

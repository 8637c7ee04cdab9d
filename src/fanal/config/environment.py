"""The one place that reads the environment."""

import os
from typing import Any

from psycopg.conninfo import conninfo_to_dict


class MissingSetting(Exception):
    """A setting that operation requires is absent."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def required(name: str) -> str:
    """
    Raises:
        MissingSetting: production refuses to start without it.
    """
    value = text(name)
    if not value:
        raise MissingSetting(f"Le réglage {name} manque : renseignez-le avant de démarrer.")
    return value


def words(name: str) -> list[str]:
    return [word for word in text(name).replace(",", " ").split() if word]


def whole(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isdigit():
        raise MissingSetting(f"Le réglage {name} doit être un nombre entier.")
    return int(value)


def database(name: str) -> dict[str, Any]:
    """
    Read a PostgreSQL address (``postgresql://…`` or ``key=value`` pairs).

    Returns:
        A Django ``DATABASES`` entry; whatever else the address holds goes to ``OPTIONS``.
    """
    parts = dict(conninfo_to_dict(text(name) or "dbname=fanal"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "fanal"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "") or ""),
        "OPTIONS": parts,
    }

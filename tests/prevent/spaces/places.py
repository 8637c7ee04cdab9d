"""Services for the tests. All of them are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from factories import RowFactory
from fanal.prevent.spaces.importing import STARTING, lines_of
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.use_cases import import_directory
from rows import as_owner

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
CONFIRMED = {"phone": "2026-11-20", "hours": "2026-11-20"}


class ServiceFactory(RowFactory[Service]):
    class Meta:
        model = Service

    source_key = factory.Sequence(lambda n: f"inventé-{n}")
    name = factory.Sequence(lambda n: f"Lieu inventé {n}")
    kind = "maison_des_adolescents"
    tier = "public"
    audiences: Any = ["minors", "families"]
    commune_id = "59350"
    departement_id = "59"
    postcode = "59000"
    latitude = 50.63
    longitude = 3.06
    created_at = NOON
    updated_at = NOON


_rows_of_the_start: list[dict[str, Any]] = []


def starting_directory() -> None:
    """
    The directory that an instance starts with, in the database of this test.

    Imported once by each process, and copied: the import looks each commune of France up, and is
    tried for itself in ``test_importing.py``.
    """
    with as_owner():
        if _rows_of_the_start:
            Service.objects.bulk_create(Service(**row) for row in _rows_of_the_start)
            return
        before = set(Service.objects.values_list("pk", flat=True))
    import_directory(lines_of(STARTING), now=NOON)
    with as_owner():
        _rows_of_the_start.extend(Service.objects.exclude(pk__in=before).values())

"""Services for the tests. All of them are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from factories import RowFactory
from fanal.prevent.spaces.models import Service

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

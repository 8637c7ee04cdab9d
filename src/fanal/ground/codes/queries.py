from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from fanal.ground.codes.terms import Kind


def forced_at(*, kind: Kind, opens: UUID) -> datetime | None:
    """When the code of this thing was last given under duress; for whoever listens, alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes_forced(%s, %s)", [kind, opens])
        found: datetime | None = cursor.fetchone()[0]
    return found

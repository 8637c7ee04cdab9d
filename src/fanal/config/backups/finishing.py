"""What a restored database still needs before it serves: this version's shape and rights."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import transaction

from fanal.config.database import connected
from fanal.ground.access.grants import grant_application

Line = dict[str, Any]
KNOWN = "SELECT to_regclass('public.retention_erasure') IS NOT NULL"
LINES = """
SELECT ref::text, at, thing, thing_ref::text, rule, "then", authority_code
FROM retention_erasure ORDER BY id
"""


def erasures_in(owner_url: str) -> list[Line]:
    """The erasures that the database about to be replaced knows of; none when it is empty."""
    with connected(owner_url) as owner:
        if owner.execute(KNOWN).fetchone() != (True,):
            return []
        found = owner.execute(LINES).fetchall()
    names = ("ref", "at", "thing", "thing_ref", "rule", "then", "authority_code")
    lines = [dict(zip(names, row, strict=True)) for row in found]
    return [line | {"at": line["at"].isoformat()} for line in lines]


def bring_up_to_date(
    *, application_role: str, known: list[Line], progress: Callable[[str], None]
) -> int:
    """
    Migrate, grant, and do again the erasures of the list and those ``known`` elsewhere.

    Django's connections lead to the restored database.

    Returns:
        How many things were erased again.
    """
    from fanal.ground.retention.listing import read_list
    from fanal.ground.retention.use_cases import replay_erasures

    progress("Migrations et droits")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with transaction.atomic(using="owner"):
        grant_application(connection_alias="owner", role=application_role)
    progress("Effacements faits depuis")
    lines = {line["ref"]: line for line in [*read_list(), *known]}
    return replay_erasures(sorted(lines.values(), key=lambda line: line["at"]))

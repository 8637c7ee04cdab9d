"""What a restored database still needs before it serves: this version's shape and rights."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import transaction

from fanal.ground.access.grants import grant_application


def bring_up_to_date(*, application_role: str, progress: Callable[[str], None]) -> None:
    """Migrate and grant. Django's connections lead to the restored database."""
    progress("Migrations et droits")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with transaction.atomic(using="owner"):
        grant_application(connection_alias="owner", role=application_role)

"""A database ready to serve: migrated, sealed, filled with what the law and maps say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from psycopg import sql

from fanal.config.database.dangers import refuse_dangers
from fanal.config.database.django_itself import close_connections, set_up_django
from fanal.config.database.reaching import Addresses, Progress, connected, reach_database
from fanal.config.postgres.roles import EXTENSIONS
from fanal.ground.errors import Refusal

# Any number, the same for every Fanal: one process at a time prepares a database.
PREPARING = 119_017


class InService(Refusal):
    message = (
        "Cette base contient des comptes réels : ce n'est pas une démonstration. "
        "Renseignez FANAL_SERVICE avec le nom du service qui répond, puis relancez."
    )


class OtherMigrations(Refusal):
    message = (
        "Cette base suit des migrations que cette version de Fanal ne connaît pas. Si elle ne "
        "contient que la démonstration : « make clean-var », puis relancez. Sinon, lancez la "
        "version de Fanal qui l'a faite."
    )


@contextmanager
def ensure_database(progress: Progress) -> Iterator[Addresses]:
    """
    Reach the database and make it ready: migrated, granted, with its reference data.

    Quick when all is there. Django is set up inside the block, and its connections closed after.

    Raises:
        DangerousRole: the application's role owns a table, is superuser or bypasses row-level
            security; nothing is written then.
    """
    with reach_database(progress) as addresses:
        refuse_dangers(addresses)
        progress("Chargement de Fanal")
        set_up_django()
        try:
            prepare(addresses, progress)
            yield addresses
        finally:
            close_connections()


def empty_database(addresses: Addresses) -> None:
    """Remove every table, and all that stands in them."""
    with connected(addresses.owner) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        with owner.transaction():
            owner.execute("DROP SCHEMA public CASCADE")
            owner.execute("CREATE SCHEMA public")


def prepare(addresses: Addresses, progress: Progress) -> None:
    """
    Migrate, grant, load and seed, one process at a time.

    Each part looks first whether it is done. Only the demonstration is seeded.

    Raises:
        InService: no service is named, and real accounts stand in the database.
    """
    from django.db import transaction

    from fanal.config.demonstration import seed
    from fanal.config.reference import load_all
    from fanal.ground.access.grants import grant_application
    from fanal.ground.schema.applying import apply_files

    with connected(addresses.owner) as owner:
        _wait_for_turn(owner, progress)
        _add_extensions(owner)
        if waiting := pending_migrations():
            progress(f"Migration de la base ({len(waiting)} à appliquer)")
            _migrate()
            seal_columns(progress)
        elif changed := apply_files(using="owner"):
            progress(f"Fonctions et règles de la base ({len(changed)} fichiers repris)")
        progress("Données de référence")
        with transaction.atomic(using="owner"):
            grant_application(connection_alias="owner", role=addresses.application_role)
        load_all(
            using="owner",
            progress=lambda label, rank, total: progress(f"  {label} ({rank}/{total})"),
        )
        if is_demonstration():
            refuse_real_accounts()
            progress("Démonstration")
            seed(now=datetime.now(tz=UTC), progress=progress)


def is_demonstration() -> bool:
    """True until a setting names the service that answers for this instance."""
    from django.conf import settings

    return not settings.FANAL_SERVICE


def refuse_real_accounts() -> None:
    """
    Raises:
        InService: somebody real signs in here; nothing invented may come in, nothing be erased.
    """
    from fanal.ground.agents.models import Agent, Organisation

    if any(
        model.objects.filter(is_demonstration=False).exists() for model in (Agent, Organisation)
    ):
        raise InService


def pending_migrations() -> list[str]:
    """
    The names of the migrations that the database has not seen, in order.

    Raises:
        OtherMigrations: it has seen some of ours that do not exist here.
    """
    from django.apps import apps
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    known = executor.loader.disk_migrations.keys()
    ours = {app for app, _ in known if apps.get_app_config(app).name.startswith("fanal.")}
    if any(seen[0] in ours and seen not in known for seen in executor.loader.applied_migrations):
        raise OtherMigrations
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _wait_for_turn(owner: psycopg.Connection, progress: Progress) -> None:
    free = owner.execute("SELECT pg_try_advisory_lock(%s)", [PREPARING]).fetchone()
    if free != (True,):
        progress("Une autre commande prépare la base : attente")
        owner.execute("SELECT pg_advisory_lock(%s)", [PREPARING])


def _add_extensions(owner: psycopg.Connection) -> None:
    known = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
    for extension in EXTENSIONS:
        if extension not in known:
            owner.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )


def seal_columns(progress: Progress) -> None:
    """What a migration left clear in a sealed column. Cut short, « fanal keys seal » ends it."""
    from fanal.ground.privacy.sealing.keys import KeysAbsent
    from fanal.ground.privacy.sealing.rotation import seal_what_is_clear

    progress("Colonnes scellées")
    try:
        seal_what_is_clear(using="owner")
    except KeysAbsent as refusal:
        progress(refusal.message)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0, interactive=False)

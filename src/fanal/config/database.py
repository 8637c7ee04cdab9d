"""A database ready to serve: found or started, migrated, filled with what the law and maps say."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from fanal.config.postgres import APPLICATION, OWNER, join_private_server
from fanal.config.postgres.roles import EXTENSIONS
from fanal.ground.errors import Refusal

# Told, in French, what begins.
Progress = Callable[[str], None]

APPLICATION_URL = "DATABASE_URL"
OWNER_URL = "DATABASE_OWNER_URL"
SETTINGS = "DJANGO_SETTINGS_MODULE"
# Any number, the same for every Fanal: one process at a time prepares a database.
PREPARING = 119_017


class HalfNamed(Refusal):
    message = (
        "DATABASE_URL et DATABASE_OWNER_URL vont ensemble : le rôle de l'application, "
        "et celui qui possède les tables et les migre."
    )


class BadAddress(Refusal):
    """What the environment holds is no address of a database."""


class Unreachable(Refusal):
    """The database named by the environment does not answer."""


class DangerousRole(Refusal):
    """The application's role could pass by row-level security."""


class ShortSightedOwner(Refusal):
    message = (
        "Le rôle de DATABASE_OWNER_URL obéit à la sécurité par ligne : les migrations et les "
        "contrôles ne verraient rien. Donnez-lui l'attribut BYPASSRLS, puis relancez."
    )


class InService(Refusal):
    message = (
        "Cette base contient des comptes réels : ce n'est pas une démonstration. "
        "Renseignez FANAL_SERVICE avec le nom du service qui répond, puis relancez."
    )


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two ways into one database. ``private``: on the server that Fanal starts itself."""

    application: str
    owner: str
    private: bool

    @property
    def application_role(self) -> str:
        return str(conninfo_to_dict(self.application).get("user", ""))

    @property
    def owner_role(self) -> str:
        return str(conninfo_to_dict(self.owner).get("user", ""))


@contextmanager
def reach_database(progress: Progress) -> Iterator[Addresses]:
    """
    The database that the environment names, else the private server, started if none runs.

    The two addresses are in the environment inside the block, for Django's settings to read: no
    module of Django's may be imported with settings before.

    Raises:
        HalfNamed: one address of the two is missing.
        BadAddress: one of them cannot be read.
        Unreachable: a database named by the environment does not answer.
    """
    application, owner = _named(APPLICATION_URL), _named(OWNER_URL)
    if application and owner:
        progress("Base de données")
        yield Addresses(application, owner, private=False)
        return
    if application or owner:
        raise HalfNamed
    progress("PostgreSQL")
    server = join_private_server()
    addresses = Addresses(server.url_for(APPLICATION), server.url_for(OWNER), private=True)
    os.environ |= {APPLICATION_URL: addresses.application, OWNER_URL: addresses.owner}
    try:
        yield addresses
    finally:
        for name in (APPLICATION_URL, OWNER_URL):
            os.environ.pop(name, None)
        server.stop()


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


def refuse_dangers(addresses: Addresses) -> None:
    """
    Raises:
        DangerousRole: serving with this role would void the second wall.
        ShortSightedOwner: the owner would not see what it must look at.
        Unreachable: the database does not answer.
    """
    with connected(addresses.owner) as owner:
        row = owner.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if not (row and row[0]):
        raise ShortSightedOwner
    if dangers := dangers_of_role(addresses):
        raise DangerousRole(
            f"Fanal ne démarre pas avec le rôle « {addresses.application_role} » : "
            f"{' ; '.join(dangers)}. La sécurité par ligne n'aurait pas d'effet."
        )


def dangers_of_role(addresses: Addresses) -> list[str]:
    """Say in French what the application's role could do that it must not; empty when safe."""
    with connected(addresses.application) as application:
        row = application.execute(
            """
            SELECT bool_or(rolsuper), bool_or(rolbypassrls), bool_or(rolname = %s)
            FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
            """,
            [addresses.owner_role],
        ).fetchone()
        owned = application.execute(
            """
            SELECT count(*) FROM pg_class
            WHERE relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(current_user, relowner, 'MEMBER')
              AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
              AND relnamespace::regnamespace::text !~ '^pg_(toast|temp)'
            """
        ).fetchone()
    superuser, bypasses, is_owner = row or (True, True, True)
    if superuser:
        # A superuser passes for a member of every role: the rest would say it again.
        return ["il est superutilisateur, ou peut le devenir"]
    dangers = []
    if bypasses:
        dangers.append("il contourne la sécurité par ligne, ou peut prendre un rôle qui le fait")
    if owned and owned[0]:
        dangers.append(f"il possède {owned[0]} table(s)")
    if is_owner:
        dangers.append("il est aussi le rôle des migrations, ou peut le prendre")
    return dangers


def settings_module() -> str:
    """An instance that names its service is in production; the others are the demonstration."""
    named = os.environ.get("FANAL_SERVICE", "").strip()
    return f"fanal.config.settings.{'production' if named else 'dev'}"


def set_up_django() -> None:
    import django

    os.environ.setdefault(SETTINGS, settings_module())
    django.setup()


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

    with connected(addresses.owner) as owner:
        _wait_for_turn(owner, progress)
        _add_extensions(owner)
        if waiting := pending_migrations():
            progress(f"Migration de la base ({len(waiting)} à appliquer)")
            _migrate()
            _seal(progress)
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
    """The names of the migrations that the database has not seen, in order."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def close_connections() -> None:
    """Close Django's connections and pools: an open pool would call a server that stopped."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """
    A connection outside Django, every statement its own transaction.

    Raises:
        Unreachable: the database does not answer.
    """
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        where = conninfo_to_dict(url)
        said = str(error).strip().splitlines()
        raise Unreachable(
            f"La base « {where.get('dbname', '')} » ne répond pas au rôle "
            f"« {where.get('user', '')} » : {said[-1] if said else 'aucune réponse'}"
        ) from None
    with connection:
        yield connection


def _named(variable: str) -> str:
    url = os.environ.get(variable, "").strip()
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise BadAddress(
            f"{variable} n'est pas une adresse PostgreSQL : écrivez "
            "postgresql://rôle:motdepasse@machine/base."
        ) from None
    return url


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


def _seal(progress: Progress) -> None:
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

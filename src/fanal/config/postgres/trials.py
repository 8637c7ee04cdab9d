"""A private server for the tests: other data, no waiting for the disk, copies of a template."""

import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from fanal.config.postgres.roles import APPLICATION, DATABASE, OWNER, TESTER
from fanal.config.postgres.server import PrivateServer, join_private_server

KEPT = ("postgres", "template0", "template1", DATABASE)
# A database so named is kept from a run to the next: making it takes longer than copying it.
TEMPLATE = "template_"
DEMONSTRATION = f"{TEMPLATE}demo_"
HALF_MADE = "_half_made"
TEMPLATES_KEPT = 2
CLEANER_PASSES_S = 20


@dataclass(frozen=True, slots=True)
class TrialServer:
    """A share in the server of the tests."""

    server: PrivateServer

    def url_for(self, database: str, role: str = APPLICATION) -> str:
        """
        The address of a database for the tests' login, which takes ``role`` at once.

        ``SET LOCAL ROLE fanal_owner`` inside a transaction gives a factory the owner's rights.
        """
        return self.server.url_for(TESTER, database=database, role=role)

    def login_url_for(self, database: str, login: str) -> str:
        """The address as the product has it: the role's own login and password."""
        return self.server.url_for(login, database=database)

    def has_database(self, name: str) -> bool:
        with self._as_owner() as owner:
            known = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return known.fetchone() is not None

    def create_database(self, name: str, *, template: str = "template1") -> None:
        """Make a database of the owner, a copy of ``template``, in the place of one so named."""
        with self._as_owner() as owner:
            _drop(owner, name)
            owner.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )

    def rename_database(self, name: str, new_name: str) -> None:
        with self._as_owner() as owner:
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(name), sql.Identifier(new_name)
                )
            )

    def drop_database(self, name: str) -> None:
        with self._as_owner() as owner:
            _drop(owner, name)

    def drop_leftovers(self) -> None:
        """Remove the databases of killed runs, and all templates but the newest of each sort."""
        with self._as_owner() as owner:
            names = [
                name
                for (name,) in owner.execute(
                    "SELECT datname FROM pg_database WHERE datname <> ALL(%s) ORDER BY oid DESC",
                    [list(KEPT)],
                )
            ]
            for name in set(names).difference(_kept(names)):
                _drop(owner, name)

    def stop(self) -> None:
        """Give the share back; the server stops with the last test process."""
        self.server.stop()

    def _as_owner(self) -> psycopg.Connection:
        return psycopg.connect(self.url_for("postgres", OWNER), autocommit=True)


def _kept(newest_first: list[str]) -> list[str]:
    """The newest templates, with and without the demonstration: each is slow to make."""
    made = [name for name in newest_first if not name.endswith(HALF_MADE)]
    played = [name for name in made if name.startswith(DEMONSTRATION)]
    bare = [name for name in made if name.startswith(TEMPLATE) and name not in played]
    return bare[:TEMPLATES_KEPT] + played[:TEMPLATES_KEPT]


def start_for_tests(*, state: Path | None = None) -> TrialServer:
    """Start the tests' server, or join it: each process of a parallel run calls this."""
    server = join_private_server(
        disposable=True,
        state=state,
        when_started=lambda started: TrialServer(started).drop_leftovers(),
    )
    return TrialServer(server)


def _drop(owner: psycopg.Connection, name: str) -> None:
    """
    Remove a database, whoever is still in it.

    The server's own cleaner (autovacuum) may pass there, and only the server's master may send
    it away: it is waited for.
    """
    command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    end = time.monotonic() + CLEANER_PASSES_S
    while True:
        try:
            owner.execute(command)
            return
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)

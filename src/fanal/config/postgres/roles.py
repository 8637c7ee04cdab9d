"""The roles of the private server: one owns, one serves, one tests."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from fanal.config.postgres.cluster import SUPERUSER, new_password

DATABASE = "fanal"
OWNER = "fanal_owner"
APPLICATION = "fanal_app"
TESTER = "fanal_test"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")

# The application's role owns nothing and obeys row-level security: the second wall.
ROLES = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE BYPASSRLS",
    APPLICATION: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
}
# Tests log in once and take either role: NOINHERIT gives them neither unasked.
TESTER_RIGHTS = "LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of one private server, made on this machine and kept beside its data."""

    superuser: str
    owner: str
    application: str
    tester: str

    def of(self, role: str) -> str:
        return {
            SUPERUSER: self.superuser,
            OWNER: self.owner,
            APPLICATION: self.application,
            TESTER: self.tester,
        }[role]


def kept_passwords(path: Path) -> Passwords | None:
    """The passwords kept in this file, or ``None`` when it is absent or spoilt."""
    try:
        return Passwords(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def new_passwords() -> Passwords:
    return Passwords(*(new_password() for _ in range(4)))


def keep_passwords(path: Path, passwords: Passwords) -> None:
    """Keep them in a file that its owner alone can read."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as kept:
        json.dump(asdict(passwords), kept)
    draft.replace(path)


def address(
    socket_folder: Path, passwords: Passwords, *, database: str, login: str, role: str = ""
) -> str:
    """The ``postgresql://`` address of a database for a login that takes ``role`` at once."""
    host = quote(str(socket_folder), safe="")
    url = f"postgresql://{login}:{passwords.of(login)}@/{database}?host={host}"
    return f"{url}&options={quote(f'-c role={role}', safe='')}" if role else url


def set_up_roles(socket_folder: Path, passwords: Passwords, *, with_tester: bool) -> None:
    """Make the roles, the extensions and the database; harmless when they are there."""
    rights = ROLES | ({TESTER: TESTER_RIGHTS} if with_tester else {})

    def superuser(database: str) -> psycopg.Connection:
        url = address(socket_folder, passwords, database=database, login=SUPERUSER)
        return psycopg.connect(url, autocommit=True)

    # Every new database is a copy of template1: it has the extensions from birth.
    with superuser("template1") as template:
        for extension in EXTENSIONS:
            template.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )
    with superuser("postgres") as server:
        for role, allowed in rights.items():
            _set_up_role(server, role, allowed, passwords.of(role))
        if with_tester:
            server.execute(
                sql.SQL("GRANT {}, {} TO {}").format(
                    *(sql.Identifier(role) for role in (APPLICATION, OWNER, TESTER))
                )
            )
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _set_up_role(server: psycopg.Connection, role: str, allowed: str, password: str) -> None:
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    server.execute(
        sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role),
            sql.SQL(allowed),
            sql.Literal(password),
        )
    )

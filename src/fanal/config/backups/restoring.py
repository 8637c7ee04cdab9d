"""Read a backup again: beside the database, compared with its manifest, then in its place."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fanal.config.backups.keys import Secret
from fanal.config.backups.making import LENGTH_BYTES
from fanal.config.backups.manifest import Manifest, differences, look_at_tables, table_names
from fanal.config.backups.programs import program, running
from fanal.config.backups.sealing import Altered, open_sealed
from fanal.config.database import Addresses, Unreachable, connected
from fanal.ground.errors import Refusal

Progress = Callable[[str], None]

VERIFYING, RESTORING, REPLACED = "_verifying", "_restoring", "_replaced"
MAINTENANCE = ("postgres", "template1")


class NotEmpty(Refusal):
    """Something stands where the backup would go, and nobody said to replace it."""


class InUse(Refusal):
    message = (
        "La base est en service : arrêtez Fanal et ce qui s'y connecte, puis relancez. "
        "Rien n'a été changé."
    )


class NotRestored(Refusal):
    """What came out is not what went in."""


class CannotCreate(Refusal):
    message = (
        "Le rôle de DATABASE_OWNER_URL ne peut pas créer de base : donnez-lui CREATEDB et la "
        "propriété de la base, puis relancez. Rien n'a été changé."
    )


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    secret: Secret

    def manifest(self) -> Manifest:
        """
        The manifest, once the whole file is authenticated.

        Raises:
            NotABackup, OtherKind, WrongKey, Altered: see ``open_sealed``.
        """
        found: Manifest | None = None
        with closing(self._content()) as content:
            for piece in content:
                found = found or (piece if isinstance(piece, Manifest) else None)
        if found is None:
            raise Altered
        return found

    def dump(self) -> Generator[bytes]:
        with closing(self._content()) as content:
            for piece in content:
                if isinstance(piece, bytes):
                    yield piece

    def _content(self) -> Generator[Manifest | bytes]:
        waiting, known = b"", False
        with closing(open_sealed(self.path, self.secret)) as chunks:
            for chunk in chunks:
                if known:
                    yield chunk
                    continue
                waiting += chunk
                end = LENGTH_BYTES + int.from_bytes(waiting[:LENGTH_BYTES], "big")
                if len(waiting) >= max(end, LENGTH_BYTES):
                    known = True
                    yield Manifest.read(waiting[LENGTH_BYTES:end])
                    yield waiting[end:]


def verify_backup(*, backup: Backup, addresses: Addresses, progress: Progress) -> Manifest:
    """
    Restore into a database of its own, compare every row with the manifest, drop it.

    Raises:
        NotRestored: a table is not what the manifest says.
    """
    progress("Lecture de la sauvegarde")
    manifest = backup.manifest()
    with _scratch(addresses, VERIFYING) as url:
        _fill(url, backup, manifest, progress)
    return manifest


def restore_backup(
    *,
    backup: Backup,
    addresses: Addresses,
    replace: bool,
    finish: Callable[[Addresses], None],
    progress: Progress,
) -> Manifest:
    """
    Restore beside, compare, finish, then take the place of the database in one transaction.

    Args:
        finish: called with the addresses of the database beside: migrations, rights, erasures
            that the backup does not know. If it fails, nothing has changed.

    Raises:
        NotEmpty: the database holds tables and ``replace`` was not said.
        InUse: somebody is connected to it.
    """
    progress("Lecture de la sauvegarde")
    manifest = backup.manifest()
    if not replace:
        refuse_full(addresses)
    name = _database(addresses.owner)
    refuse_used(addresses)
    with _scratch(addresses, RESTORING) as url:
        _fill(url, backup, manifest, progress)
        finish(
            Addresses(
                application=_at(addresses.application, f"{name}{RESTORING}"),
                owner=url,
                private=addresses.private,
            )
        )
        progress("Mise en place")
        _swap(addresses.owner, name)
    return manifest


def refuse_full(addresses: Addresses) -> None:
    with connected(addresses.owner) as owner:
        count = len(table_names(owner))
    if count:
        raise NotEmpty(
            f"La base « {_database(addresses.owner)} » contient {count} tables. Pour la remplacer "
            "par la sauvegarde, ajoutez --replace. Rien n'a été changé."
        )


def refuse_used(addresses: Addresses) -> None:
    with _maintenance(addresses.owner) as server:
        row = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s",
            [_database(addresses.owner)],
        ).fetchone()
    if row and row[0]:
        raise InUse


def _fill(url: str, backup: Backup, manifest: Manifest, progress: Progress) -> None:
    progress("Restauration à côté")
    command: list[str | Path] = [
        program("pg_restore", server=_server(url)),
        *("--exit-on-error", "--single-transaction"),
        *("--no-owner", "--no-privileges", "--no-comments"),
    ]
    with running(command, url, feed=True) as entry:
        for data in backup.dump():
            entry.write(data)
    progress("Comparaison ligne à ligne")
    with connected(url) as restored:
        wrong = differences(manifest.tables, look_at_tables(restored))
    if wrong:
        raise NotRestored(f"La restauration diffère de la sauvegarde : {' ; '.join(wrong[:5])}.")


def _server(url: str) -> int:
    with connected(url) as connection:
        return connection.info.server_version // 10_000


@contextmanager
def _scratch(addresses: Addresses, suffix: str) -> Iterator[str]:
    """
    A database beside, empty, dropped at the end unless it has taken another name.

    Its name is always the same: what a killed command left goes away here.
    """
    name = f"{_database(addresses.owner)}{suffix}"
    with _maintenance(addresses.owner) as server:
        try:
            server.execute(_drop(name))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise CannotCreate from None
        except psycopg.errors.ObjectInUse:
            raise InUse from None
    try:
        yield _at(addresses.owner, name)
    finally:
        with _maintenance(addresses.owner) as server:
            server.execute(_drop(name))


def _swap(owner_url: str, name: str) -> None:
    """Both names change in one transaction: there is always one database of that name."""
    with _maintenance(owner_url) as server:
        server.execute(_drop(f"{name}{REPLACED}"))
        try:
            with server.transaction():
                server.execute(_rename(name, f"{name}{REPLACED}"))
                server.execute(_rename(f"{name}{RESTORING}", name))
        except psycopg.errors.ObjectInUse:
            raise InUse from None
        except psycopg.errors.InsufficientPrivilege:
            raise CannotCreate from None
        server.execute(_drop(f"{name}{REPLACED}"))


@contextmanager
def _maintenance(owner_url: str) -> Iterator[psycopg.Connection]:
    """A connection to another database of the server: none is renamed from inside."""
    for name in MAINTENANCE:
        try:
            with connected(_at(owner_url, name)) as server:
                yield server
                return
        except Unreachable:
            if name == MAINTENANCE[-1]:
                raise


def _rename(name: str, new_name: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
        sql.Identifier(name), sql.Identifier(new_name)
    )


def _drop(name: str) -> sql.Composed:
    """Never by force: it stumbles on the server's own cleaners, for which a plain drop waits."""
    return sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))


def _database(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname", ""))


def _at(url: str, database: str) -> str:
    return make_conninfo(url, dbname=database)

"""Make a backup: one moment of the database, in one sealed file, whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from fanal.config.backups.keys import Secret
from fanal.config.backups.manifest import EMPTIED, Manifest, look_at_tables
from fanal.config.backups.programs import program, running
from fanal.config.backups.sealing import CHUNK, SealedWriter
from fanal.config.database import connected
from fanal.ground.errors import Refusal

LENGTH_BYTES = 8
SUFFIX = ".fanal"


class AlreadyThere(Refusal):
    """A file of that name exists; a backup never takes the place of another."""


class NotWritten(Refusal):
    """The folder refuses the file, or the disk is full."""


def make_backup(
    *,
    owner_url: str,
    path: Path,
    secret: Secret,
    progress: Callable[[str], None] = lambda _label: None,
) -> Manifest:
    """
    Write the backup beside its place, then give it its name.

    The rows that the manifest counts and those that pg_dump writes are of the same snapshot,
    whatever is written meanwhile.

    Raises:
        AlreadyThere: the name is taken.
        NotWritten: there is no room, or no right to write there.
        ProgramFailed: pg_dump stopped.
    """
    if path.exists():
        raise AlreadyThere(f"Le fichier {path} existe déjà : choisissez un autre nom.")
    with _beside(path) as draft, connected(owner_url) as owner, owner.transaction():
        owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _snapshot(owner)
        progress("Empreinte des tables")
        manifest = Manifest(
            made_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
            server=owner.info.server_version // 10_000,
            tables=look_at_tables(owner),
        )
        progress("Copie et scellement")
        with os.fdopen(draft, "wb", closefd=False) as file:
            sealed = SealedWriter(file, secret)
            written = manifest.written()
            sealed.write(len(written).to_bytes(LENGTH_BYTES, "big") + written)
            _dump(owner_url, manifest.server, snapshot, sealed)
            sealed.close()
    return manifest


def _snapshot(owner: psycopg.Connection) -> str:
    row = owner.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None  # noqa: S101  (for the type checker)
    return str(row[0])


def _dump(url: str, server: int, snapshot: str, sealed: SealedWriter) -> None:
    command: list[str | Path] = [
        program("pg_dump", server=server),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        f"--snapshot={snapshot}",
        *(f"--exclude-table-data=public.{table}" for table in EMPTIED),
    ]
    with running(command, url, feed=False) as output:
        while data := output.read(CHUNK):
            sealed.write(data)


@contextmanager
def _beside(path: Path) -> Iterator[int]:
    """A file of another name, its owner's alone, that takes its name only when it is whole."""
    draft = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                yield descriptor
                os.fsync(descriptor)
                draft.rename(path)
            finally:
                os.close(descriptor)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(f"Impossible d'écrire {path} : {error.strerror}.") from None

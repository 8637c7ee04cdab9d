"""
The release ledger: all that was ever published, in order, and nothing that was not.

One JSON line per release, each holding the digest of the line before: a line changed, moved or
taken away in the middle is seen when the ledger is next read. The digest of the last line is
printed in each release, so that a ledger cut short is seen by whoever holds a release.

A line is added by writing the whole ledger anew beside itself, then taking its place: whatever
stops the machine leaves the old ledger or the new one. One writer at a time holds the lock.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

FILE, LOCK, SECRET = "releases.jsonl", "lock", "secret"
SECRET_BYTES = 32
START = "0" * 64


class Tampered(ValueError):
    """The ledger is not as it was written; French message."""


class Busy(ValueError):
    """Somebody else is writing; French message."""


class Ledger:
    """A folder: the ledger, its lock, and the secret that keyed rounding and cell keys need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    @contextmanager
    def writing(self) -> Iterator[None]:
        """
        Hold the ledger from the check of a release to its line.

        Raises:
            Busy: another release is being made.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("Une autre publication est en cours sur ce registre.") from None
            yield

    def entries(self) -> list[dict[str, Any]]:
        """
        Every release, oldest first.

        Raises:
            Tampered: a line was changed, moved, added or taken away.
        """
        if not self.path.exists():
            return []
        found, before = [], START
        for number, line in enumerate(self.path.read_bytes().splitlines(), start=1):
            entry = _read(line, number)
            stated = entry.pop("digest", None)
            if entry.get("previous") != before or stated != _digest(entry):
                raise Tampered(_changed(number))
            before = stated
            found.append({**entry, "digest": stated})
        return found

    @property
    def head(self) -> str:
        """The digest of the last release."""
        entries = self.entries()
        return str(entries[-1]["digest"]) if entries else START

    def append(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Add a release; inside ``writing``. Returns the line, with its digest."""
        made = {**entry, "previous": self.head}
        made["digest"] = _digest(made)
        before = self.path.read_bytes() if self.path.exists() else b""
        self._replace(before + _line(made) + b"\n")
        return made

    def withdraw_last(self, digest: str) -> None:
        """Take back a line whose release never went out; inside ``writing``."""
        if self.head == digest:
            self._replace(b"".join(self.path.read_bytes().splitlines(keepends=True)[:-1]))

    def secret(self) -> bytes:
        """The secret of this ledger, made at the first use; inside ``writing``."""
        path = self.folder / SECRET
        if not path.exists():
            _write_whole(path, secrets.token_bytes(SECRET_BYTES).hex().encode(), mode=0o600)
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(found) != SECRET_BYTES:
            raise Tampered("Le secret du registre n'a pas la bonne longueur : restaurez-le.")
        return found

    def _replace(self, content: bytes) -> None:
        _write_whole(self.path, content, mode=0o640)


def _write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Write beside, flush to the disk, take the place."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _read(line: bytes, number: int) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        raise Tampered(_changed(number)) from None
    if not isinstance(entry, dict):
        raise Tampered(_changed(number))
    return entry


def _line(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _digest(entry: Mapping[str, Any]) -> str:
    return sha256(_line(entry)).hexdigest()


def _changed(number: int) -> str:
    return (
        f"Le registre des publications a été modifié (ligne {number}) : rien ne peut être vérifié "
        "avec lui. Restaurez-le d'une sauvegarde."
    )

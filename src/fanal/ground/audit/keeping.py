"""Seals and heads kept out of the database: what it lost, or was made to say, is compared there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings

from fanal.ground.errors import Refusal


class UnreadableFolder(Refusal):
    """The folder of the kept seals cannot be read."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come, and its last link."""

    chain: str
    position: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Seal:
    """One day's seal, as it was kept."""

    number: int
    document: str
    root: bytes
    stamp: bytes | None


class Keeper(Protocol):
    def keep_seal(self, seal: Seal) -> None:
        """Keep it, unless one of its number is kept already."""

    def keep_heads(self, heads: list[Head], *, at: datetime) -> None:
        """Add them to those of the day."""


@dataclass(frozen=True, slots=True)
class NullKeeper:
    """Nothing is kept elsewhere: a cut tail would not be seen."""

    def keep_seal(self, seal: Seal) -> None:
        pass

    def keep_heads(self, heads: list[Head], *, at: datetime) -> None:
        pass


@dataclass(frozen=True, slots=True)
class FolderKeeper:
    """A folder, best of another machine and written once."""

    folder: Path

    def keep_seal(self, seal: Seal) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {
            "number": seal.number,
            "document": seal.document,
            "root": seal.root.hex(),
            "stamp": seal.stamp.hex() if seal.stamp else None,
        }
        path = self.folder / f"seal-{seal.number:06d}.json"
        # What was kept once is never written over, whatever the database says since.
        if path.exists():
            return
        half = path.with_suffix(".half")
        with half.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)

    def keep_heads(self, heads: list[Head], *, at: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (
            json.dumps({"chain": one.chain, "position": one.position, "digest": one.digest.hex()})
            for one in heads
        )
        with (self.folder / f"heads-{at:%Y-%m-%d}.jsonl").open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))


def keeper(journal: UUID) -> Keeper:
    """The one that the settings name; each journal has its own place there."""
    return (
        FolderKeeper(Path(settings.FANAL_SEALS, str(journal)))
        if settings.FANAL_SEALS
        else NullKeeper()
    )


def folder_of(journal: UUID, *, named: Path | None, usual: str) -> Path | None:
    """
    Where this journal is kept: what was named, or its place in the usual folder, if any.

    A usual folder that knows other journals and not this one answers with the place where this
    one should be: its absence is then said.
    """
    if named is not None:
        own = named / str(journal)
        return own if own.is_dir() else named
    folder = Path(usual) if usual else None
    return folder / str(journal) if folder and folder.is_dir() and any(folder.iterdir()) else None


def kept_seals(folder: Path) -> list[Seal]:
    """
    Raises:
        UnreadableFolder: there is no such folder, or a file of it was spoilt.
    """
    if not folder.is_dir():
        raise UnreadableFolder(f"Le dossier des scellés {folder} n'existe pas.")
    return [_seal(path) for path in sorted(folder.glob("seal-*.json"))]


def kept_heads(folder: Path) -> Iterator[Head]:
    """
    Raises:
        UnreadableFolder: a file of it was spoilt.
    """
    for path in sorted(folder.glob("heads-*.jsonl")):
        lines = path.read_text(encoding="utf-8").split("\n")
        # A worker killed while it wrote leaves a last line without its end.
        for line in lines[:-1]:
            try:
                found = json.loads(line)
                yield Head(found["chain"], found["position"], bytes.fromhex(found["digest"]))
            except (ValueError, KeyError, TypeError):
                raise UnreadableFolder(f"Le fichier {path.name} a été abîmé.") from None


def _seal(path: Path) -> Seal:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Seal(
            number=int(found["number"]),
            document=str(found["document"]),
            root=bytes.fromhex(found["root"]),
            stamp=bytes.fromhex(found["stamp"]) if found["stamp"] else None,
        )
    except (ValueError, KeyError, TypeError):
        raise UnreadableFolder(f"Le fichier {path.name} a été abîmé.") from None

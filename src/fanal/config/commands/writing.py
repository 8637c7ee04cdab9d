"""A file is written whole, or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

FORBIDDEN = "ce n'est pas permis"
WHY = {
    errno.ENOENT: "le dossier n'existe pas",
    errno.ENOTDIR: "le dossier n'existe pas",
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: FORBIDDEN,
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "le nom est trop long",
}


def require_folder(path: Path) -> None:
    """Say before a long calculation that what it finds could not be written there."""
    if not path.parent.is_dir():
        raise _not_written(path, errno.ENOENT)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _not_written(path, errno.EACCES)


def write_whole(path: Path, text: str) -> None:
    """Write beside the file, then put it in its place: an interruption leaves what was there."""
    with whole_file(path, mode=0o644) as file:
        file.write(text.encode("utf-8"))


@contextlib.contextmanager
def whole_file(path: Path, *, mode: int = 0o600) -> Iterator[IO[bytes]]:
    """The same, for who writes bytes."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(beside).chmod(mode)
            Path(beside).replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(beside).unlink()
    except OSError as error:
        raise _not_written(path, error.errno) from None


def _not_written(path: Path, number: int | None) -> click.ClickException:
    why = WHY.get(number or 0, "le système le refuse")
    return click.ClickException(f"{path} ne s'écrit pas : {why}.")

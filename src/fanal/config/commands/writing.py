"""A file is written whole, or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click


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
        raise click.ClickException(f"{path} ne s'écrit pas : {error.strerror}.") from None

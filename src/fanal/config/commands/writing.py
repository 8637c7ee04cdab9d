"""A file is written whole, or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

import click


def write_whole(path: Path, text: str) -> None:
    """Write beside the file, then put it in its place: an interruption leaves what was there."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(beside).unlink()
    except OSError as error:
        raise click.ClickException(f"{path} ne s'écrit pas : {error.strerror}.") from None

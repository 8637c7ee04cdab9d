"""pg_dump and pg_restore, of the server's own version, with no password on a command line."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from fanal.config.postgres.account import ENVIRONMENT, Account
from fanal.config.postgres.binaries import find_binaries
from fanal.ground.errors import Refusal


class ProgramFailed(Refusal):
    """pg_dump or pg_restore came to no good end."""


def program(name: str, *, server: int) -> Path:
    return find_binaries(account=Account(), version=str(server)) / name


@contextmanager
def running(command: list[str | Path], url: str, *, feed: bool) -> Iterator[IO[bytes]]:
    """
    A program on the database of this address: its input to ``feed``, else its output to read.

    Raises:
        ProgramFailed: it did not end well; its first error is in the message, never a row.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*(str(word) for word in command), f"--dbname={_without_password(url)}"],
            env=_environment(url),
            stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if feed else subprocess.PIPE,
            stderr=said,
        )
        pipe = process.stdin if feed else process.stdout
        assert pipe is not None  # noqa: S101  (for the type checker)
        try:
            yield pipe
            pipe.close()
            code = process.wait()
        except BrokenPipeError:
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        if code != 0:
            said.seek(0)
            raise ProgramFailed(f"{Path(command[0]).name} s'est arrêté : {_first_error(said)}")


def _first_error(said: IO[bytes]) -> str:
    for line in said.read().decode(errors="replace").splitlines():
        if "error:" in line:
            return line.split("error:", 1)[1].strip()[:300]
    return "aucune explication"


def _without_password(url: str) -> str:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    parts.pop("password", None)
    return make_conninfo("", **parts)


def _environment(url: str) -> dict[str, str]:
    password = conninfo_to_dict(url).get("password")
    kept = {name: os.environ[name] for name in ("HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return ENVIRONMENT | kept | ({"PGPASSWORD": str(password)} if password else {})

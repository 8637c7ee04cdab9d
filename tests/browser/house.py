"""A served house: a database of its own, the product's server on a free port, and its addresses."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deadlines import deadline
from fanal.config.database import APPLICATION_URL, OWNER_URL, SETTINGS
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer

HERE = Path(__file__).parent
CLOSING_SECONDS = 20.0
NO_PORT = 1


@dataclass(frozen=True, slots=True)
class Door:
    """An address that a browser may visit, and who gets in there."""

    route: str
    address: str
    account: str
    kind: str
    body: str = ""
    template: str = ""
    page: str = ""
    signature: str = ""
    faults: Sequence[str] = ()
    rank: int = 0

    @property
    def is_screen(self) -> bool:
        return self.kind == "screen"


def environment(
    server: TrialServer,
    *,
    database: str,
    state: Path,
    more: dict[str, str] | None = None,
    port: int = NO_PORT,
) -> dict[str, str]:
    """What the product reads: the roles' own logins, and the settings of the demonstration."""
    # The tests' own modules, before those that whoever runs them named.
    path = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    told = {
        "PYTHONPATH": path,
        SETTINGS: "fanal.config.settings.dev",
        APPLICATION_URL: server.login_url_for(database, APPLICATION),
        OWNER_URL: server.login_url_for(database, OWNER),
        "FANAL_STATE": str(state),
        "FANAL_SERVICE": "",
        # The quick exit leads to a page of this machine: nothing leaves it.
        "FANAL_EXIT_URL": f"http://127.0.0.1:{port}/healthz",
        # What a person changed is looked at by another a moment later.
        "FANAL_SHARED_SECONDS": "0",
    }
    return os.environ | told | (more or {})


def run(
    script: str,
    *words: object,
    server: TrialServer,
    database: str,
    state: Path,
    more: dict[str, str] | None = None,
) -> None:
    """Run a script of this folder on a database, as the product would reach it."""
    done = subprocess.run(
        [sys.executable, HERE / script, *map(str, words)],
        env=environment(server, database=database, state=state, more=more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def doors_in(found: Path) -> dict[str, Door]:
    told = json.loads(found.read_text(encoding="utf-8"))
    return {one["route"]: Door(**one) for one in told}


@contextmanager
def served(
    server: TrialServer, *, database: str, state: Path, more: dict[str, str] | None = None
) -> Iterator[str]:
    """Serve until the end of the block, and stop by its own number."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, HERE / "serve.py", str(port)],
        env=environment(server, database=database, state=state, more=more, port=port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        # It says this one line, or ends: it has its own deadline for the first answer.
        if not process.stdout.readline():
            raise AssertionError(f"le serveur ne s'est pas ouvert : {process.communicate()[1]}")
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=deadline(CLOSING_SECONDS))


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port

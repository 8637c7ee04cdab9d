"""``fanal up`` in the clean environment, on a free port, from nothing to a served page and back."""

import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inside import Proof, clean

OPENING_SECONDS, CLOSING_SECONDS = 600, 30
STEP = re.compile(r"^(.*) … (.*) s$", re.M)


class Site:
    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._process, self._log = process, log

    def prove_opened(self) -> list[Proof]:
        """Waits until it says where it serves."""
        since, opened = time.monotonic(), False
        while time.monotonic() < since + OPENING_SECONDS and self._process.poll() is None:
            if opened := self.address in self._said():
                break
            time.sleep(0.05)
        steps = STEP.findall(self._said())
        faults = [] if opened else self._said().splitlines()[-20:] or ["rien n'est dit"]
        return [Proof("étapes de « fanal up », jusqu'à la page servie", len(steps), faults)]

    def prove_alive(self) -> list[Proof]:
        """No half of the service has ended, and none has complained."""
        said = [
            line for line in self._said().splitlines() if "Traceback" in line or "Error" in line
        ]
        if self._process.poll() is not None:
            said.append(f"« fanal up » s'est arrêté : {self._process.returncode}")
        return [Proof("plaintes du serveur et du traitement des tâches", len(said), said)]

    def prove_stopped(self) -> list[Proof]:
        code = self._process.returncode
        faults = (
            [] if code == 0 else [f"« fanal up » finit par {code}", *self._said().splitlines()[-5:]]
        )
        return [Proof("arrêt demandé, rendu sans faute", 1, faults)]

    def _said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(python: Path, state: Path) -> Iterator[Site]:
    port = free_port()
    with tempfile.NamedTemporaryFile(prefix="fanal-core-", suffix=".log") as log:
        process = subprocess.Popen(
            [python.with_name("fanal"), "up", "--port", str(port)],
            env=clean(state),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A Ctrl-C typed here is for us, who then stop it.
            start_new_session=True,
        )
        site = Site(port, process, Path(log.name))
        try:
            yield site
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(CLOSING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])

"""The product's server in a process group of its own, killed whole and started again."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from fanal.config.serving import WEB_PROCESSES, refuse_taken_port
from walls.crashes.forking import GONE, READY

HOST = "127.0.0.1"
DEADLINE = 60.0
# Granian's own, and those that answer.
PROCESSES = 1 + WEB_PROCESSES


class Server:
    """One server at a time, on one port."""

    def __init__(self, forker: subprocess.Popen[str]) -> None:
        self._forker = forker
        self.port = _free_port()
        self.group = 0
        self._hear(READY)

    def start(self) -> None:
        """Return once a first page was answered and each process is there."""
        assert self._forker.stdin
        self._forker.stdin.write(f"{self.port}\n")
        self._forker.stdin.flush()
        self.group = int(self._hear())
        end = time.monotonic() + DEADLINE
        while not (self._answers() and len(_members(self.group)) == PROCESSES):
            assert time.monotonic() < end, "the server does not open"
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL to every process of the group; return once none is left and the port is free."""
        os.killpg(self.group, signal.SIGKILL)
        self._hear(GONE)
        self.group = 0
        refuse_taken_port(host=HOST, port=self.port)

    def end(self) -> None:
        if self.group:
            self.kill()

    def _answers(self) -> bool:
        connection = HTTPConnection(HOST, self.port, timeout=DEADLINE)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _hear(self, wanted: str = "") -> str:
        assert self._forker.stdout
        heard = _line(self._forker.stdout)
        assert heard, "the program that forks ended"
        assert wanted in ("", heard), heard
        return heard


@contextmanager
def servers(environment: Mapping[str, str], *, log: Path) -> Iterator[Server]:
    """Ready to start; whatever happens inside, nothing runs after."""
    program = [sys.executable, str(Path(__file__).with_name("forking.py"))]
    with log.open("w", encoding="utf-8") as errors:
        forker = subprocess.Popen(
            [sys.executable, "-m", "fanal.config.bound", str(os.getpid()), *program],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        server = None
        try:
            server = Server(forker)
            yield server
        finally:
            with suppress(AssertionError, ProcessLookupError):
                server and server.end()
            forker.kill()
            forker.communicate()


def _members(group: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, its_group = folder.joinpath("stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(int(folder.name))
    return found


def _line(said: IO[str]) -> str:
    # Unbuffered on the other side, and one line at a time: what waits is seen by ``select``.
    ready, _, _ = select.select([said], [], [], DEADLINE)
    assert ready, "the program that forks is silent"
    return said.readline().strip()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        port: int = trial.getsockname()[1]
    return port

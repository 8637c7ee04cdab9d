"""Serve: the web server and the worker of the queue, started together and stopped together."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from fanal.config.database import OWNER_URL
from fanal.ground.errors import Refusal

APPLICATION = "fanal.config.asgi:application"
WEB_PROCESSES = 2
# Pages open at once on one process: a conversation holds its stream for as long as it lasts.
STREAMS_PER_PROCESS = 8_000
OPENING_SECONDS = 60.0
# Granian and the worker end what they have begun; past this they are killed.
CLOSING_SECONDS = 10.0
# A request that runs when the service stops has this long to end; a process of the web server
# that is told to stop while it starts does not hear it, and takes as long.
REQUEST_SECONDS = 3
# From this HTTP status on, the answer is the server's own failure.
FAILED = 500
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (read, never bound here)


class PortTaken(Refusal):
    """Another program listens where Fanal should."""


class PortRefused(Refusal):
    """The system does not let us listen there."""


class Ended(Refusal):
    """One of the two programs ended by itself: half a service is not served."""


@dataclass(frozen=True, slots=True)
class Part:
    """A program of the service, in a process group of its own."""

    name: str
    process: subprocess.Popen[bytes]


def refuse_taken_port(*, host: str, port: int) -> None:
    """
    Raises:
        PortTaken: better said before the database is started than after.
        PortRefused: the address is not this machine's, or the port is reserved.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        # As the server will: a connection that just closed must not hold the port.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if isinstance(error, PermissionError) or error.errno != errno.EADDRINUSE:
                raise PortRefused(
                    f"Impossible d'écouter sur {host}:{port}. "
                    "Choisissez une autre adresse : fanal up --host 127.0.0.1 --port 8000"
                ) from None
            raise PortTaken(
                f"Le port {port} est déjà pris par un autre programme. "
                f"Arrêtez-le, ou choisissez un autre port : fanal up --port {port + 1}"
            ) from None


def serve(*, host: str, port: int, opened: Callable[[], None]) -> None:
    """
    Serve until interrupted, then stop all that was started here.

    Args:
        opened: called once, when a first page was answered.

    Raises:
        Ended: a program ended by itself, or never answered.
    """
    parts: list[Part] = []
    web, *others = _programs(host=host, port=port).items()
    try:
        parts.append(_start(*web))
        _wait_for_first_answer(parts, host=EVERYWHERE.get(host, host), port=port)
        # After the first page, which they would make wait for the processor.
        parts.extend(_start(*other) for other in others)
        opened()
        _wait_for_an_end(parts)
    finally:
        _stop(parts)


def web_command(*, host: str, port: int) -> list[str]:
    """The web server's program, to be run as a module, and its arguments."""
    return [
        # No access log: who comes to the helpline, and when, is written nowhere.
        *("granian", "--interface", "asgi", "--no-ws", "--no-access-log", "--log-level", "warning"),
        *("--workers", str(WEB_PROCESSES), "--backpressure", str(STREAMS_PER_PROCESS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(REQUEST_SECONDS)),
        *("--host", host, "--port", str(port), APPLICATION),
    ]


def _programs(*, host: str, port: int) -> dict[str, list[str]]:
    return {
        "Le serveur web": web_command(host=host, port=port),
        "Le traitement des tâches": ["fanal.config.worker"],
        **_key_agent(),
    }


def _key_agent() -> dict[str, list[str]]:
    """The process that custodians open, when this instance has its keys kept so."""
    from django.conf import settings

    if settings.FANAL_KEY_KEEPER != "agent":
        return {}
    told = [str(settings.FANAL_KEY_SOCKET), str(settings.FANAL_KEYRING)]
    return {"L'agent de clés": ["fanal.config.key_agent", *told]}


def _start(name: str, arguments: list[str]) -> Part:
    # Serving needs the application's role alone: the owner's address stays here.
    environment = {key: value for key, value in os.environ.items() if key != OWNER_URL}
    command = [sys.executable, "-m", "fanal.config.bound", str(os.getpid())]
    process = subprocess.Popen(
        [*command, sys.executable, "-m", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        # Ctrl-C reaches this process alone, which then stops the others in order.
        process_group=0,
    )
    return Part(name, process)


def _stop(parts: list[Part]) -> None:
    for part in parts:
        _signal(part, signal.SIGTERM)
    end = time.monotonic() + CLOSING_SECONDS
    for part in parts:
        with suppress(subprocess.TimeoutExpired):
            part.process.wait(timeout=max(0.0, end - time.monotonic()))
        # What is left of the group, whether its leader ended or not.
        _signal(part, signal.SIGKILL)
        part.process.wait()


def _signal(part: Part, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(part.process.pid, number)


def _wait_for_first_answer(parts: list[Part], *, host: str, port: int) -> None:
    end = time.monotonic() + OPENING_SECONDS
    status = None
    while time.monotonic() < end:
        _refuse_ended(parts)
        status = _answer(host=host, port=port)
        if status is not None and status < FAILED:
            return
        time.sleep(0.05)
    said = "ne répond pas" if status is None else f"répond par une erreur {status}"
    raise Ended(f"Fanal {said} sur {host}:{port} : arrêt.")


def _answer(*, host: str, port: int) -> int | None:
    connection = HTTPConnection(host, port, timeout=OPENING_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _wait_for_an_end(parts: list[Part]) -> None:
    while True:
        _refuse_ended(parts)
        time.sleep(0.2)


def _refuse_ended(parts: list[Part]) -> None:
    for part in parts:
        if part.process.poll() is not None:
            raise Ended(f"{part.name} s'est arrêté de lui-même : Fanal s'arrête aussi.")

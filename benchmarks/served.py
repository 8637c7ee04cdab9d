"""The demonstration, served by its own web server for as long as a measure lasts."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import django
import psutil
import psycopg

OPENING_SECONDS = 60.0


@contextmanager
def demonstration() -> Iterator[str]:
    """A database of this run, filled; the cookie of somebody who has signed in there."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.dev"
    from fanal.config.postgres.roles import APPLICATION, OWNER
    from fanal.config.postgres.trials import start_for_tests

    server = start_for_tests()
    name = f"bench_{os.getpid()}"
    server.create_database(name)
    try:
        with tempfile.TemporaryDirectory() as state:
            os.environ["FANAL_STATE"] = state
            os.environ["DATABASE_URL"] = server.login_url_for(name, APPLICATION)
            os.environ["DATABASE_OWNER_URL"] = server.login_url_for(name, OWNER)
            django.setup()
            yield _prepare()
    finally:
        from django.db import connections

        connections.close_all()
        # A vacuum of the server itself may hold it.
        with suppress(psycopg.errors.InsufficientPrivilege):
            server.drop_database(name)
        server.stop()


def _prepare() -> str:
    """The demonstration, and the cookie of somebody who has signed in there."""
    from django.core.management import call_command
    from django.test import Client

    from fanal.config.demonstration import seed
    from fanal.config.postgres.roles import APPLICATION
    from fanal.config.reference import load_all
    from fanal.ground.access.grants import grant_application
    from fanal.ground.agents.models import Agent

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    load_all(using="owner")
    call_command("collectstatic", interactive=False, verbosity=0)
    seed(now=datetime.now(tz=UTC))
    client = Client()
    client.force_login(Agent.objects.get(name="Nadia Fictive"))
    return f"sessionid={client.cookies['sessionid'].value}"


@contextmanager
def served(command: Sequence[str], *, port: int, **environment: str) -> Iterator[int]:
    """
    The process that serves, once it has answered.

    Raises:
        RuntimeError: it ends, or answers nothing.
    """
    # A client that leaves in the middle is said by the server, with the folders of this machine.
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def spent(pid: int) -> float:
    parent = psutil.Process(pid)
    everybody: list[Any] = [parent, *parent.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in everybody)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + OPENING_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("this way is not installed here")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("no answer")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port

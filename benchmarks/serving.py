"""
What a page costs by the way it is served: ``python benchmarks/serving.py [rounds]``.

The processor's seconds of the server are counted, not the clock: a machine that does something
else counts the same. Each way in turn, several times; the median of each is printed.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import django
import psutil
import psycopg

HERE = Path(__file__).parent
CLIENTS, EACH = 4, 40
PAGES = {"/healthz": False, "/connexion/": False, "/": True}
WAYS = {
    "wsgi (as before)": ("wsgi", "fanal.config.wsgi:application"),
    "asgi, our bridge": ("asgi", "serving_ways:ours"),
    "asgi, a2wsgi": ("asgi", "serving_ways:a2wsgi"),
    "asgi, asgiref's WsgiToAsgi": ("asgi", "serving_ways:asgiref"),
    "asgi, Django itself": ("asgi", "serving_ways:django_itself"),
}
OPENING_SECONDS = 60.0


def main() -> None:
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
            _measure(_prepare(), rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 3)
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


def _measure(cookie: str, *, rounds: int) -> None:
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for _ in range(rounds):
        for way, (interface, application) in WAYS.items():
            try:
                for page, cost in _one_way(interface, application, cookie).items():
                    found[way, page].append(cost)
            except RuntimeError as error:
                print(f"{way}: {error}")
    for page in PAGES:
        first = None
        for way in WAYS:
            costs = found.get((way, page))
            if not costs:
                continue
            cpu = median(cost for cost, _ in costs)
            first = first or cpu
            clock = median(seconds for _, seconds in costs)
            print(
                f"{page:30} {way:28} {cpu * 1000:7.2f} ms of processor a request"
                f" ({cpu / first:4.2f}), {1 / clock:6.0f} a second"
            )


def _one_way(interface: str, application: str, cookie: str) -> dict[str, tuple[float, float]]:
    port = _free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", interface, "--no-ws"),
        *("--log-level", "warning", "--workers", "2"),
        *(("--blocking-threads", "4") if interface == "wsgi" else ()),
        *("--host", "127.0.0.1", "--port", str(port), application),
    ]
    path = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path})
    try:
        _wait(port, process)
        return {page: _page(port, process.pid, page, cookie) for page in PAGES}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _page(port: int, pid: int, page: str, cookie: str) -> tuple[float, float]:
    headers = {"Cookie": cookie} if PAGES[page] else {}

    def visit(count: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(count):
            connection.request("GET", page, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise AssertionError((page, answer.status))
        connection.close()

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(visit, [5] * CLIENTS))
        before, begun = _spent(pid), time.perf_counter()
        list(clients.map(visit, [EACH] * CLIENTS))
        seconds, spent = time.perf_counter() - begun, _spent(pid) - before
    return spent / (CLIENTS * EACH), seconds / (CLIENTS * EACH)


def _spent(pid: int) -> float:
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


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


if __name__ == "__main__":
    main()

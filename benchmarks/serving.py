"""
What a page costs by the way it is served: ``python benchmarks/serving.py [rounds]``.

The processor's seconds of the server are counted, not the clock: a machine that does something
else counts the same. Each way in turn, several times; the median of each is printed.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from served import demonstration, free_port, served, spent

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


def main() -> None:
    with demonstration() as cookie:
        _measure(cookie, rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 3)


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
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", interface, "--no-ws"),
        *("--log-level", "warning", "--workers", "2"),
        *(("--blocking-threads", "4") if interface == "wsgi" else ()),
        *("--host", "127.0.0.1", "--port", str(port), application),
    ]
    path = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    with served(command, port=port, PYTHONPATH=path) as pid:
        return {page: _page(port, pid, page, cookie) for page in PAGES}


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
        before, begun = spent(pid), time.perf_counter()
        list(clients.map(visit, [EACH] * CLIENTS))
        seconds, cost = time.perf_counter() - begun, spent(pid) - before
    return cost / (CLIENTS * EACH), seconds / (CLIENTS * EACH)


if __name__ == "__main__":
    main()

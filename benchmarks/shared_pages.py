"""
Public pages as they are served, under ``wrk``: ``python benchmarks/shared_pages.py``.

Two processes of the web server, the demonstration behind them, and as many clients beside it on
the same cores. The same pages made for each who asks are measured too: what sharing them brings.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain

from figures import Figure, show
from served import demonstration, free_port, served

SECONDS, CLIENTS, ASKED = 8, 40, 500
DURATIONS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
REFUSED = re.compile(r"(Non-2xx or 3xx responses|Socket errors).*")


def main() -> None:
    told = []
    with demonstration():
        pages = addresses()
        for seconds in (15, 0):
            told += list(figures(pages if seconds else pages[:3], seconds=seconds))
    show(told)
    sys.exit(any(one.holds is False for one in told))


def addresses() -> list[str]:
    """Those of the configuration that say that they are shared, and one place."""
    from django.test import Client
    from django.urls import reverse

    from fanal.ground.shell.visitors import SHARED
    from fanal.prevent.spaces.queries import public_services

    place = reverse("spaces:place", args=[public_services()[0].ref])
    tried = chain(
        ("/", "/trouver/", place, "/trouver/carte/", "/questions/", "/discretion/"),
        ("/mentions/", "/donnees/", "/accessibilite/", "/reperes/courant/moi/"),
        ("/lieux/hsds/services/",),
    )
    client = Client()
    return [one for one in tried if SHARED in client.get(one).headers]


def figures(pages: list[str], *, seconds: int) -> Iterator[Figure]:
    from fanal.config.serving import web_command

    port = free_port()
    command = [sys.executable, "-m", *web_command(host="127.0.0.1", port=port)]
    with served(command, port=port, FANAL_SHARED_SECONDS=str(seconds)):
        for page in pages:
            rate, slowest, refused = _wrk(f"http://127.0.0.1:{port}{page}")
            shared = f"shared {seconds} s" if seconds else "made for each"
            yield Figure(
                "public", f"{_short(page)}, {shared}, {CLIENTS} clients",
                f"{rate:,.0f} a second, 99 % under {slowest:.0f} ms{refused}",
                f"≥ {ASKED} a second" if seconds else "",
                None if not seconds else rate >= ASKED and not refused,
            )  # fmt: skip


def _wrk(address: str) -> tuple[float, float, str]:
    """Requests answered a second, the milliseconds of the slowest in a hundred, and what failed."""
    command = ["wrk", "--threads", "1", "--connections", str(CLIENTS)]
    said = subprocess.run(
        [*command, "--duration", f"{SECONDS}s", "--latency", address],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rate, slowest, refused = RATE.search(said), SLOWEST.search(said), REFUSED.search(said)
    assert rate is not None
    assert slowest is not None
    number, unit = slowest.groups()
    failed = f", {refused[0]}" if refused else ""
    return float(rate[1]), float(number) * DURATIONS[unit], failed


def _short(page: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "…", page)


if __name__ == "__main__":
    main()

"""
What the walls cost: the CRIP's list of concerns with and without them, in one interleaved run.

    make bench-walls

With: the whole application as it is served (sign-in, decision, row-level security, trace). Without:
the same view, template and queries, asked as the owner of the database, whom row-level security
does not stop, with the decision always yes and no trace written. The two are asked in turn.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from contextlib import ExitStack, contextmanager
from random import Random
from typing import Any
from unittest import mock

import concerns
import django

PAIRS = 400
LEAST = 0.5


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.test"
    from fanal.config.postgres.roles import APPLICATION, OWNER
    from fanal.config.postgres.trials import start_for_tests

    server = start_for_tests()
    name = f"bench_{os.getpid()}"
    server.create_database(name)
    try:
        os.environ["DATABASE_URL"] = server.url_for(name, APPLICATION)
        os.environ["DATABASE_OWNER_URL"] = server.login_url_for(name, OWNER)
        django.setup()
        concerns._prepare()
        _measure()
    finally:
        from django.db import connections

        connections.close_all()
        server.drop_database(name)
        server.stop()


@contextmanager
def _without_walls() -> Any:
    """The owner asks; the decision says yes; nothing is traced."""
    from django.db import connection

    from fanal.ground.access import guards

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(guards, "holds", return_value=True))
        for module in [one for key, one in sys.modules.items() if key.startswith("fanal.")]:
            if getattr(getattr(module, "record", None), "__module__", "") == (
                "fanal.ground.audit.use_cases"
            ):
                stack.enter_context(mock.patch.object(module, "record", return_value=None))
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE fanal_owner")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


def _measure() -> None:
    from django.test import Client

    client = Client()
    client.force_login(concerns._agent())
    asked = list(concerns._requests())
    Random(119).shuffle(asked)
    spent: dict[str, list[float]] = {"with": [], "without": []}
    for number, query in enumerate((asked * 5)[: PAIRS + 20]):
        pair = {"with": _timed(client, query)}
        with _without_walls():
            pair["without"] = _timed(client, query)
        if number >= 20:  # the first ones warm both up
            for name, seconds in pair.items():
                spent[name].append(seconds)
    rates = {name: len(times) / sum(times) for name, times in spent.items()}
    ratio = rates["with"] / rates["without"]
    print(f"{PAIRS} interleaved pairs of pages, {concerns.CONCERNS} concerns of the authority")
    for name, times in spent.items():
        print(
            f"{name} the walls: {rates[name]:.1f} requests/s, median "
            f"{statistics.median(times) * 1000:.1f} ms"
        )
    print(f"requests per second with / without: {ratio:.2f} (at least {LEAST})")
    if ratio < LEAST:
        sys.exit("the walls cost more than half")


def _timed(client: Any, query: dict[str, object]) -> float:
    begun = time.perf_counter()
    response = client.get("/informations/", query)
    assert response.status_code == 200, query
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

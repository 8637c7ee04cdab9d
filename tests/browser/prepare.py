"""
``python prepare.py FILE``: play the demonstration, then find who reaches each address.

Run once for all test processes, with the settings and the login that the server will have. What
was found goes to FILE as JSON; every visit made to find it is rolled back.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from doors import addresses, holes, is_read, our_models, parents, put, rows_in_each_state
from fanal.config.database import set_up_django

STATES_OF_EACH = 3
SCREEN, FRAGMENT, FILE, REDIRECT, NOBODY = "screen", "fragment", "file", "redirect", "nobody"
CALLED_BY_A_SCREEN = re.compile(r'hx-(?:get|post)="([^"?]+)')


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address leads: ``account`` is the name of who gets in, empty on a public page."""

    route: str
    address: str
    account: str
    kind: str
    body: str = ""


def main() -> None:
    set_up_django()
    from django.core.management import call_command
    from django.db import connections

    from fanal.config.demonstration import seed

    seed(now=datetime.now(tz=UTC))
    call_command("collectstatic", interactive=False, verbosity=0)
    found = _with_fragments(list(_find_all()))
    told = [{**asdict(one), "body": ""} for one in found]
    Path(sys.argv[1]).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    for connection in connections.all():
        connection.close()


def _with_fragments(found: list[Found]) -> list[Found]:
    """What is no whole page is a fragment when a screen calls it, and a fault otherwise."""
    called = {address for one in found for address in CALLED_BY_A_SCREEN.findall(one.body)}
    return [
        Found(one.route, one.address, one.account, NOBODY)
        if one.kind == FRAGMENT and one.address not in called
        else one
        for one in found
    ]


def _find_all() -> Iterator[Found]:
    known, visitors = Known(), _visitors()
    for route, view in addresses():
        if is_read(view):
            yield _find(route, view, known, visitors)


def _visitors() -> list[tuple[Any, Any]]:
    """Each account of the demonstration, with its window."""
    from django.test import Client

    from fanal.ground.agents.models import Agent

    visitors = []
    for agent in Agent.objects.filter(is_demonstration=True).order_by("pk"):
        client = Client(raise_request_exception=False)
        client.force_login(agent)
        visitors.append((agent, client))
    return visitors


def _find(route: str, view: Any, known: Known, visitors: list[tuple[Any, Any]]) -> Found:
    """The first visitor who gets a page; failing that a fragment, a file, a redirection."""
    others: dict[str, Found] = {}
    may_enter = list(_who_may_enter(view, visitors))
    for values, (name, client) in product(known.values_for(route, view), may_enter):
        address = put(route, values)
        kind, body = _visit(client, address)
        if kind != NOBODY:
            known.learn(route, values)
        if kind == SCREEN:
            return Found(route, address, name, kind, body)
        others.setdefault(kind, Found(route, address, name, kind))
    nobody = Found(route, "", "", NOBODY)
    return next((others[kind] for kind in (FRAGMENT, FILE, REDIRECT) if kind in others), nobody)


def _who_may_enter(view: Any, visitors: list[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    """Somebody who has not signed in on a public page; else those who hold one of its rights."""
    from django.test import Client

    from fanal.ground.access.decisions import holds
    from fanal.ground.access.middleware import is_open

    if is_open(view):
        yield "", Client(raise_request_exception=False)
        return
    rights = getattr(view, "rights", ())
    for agent, client in visitors:
        if not rights or any(holds(agent, right) for right in rights):
            yield agent.name, client


def _visit(client: Any, address: str) -> tuple[str, str]:
    from django.db import transaction

    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    if 300 <= answer.status_code < 400:
        return REDIRECT, ""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return FILE, ""
    if answer.status_code != 200:
        return NOBODY, ""
    body = answer.content.decode()
    return (SCREEN if body.lstrip().lower().startswith("<!doctype html>") else FRAGMENT), body


class Known:
    """What the database holds, to put in the holes of the routes."""

    def __init__(self) -> None:
        self.rows = {
            model._meta.label: rows_in_each_state(model, using="owner", of_each=STATES_OF_EACH)
            for model in our_models(with_field="ref")
        }
        # What stands in the first hole of a route: one kind of thing for each beginning.
        self.kinds: dict[str, str] = {}

    def values_for(self, route: str, view: Any) -> Iterator[list[str]]:
        """What to put in the holes, in the order of what is likely."""
        asked = holes(route)
        if "uuid" not in asked:
            yield ["inconnu" if kind == "str" else "1" for kind in asked]
            return
        for label in self._labels(route, view):
            for row in self.rows[label]:
                if len(asked) == 1:
                    yield [str(row.ref)]
                else:
                    yield from ([str(row.ref), child] for child in self._children(row))

    def learn(self, route: str, values: list[str]) -> None:
        for label, rows in self.rows.items():
            if values and any(str(row.ref) == values[0] for row in rows):
                self.kinds[_beginning(route)] = label

    def _labels(self, route: str, view: Any) -> list[str]:
        """The models to try: the one that was found, else the room's own first."""
        if found := self.kinds.get(_beginning(route)):
            return [found]
        return sorted(self.rows, key=lambda label: f".{label.split('.')[0]}." not in view.__module__)

    def _children(self, row: Any) -> Iterator[str]:
        for rows in self.rows.values():
            yield from (str(child.ref) for child in rows if row in parents(child))


def _beginning(route: str) -> str:
    return route.split(">")[0]


if __name__ == "__main__":
    main()

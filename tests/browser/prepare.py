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

from fanal.config.database import set_up_django

HERE = Path(__file__).parent
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
    sys.path.insert(0, str(HERE.parent))
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
    from doors import addresses, is_read

    from fanal.ground.access.middleware import is_open

    visitors = _visitors()
    known = _Known()
    for route, view in addresses():
        if is_read(view):
            who = visitors[:1] if is_open(view) else visitors[1:]
            yield _find(route, who, known.candidates(route, view))


def _visitors() -> list[tuple[str, Any]]:
    """Somebody who has not signed in, then each account of the demonstration."""
    from django.test import Client

    from fanal.ground.agents.models import Agent

    visitors = [("", Client(raise_request_exception=False))]
    for agent in Agent.objects.filter(is_demonstration=True).order_by("pk"):
        client = Client(raise_request_exception=False)
        client.force_login(agent)
        visitors.append((agent.name, client))
    return visitors


def _find(route: str, visitors: list[tuple[str, Any]], addresses: list[str]) -> Found:
    """The first visitor who gets a page; failing that a fragment, a file, a redirection."""
    others: dict[str, Found] = {}
    for address, (name, client) in product(addresses, visitors):
        kind, body = _visit(client, address)
        if kind == SCREEN:
            return Found(route, address, name, kind, body)
        others.setdefault(kind, Found(route, address, name, kind))
    nobody = Found(route, "", "", NOBODY)
    return next((others[kind] for kind in (FRAGMENT, FILE, REDIRECT) if kind in others), nobody)


def _visit(client: Any, address: str) -> tuple[str, str]:
    from django.db import transaction

    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    if 300 <= answer.status_code < 400:
        return REDIRECT, ""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if not is_page:
        return FILE, ""
    if answer.status_code != 200:
        return NOBODY, ""
    body = answer.content.decode()
    return (SCREEN if body.lstrip().lower().startswith("<!doctype html>") else FRAGMENT), body


class _Known:
    """What the database holds, to put in the holes of the routes."""

    def __init__(self) -> None:
        from doors import our_models, parents, rows_in_each_state

        self.refs: dict[str, list[str]] = {}
        self.keys: dict[str, list[str]] = {}
        self.pairs: list[tuple[str, str]] = []
        for model in our_models(with_field="id"):
            if model._meta.app_label == "territory":
                continue
            for row in rows_in_each_state(model, using="owner", of_each=STATES_OF_EACH):
                label = model._meta.app_label
                self.keys.setdefault(label, []).append(str(row.pk))
                if not hasattr(row, "ref"):
                    continue
                self.refs.setdefault(label, []).append(str(row.ref))
                self.pairs += [
                    (str(parent.ref), str(row.ref))
                    for parent in parents(row)
                    if hasattr(parent, "ref")
                ]

    def candidates(self, route: str, view: Any) -> list[str]:
        """Addresses to try, those made of the room's own things first."""
        from doors import holes, put

        kinds = holes(route)
        if kinds == ["uuid", "uuid"]:
            return [put(route, pair) for pair in self.pairs]
        choices = [self._values(kind, view) for kind in kinds]
        return [put(route, values) for values in product(*choices)]

    def _values(self, kind: str, view: Any) -> list[str]:
        kept = {"uuid": self.refs, "int": self.keys}.get(kind)
        if kept is None:
            return ["inconnu"]
        rooms = sorted(kept, key=lambda label: f".{label}." not in view.__module__)
        return list(dict.fromkeys(value for room in rooms for value in kept[room]))


if __name__ == "__main__":
    main()

"""
``python find.py FILE``: find who reaches each address, in the demonstration that was played.

Run once for all test processes, with the settings and the login that the server has. What was
found goes to FILE as JSON; every visit made to find it is rolled back.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

from doors import addresses, holes, is_read, our_models, parents, put, rows_by_state
from fanal.config.database import close_connections, set_up_django

MANY, FEW = 6, 1
# An address that sends so many visitors elsewhere sends everybody elsewhere.
REDIRECTED = 100
SCREEN, FRAGMENT, FILE, REDIRECT = "screen", "fragment", "file", "redirect"
BROKEN, NOBODY = "broken", "nobody"
NEXT_BEST = (FRAGMENT, REDIRECT)
TAGS = re.compile(r"<[^>]*>")
CALLED_BY_A_SCREEN = re.compile(r'hx-(?:get|post)="([^"?]+)')


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address leads: ``account`` is the name of who gets in, empty on a public page."""

    route: str
    address: str
    account: str
    kind: str
    body: str = ""
    # What is read when the form of the screen is sent with nothing in it.
    refusal: str = ""


def main() -> None:
    set_up_django()
    found = _with_fragments(list(_find_all()))
    told = [asdict(one) | ({} if one.kind == BROKEN else {"body": ""}) for one in found]
    written = Path(sys.argv[1])
    written.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    close_connections()


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
    """The first visitor who gets a page or a file; failing that a fragment, a redirection."""
    others: dict[str, Found] = {}
    sent_elsewhere = 0
    may_enter = list(_who_may_enter(view, visitors))
    for (label, values), (name, client) in product(known.values_for(route, view), may_enter):
        address = put(route, values)
        kind, body = _visit(client, address)
        if kind != NOBODY:
            known.learn(route, label)
        if kind == SCREEN:
            refused, said = _send_nothing(client, address)
            kind, body = (kind, body) if refused != BROKEN else (refused, said)
            return Found(route, address, name, kind, body, refusal=said)
        if kind in (FILE, BROKEN):
            return Found(route, address, name, kind, body)
        others.setdefault(kind, Found(route, address, name, kind))
        sent_elsewhere += kind == REDIRECT
        if sent_elsewhere == REDIRECTED:
            break
    known.give_up(route)
    nobody = Found(route, "", "", NOBODY)
    return next((others[kind] for kind in NEXT_BEST if kind in others), nobody)


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
    answer = _rolled_back(client.get, address)
    if answer.status_code >= 500:
        return BROKEN, repr(getattr(answer, "exc_info", None))
    if 300 <= answer.status_code < 400:
        return REDIRECT, ""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return FILE, ""
    if answer.status_code != 200:
        return NOBODY, ""
    body = answer.content.decode()
    return (SCREEN if body.lstrip().lower().startswith("<!doctype html>") else FRAGMENT), body


def _send_nothing(client: Any, address: str) -> tuple[str, str]:
    """What the screen says to a form left empty; nothing when it takes none, or took it."""
    answer = _rolled_back(client.post, address)
    if answer.status_code >= 500:
        return BROKEN, f"envoi vide : {getattr(answer, 'exc_info', None)!r}"
    if answer.status_code != 200:
        return "", ""
    return SCREEN, unescape(TAGS.sub(" ", answer.content.decode()))


def _rolled_back(ask: Callable[[str], Any], address: str) -> Any:
    from django.db import transaction

    with transaction.atomic():
        answer = ask(address)
        transaction.set_rollback(True)
    return answer


class Known:
    """What the database holds, to put in the holes of the routes."""

    def __init__(self) -> None:
        self.rows = {
            model._meta.label: rows_by_state(model, using="owner")
            for model in our_models()
            if model._meta.app_label not in ("territory", "audit")
        }
        followers = set(_followers())
        self.rows["agents.Agent"].sort(key=lambda agent: agent.pk not in followers)
        # What stands in the first hole of a route: one kind of thing for each beginning.
        self.kinds: dict[str, str] = {}

    def values_for(self, route: str, view: Any) -> Iterator[tuple[str, list[str]]]:
        """What to put in the holes, in the order of what is likely, and its kind."""
        asked = holes(route)
        if not asked:
            yield "", []
        for row in self._rows(route, view) if asked else ():
            if (value := _value(row, asked[0])) is None:
                continue
            if len(asked) == 1:
                yield row._meta.label, [value]
            else:
                yield from ((row._meta.label, [value, child]) for child in self._children(row))

    def learn(self, route: str, kind: str) -> None:
        self.kinds[_beginning(route)] = kind

    def give_up(self, route: str) -> None:
        """Nothing fitted there: the other routes that begin so are not tried again."""
        self.kinds.setdefault(_beginning(route), "")

    def _rows(self, route: str, view: Any) -> Iterator[Any]:
        """All of the kind that was found; before that a few of each, the room's own first."""
        beginning, tried = _beginning(route), set()
        for rows in self._in_turns(view, known=self.kinds.get(beginning)):
            for row in rows:
                if (
                    row not in tried
                    and self.kinds.get(beginning, row._meta.label) == row._meta.label
                ):
                    tried.add(row)
                    yield row

    def _in_turns(self, view: Any, *, known: str | None) -> list[list[Any]]:
        if known is not None:
            return [self.rows.get(known, [])]
        own = [rows for label, rows in self.rows.items() if f".{_room(label)}." in view.__module__]
        others = [rows[:FEW] for rows in self.rows.values() if rows not in own]
        return [*(rows[:MANY] for rows in own), *others, *own]

    def _children(self, row: Any) -> Iterator[str]:
        for rows in self.rows.values():
            for child in rows:
                if (ref := _value(child, "uuid")) and row in parents(child):
                    yield ref


def _followers() -> Iterator[int]:
    """The agents whose files change hands: the screens of the team are about them."""
    from fanal.ground.agents.models import Posting
    from fanal.ground.agents.terms import Role

    following = Posting.objects.using("owner").filter(
        role=Role.REFERENT, agent__is_demonstration=True
    )
    return following.values_list("agent", flat=True).iterator()


def _value(row: Any, kind: str) -> str | None:
    if kind == "int":
        return str(row.pk)
    ref = getattr(row, "ref", None)
    return str(ref) if ref else None


def _room(label: str) -> str:
    return label.split(".", maxsplit=1)[0]


def _beginning(route: str) -> str:
    return route.split(">", maxsplit=1)[0]


if __name__ == "__main__":
    main()

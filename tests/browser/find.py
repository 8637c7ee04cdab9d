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
from dataclasses import asdict, dataclass, replace
from functools import cache
from html import unescape
from itertools import islice, product
from pathlib import Path
from typing import Any

from browser import green, reading
from browser.signature import called_on_load, digest, lines, policy, signature
from browser.words import not_french
from doors import addresses, holes, is_read, put, rows_by_state
from fanal.config.database import close_connections, set_up_django
from sizes import WHOLE

# An address that sends so many visitors elsewhere sends everybody elsewhere.
REDIRECTED = 30
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
    # Of a screen, what it is made from: its template, its page, then its fragments too.
    template: str = ""
    page: str = ""
    signature: str = ""
    # What its HTML alone tells against it, and that of its form sent with nothing in it.
    faults: tuple[str, ...] = ()
    # Which of the things of its kind the address is about, the newest of each state first.
    rank: int = 0


def main() -> None:
    set_up_django()
    from django.test.utils import setup_test_environment

    # An answer then says which templates it came from.
    setup_test_environment()
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
    visitors = Visitors()
    known = {} if WHOLE else green.read("found")
    for route, view in addresses():
        if is_read(view):
            yield _again(route, view, visitors, known.get(route)) or _find(route, view, visitors)


def _again(route: str, view: Any, visitors: Visitors, known: Any) -> Found | None:
    """The visitor whom ``make whole`` found, before a thing of the same rank."""
    if known is None:
        return None
    account, rank, kind = known
    address = next(islice(_addresses(route, view), rank, None), None)
    client = visitors.window_of(account)
    if address is None or client is None:
        return None
    found = _met(route, address, account, client)
    return replace(found, rank=rank) if found.kind == kind else None


def _find(route: str, view: Any, visitors: Visitors) -> Found:
    """The first visitor who gets a page or a file; failing that a fragment, a redirection."""
    others: dict[str, Found] = {}
    sent_elsewhere = 0
    may_enter = visitors.for_view(view)
    for (rank, address), (name, client) in product(enumerate(_addresses(route, view)), may_enter):
        found = replace(_met(route, address, name, client), rank=rank)
        if found.kind == SCREEN:
            visitors.let_in(name)
        if found.kind in (SCREEN, FILE, BROKEN):
            return found
        others.setdefault(found.kind, found)
        sent_elsewhere += found.kind == REDIRECT
        if sent_elsewhere == REDIRECTED:
            break
    nobody = Found(route, "", "", NOBODY)
    return next((others[kind] for kind in NEXT_BEST if kind in others), nobody)


def _met(route: str, address: str, name: str, client: Any) -> Found:
    """What this visitor is given there."""
    kind, body, answer = _visit(client, address)
    if kind != SCREEN:
        return Found(route, address, name, kind, body)
    refused, said = _send_nothing(client, address)
    if refused == BROKEN:
        return Found(route, address, name, refused, said)
    page = signature(body, policy(answer.headers))
    return Found(
        *(route, address, name, kind, body, answer.templates[0].name, page),
        signature=digest([page, *_called_at_once(client, body)]),
        faults=(*reading.faults(body, signed_in=bool(name)), *not_french(said)),
    )


def _visit(client: Any, address: str) -> tuple[str, str, Any]:
    """What is there, what it says, and the answer itself."""
    answer = rolled_back(client.get, address)
    if answer.status_code >= 500:
        return BROKEN, repr(getattr(answer, "exc_info", None)), answer
    if 300 <= answer.status_code < 400:
        return REDIRECT, "", answer
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return FILE, "", answer
    if answer.status_code != 200:
        return NOBODY, "", answer
    body = answer.content.decode()
    if not body.lstrip().lower().startswith("<!doctype html>"):
        return FRAGMENT, body, answer
    return SCREEN, body, answer


def _called_at_once(client: Any, body: str) -> Iterator[str]:
    """The fragments that a screen puts in itself as it opens."""
    for address in called_on_load(body):
        yield from lines(_visit(client, address)[1])


def _send_nothing(client: Any, address: str) -> tuple[str, str]:
    """What the screen says to a form left empty; nothing when it takes none, or took it."""
    answer = rolled_back(client.post, address)
    if answer.status_code >= 500:
        return BROKEN, f"envoi vide : {getattr(answer, 'exc_info', None)!r}"
    if answer.status_code != 200:
        return "", ""
    return SCREEN, unescape(TAGS.sub(" ", answer.content.decode()))


def rolled_back(ask: Callable[[str], Any], address: str) -> Any:
    from django.db import transaction

    with transaction.atomic():
        answer = ask(address)
        transaction.set_rollback(True)
    return answer


def window() -> Any:
    """Who asks as a browser asks the served house: only numbers differ in what a page writes."""
    from django.test import Client

    return Client(raise_request_exception=False, SERVER_NAME="127.0.0.1", SERVER_PORT="8000")


class Visitors:
    """Each account of the demonstration with its window, the last one let in first."""

    def __init__(self) -> None:
        from django.test import Client

        from fanal.ground.agents.models import Agent

        self.stranger = window()
        self._known: list[tuple[Agent, Client]] = []
        for agent in Agent.objects.filter(is_demonstration=True).order_by("pk"):
            client = window()
            client.force_login(agent)
            self._known.append((agent, client))

    def for_view(self, view: Any) -> list[tuple[str, Any]]:
        """Whoever has not signed in on a public page; else those who hold one of its rights."""
        from fanal.ground.access.decisions import holds
        from fanal.ground.access.middleware import is_open

        if is_open(view):
            return [("", self.stranger)]
        rights = getattr(view, "rights", ())
        return [
            (agent.name, client)
            for agent, client in self._known
            if not rights or any(holds(agent, right) for right in rights)
        ]

    def window_of(self, name: str) -> Any:
        """Nothing when nobody has this name any more."""
        known = {agent.name: client for agent, client in self._known}
        return known.get(name) if name else self.stranger

    def let_in(self, name: str) -> None:
        self._known.sort(key=lambda known: known[0].name != name)


def _addresses(route: str, view: Any) -> Iterator[str]:
    """The route about each thing of its kind, the newest of each state first."""
    from walls.classifying import about, model

    if not (kinds := about(view)[: len(holes(route))]):
        # No parameter, or a word that nobody can guess.
        yield put(route, ["inconnu" for _ in holes(route)])
    else:
        rows = _rows(kinds[-1])
        above = [model(kind)._meta.model_name for kind in kinds[:-1]]
        for row in rows:
            yield put(route, [str(one.ref) for one in (*(getattr(row, a) for a in above), row)])


@cache
def _rows(kind: str) -> list[Any]:
    from walls.classifying import model

    rows = rows_by_state(model(kind), using="owner")
    if kind == "agents.Agent":
        rows.sort(key=lambda row: row.pk not in _followers())
    return rows


@cache
def _followers() -> set[int]:
    """The agents whose files change hands: the screens of the team are about them."""
    from fanal.ground.agents.models import Posting
    from fanal.ground.agents.terms import Role

    following = Posting.objects.using("owner").filter(
        role=Role.REFERENT, agent__is_demonstration=True
    )
    return set(following.values_list("agent", flat=True))


if __name__ == "__main__":
    main()

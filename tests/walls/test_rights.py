"""
Who lacks the right of an address: refused at each of them, whatever the file and wherever it is.

All these cells at once, since the same lines of code decide them: the guard of each address asks
for the rights that the address declares, and these are of the roles that ``rights.csv`` says, by
hand. That the guard is really there is then asked of each address, by each of its methods, twice:
by nobody, and by somebody whose role has none of its rights.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from inspect import getclosurevars, isfunction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doors import View, addresses, holes, methods, put
from fanal.ground.access.middleware import is_open
from fanal.ground.access.terms import RIGHTS, Right
from fanal.ground.agents.terms import Role
from walls.classifying import Door, doors, expected
from walls.effects import changed_since, refusals, written
from walls.figures import say
from walls.scopes import HERE, SCOPES, posted
from walls.world import house

__all__ = ["house"]

NOTHING = "00000000-0000-4000-8000-000000000000"
# The right is theirs, and no such row ever is: they have their own door to what awaits them.
SHUT_BY_ROWS_ALONE = {("pair", Role.DATA_PROTECTION)}
# A right whose address leads to things of which the others have none.
BY_NAME = ("report", "request")


@cache
def holders() -> dict[Right, frozenset[Role]]:
    with (Path(__file__).parent / "rights.csv").open(encoding="utf-8", newline="") as file:
        return {
            Right(row["right"]): frozenset(map(Role, row["roles"].split()))
            for row in csv.DictReader(file)
        }


def asked_by_the_guard(view: View) -> tuple[Right, ...] | None:
    """What the code asks for, and not what the view says that it does; None: of every agent."""
    inner: Any = view
    while isfunction(inner):
        known = getclosurevars(inner).nonlocals
        if "rights" in known:
            return tuple(known["rights"])
        inner = getattr(inner, "__wrapped__", None)
    return None


def test_all_cells_that_a_right_decides_are_those_of_the_table() -> None:
    refused, wanted = set(), set()
    cells = [
        (door, method, role, scope)
        for door in doors()
        for method, role, scope in product(door.tried, Role, SCOPES)
    ]
    for door, method, role, scope in cells:
        cell = (door.route, method, role, scope)
        asked = asked_by_the_guard(door.view)
        if asked is not None and not RIGHTS[role] & set(asked):
            refused.add(cell)
        declared: Iterable[Right] | None = getattr(door.view, "rights", None)
        if declared is not None and not any(role in holders()[right] for right in declared):
            wanted.add(cell)
    assert refused == wanted
    say(f"Rights: {len(refused)} cells of {len(cells)} refused by a right alone")
    assert set(holders()) == set(Right)


def test_a_right_leads_to_the_things_of_which_the_policy_gives_some_and_no_other() -> None:
    leads = {
        (door.thing, role)
        for door in doors()
        if door.about
        for role in Role
        if (asked := asked_by_the_guard(door.view)) is None or RIGHTS[role] & set(asked)
    }
    may = {
        (door.thing, role)
        for door, role in product(doors(), Role)
        if door.about and any(expected(door.thing, role, scope) == "may" for scope in SCOPES)
    }
    assert leads - may == SHUT_BY_ROWS_ALONE
    assert {one for one in may - leads if one[0] not in BY_NAME} == set()


def guarded() -> list[tuple[str, View]]:
    return [(route, view) for route, view in addresses() if not is_open(view)]


def room(view: View) -> str:
    return ".".join(view.__module__.removeprefix("fanal.").split(".")[:2])


ROOMS = sorted({room(view) for _, view in guarded()})


@pytest.mark.django_db
@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("of", ROOMS)
def test_nobody_enters_without_having_signed_in(client: Client, of: str) -> None:
    entered = []
    for route, view in guarded():
        if room(view) != of:
            continue
        address = put(route, [NOTHING if kind == "uuid" else "1" for kind in holes(route)])
        for method in methods(view) or ("GET", "POST"):
            answer = client.generic(method, address)
            if answer.status_code != 302 or not answer["Location"].startswith("/connexion/"):
                entered.append((answer.status_code, method, address))
    assert entered == []


def lacking(door: Door, rank: int) -> Role | None:
    """One of the roles without any right there, not the same at each address."""
    asked = getattr(door.view, "rights", None)
    without = [one for one in Role if asked is not None and not RIGHTS[one] & set(asked)]
    return without[rank % len(without)] if without else None


@pytest.mark.django_db
@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("of", sorted({room(door.view) for door in doors()}))
def test_without_the_right_nothing_opens_nothing_changes_and_it_is_traced(of: str) -> None:
    clients: dict[Role, Client] = {}
    entered, asked, before = [], 0, refusals()
    for rank, door in enumerate(doors()):
        role = lacking(door, rank)
        if role is None or room(door.view) != of:
            continue
        if role not in clients:
            clients[role] = Client(raise_request_exception=False)
            clients[role].force_login(posted(role, authority=HERE))
        address = put(door.route, [NOTHING] * len(door.about))
        for method in door.tried:
            former = written()
            answer = clients[role].generic(method, address)
            asked += 1
            if answer.status_code != 403 or changed_since(former):
                entered.append((answer.status_code, method, address, role, changed_since(former)))
    assert entered == []
    assert refusals() - before == asked

"""
Every guarded address × every role × {own, shared, other authority, sealed, excluded}, over HTTP.

Addresses come from the URL configuration, what each is about from ``routes.csv``, the answer
expected in each cell from ``policy.csv``, written from the handbook of the domain and not from
the code. ``no`` must be refused, leave one trace of the refusal and change nothing; the answer
must be, byte for byte, the one that a reference of nothing gets. ``may`` opens, unless the state
of the thing says otherwise; each role must open something of each family that is theirs.

All the cells are tried by ``make walls``. A run of the tests tries some of each sort, since the
reasons of all are proved elsewhere: the rights in ``test_rights.py``, the rows in ``test_rows.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from difflib import unified_diff
from itertools import product
from random import sample
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from doors import put
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.terms import Role
from rows import as_owner
from sizes import WHOLE, size
from walls.classifying import (
    Door,
    authority_of,
    doors,
    expected,
    has_right,
    model,
    refs_of,
    things,
)
from walls.effects import changed_since, refusals, written
from walls.figures import say
from walls.scopes import HERE, SCOPES, Looker, looking
from walls.world import house

__all__ = ["house"]

NOTHING = UUID("00000000-0000-4000-8000-000000000000")
THINGS = (
    "file",
    "report",
    "personal",
    "team",
    "account",
    "pair",
    "opening",
    "request",
    "conversation",
    "contact",
    "place",
    "alert",
    "booking",
)
# Of one person, each of them: there may be none.
OF_ONE_PERSON = ("personal", "opening", "request")
REFUSED = (403, 404)
# Rows tried at an address until one opens: things have states, and most deeds belong to one.
TRIED = size(4, 100)
# Cells of one sort: of one family of things, one place, and one reason to answer.
OF_A_SORT = size(1, 1_000_000)
# What differs between two renderings of one page for one person.
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|csrf-token" content="[^"]+"')
# The hour it is.
CLOCK = ("Expires", "Last-Modified", "Date")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_every_role_has_its_line_in_the_policy() -> None:
    known = {Role(role) for role in Role}
    for thing, role, scope in product(THINGS, known, SCOPES):
        assert expected(thing, role, scope) in ("may", "no"), (thing, role, scope)


def answer_of(door: Door, looker: Looker) -> str:
    if not has_right(door, looker.role):
        return "no"
    return expected(door.thing, looker.role, looker.scope) if door.about else "may"


class Things:
    """References of things of the authority, the newest of each state first."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def of(self, door: Door, looker: Looker) -> list[tuple[str, ...]]:
        rows = self._rows(door.about)
        alone = door.thing == "personal" or (
            door.thing == "team" and looker.role is not Role.SUPERVISOR
        )
        if alone and looker.scope in ("own", "sealed", "excluded"):
            mine = [refs for refs, agent in rows if agent in (None, looker.agent.pk)]
            return mine[:TRIED]
        return [refs for refs, _ in rows][: TRIED if looker.scope in ("own", "shared") else 1]

    def shown(self, door: Door, looker: Looker) -> list[tuple[str, ...]]:
        """Those that the database shows to somebody: many hold a few files by name."""
        rows = self._rows(door.about)
        with acting_as(looker.agent):
            theirs = set(
                model(door.about[-1])
                ._default_manager.filter(ref__in=[refs[-1] for refs, _ in rows])
                .values_list("ref", flat=True)
            )
        return [refs for refs, _ in rows if UUID(refs[-1]) in theirs][:TRIED]

    def _rows(self, about: tuple[str, ...]) -> list[tuple[tuple[str, ...], int | None]]:
        if about not in self.known:
            with as_owner():
                rows = things(about[-1])
                kept = [row for row in rows if authority_of(row) in (None, HERE)]
                self.known[about] = [  # type: ignore[assignment]
                    (refs_of(row, about), getattr(row, "agent_id", None)) for row in kept
                ]
        return self.known[about]  # type: ignore[return-value]


found = Things()


Cell = tuple[Door, str, Role, str]


def reason(door: Door, role: Role, scope: str) -> str:
    """Why a cell answers as it does."""
    if not has_right(door, role):
        return "no right"
    return expected(door.thing, role, scope) if door.about else "no thing"


@pytest.fixture(scope="module")
def sampled() -> dict[tuple[Role, str], list[tuple[Door, str]]]:
    """By who goes there, and from where: some cells of each sort, drawn anew in each run."""
    sorts: dict[tuple[str, str, str], list[Cell]] = {}
    for door in doors():
        for method, role, scope in product(door.tried, Role, SCOPES):
            sort = (door.thing, scope, reason(door, role, scope))
            sorts.setdefault(sort, []).append((door, method, role, scope))
    chosen: dict[tuple[Role, str], list[tuple[Door, str]]] = {}
    for cells in sorts.values():
        for door, method, role, scope in sample(cells, min(OF_A_SORT, len(cells))):
            chosen.setdefault((role, scope), []).append((door, method))
    return chosen


def seen(answer: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.items() if name not in CLOCK}
    return answer.status_code, headers, MASKED.sub(b"", answer.content)


class Tally:
    """What was tried for one role, and what went wrong: who, where and how."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[tuple[Any, ...]] = []


@pytest.mark.parametrize("role", Role)
def test_each_cell_answers_as_the_policy_says(
    sampled: dict[tuple[Role, str], list[tuple[Door, str]]], role: Role
) -> None:
    tally = Tally()
    for scope in SCOPES:
        if (role, scope) not in sampled:
            continue
        with looking(role, scope) as looker:
            trial = Trial(looker, tally)
            for door, method in sampled[role, scope]:
                tally.counts["cells"] += 1
                tally.counts[trial.judge(door, method)] += 1
            trial.count_traces()
    say(
        f"Authorisation matrix, {role}: {tally.counts['cells']} cells of {_size() // len(Role)} "
        f"(of {_size()} in all: {len(doors())} addresses, {len(Role)} roles, {len(SCOPES)} scopes)"
        f", {tally.counts['no']} refused, {tally.counts['may']} open to the role, "
        f"{tally.counts['nothing']} without a thing of theirs, {len(tally.faults)} faults"
    )
    assert not tally.faults, "\n".join(map(str, tally.faults[:20]))


def readable(thing: str, role: Role) -> list[Door]:
    """Where a role reads things of one family that are theirs."""
    return [
        door
        for door in doors()
        if door.about
        and door.thing == thing
        and "GET" in door.tried
        and has_right(door, role)
        and expected(thing, role, "own") == "may"
    ]


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_something_of_each_family_that_is_theirs(role: Role) -> None:
    with looking(role, "own") as looker:
        trial = Trial(looker, Tally())
        shut = [
            thing
            for thing in THINGS
            if thing not in OF_ONE_PERSON and (there := readable(thing, role))
            if not any(trial.opens(door, "GET") for door in there)
        ]
    assert shut == []


@pytest.mark.skipif(not WHOLE, reason="thousands of requests: make walls")
@pytest.mark.parametrize("room", sorted({door.name.split(".views")[0] for door in doors()}))
def test_each_door_opens_to_somebody(room: str) -> None:
    shut = {door for door in doors() if door.about and door.name.split(".views")[0] == room}
    for role, scope in product(Role, ("own", "shared")):
        theirs = [door for door in shut if has_right(door, role)]
        if theirs:
            with looking(role, scope) as looker:
                trial = Trial(looker, Tally())
                shut -= {one for one in theirs if any(trial.opens(one, way) for way in one.tried)}
    assert {door.route for door in shut} == set()


def _size() -> int:
    return sum(len(door.tried) for door in doors()) * len(Role) * len(SCOPES)


class Trial:
    """One person in one scope, at every door."""

    def __init__(self, looker: Looker, tally: Tally) -> None:
        self.looker = looker
        self.tally = tally
        self.client = Client(raise_request_exception=False)
        self.client.force_login(looker.agent)
        self.of_nothing: dict[tuple[str, str], HttpResponse] = {}
        self.before, self.refused = refusals(), 0

    def opens(self, door: Door, method: str) -> bool:
        """Whether one thing of theirs at least is behind the door."""
        return any(
            self.undone(method, put(door.route, refs)).status_code not in REFUSED
            for refs in found.shown(door, self.looker)
        )

    def judge(self, door: Door, method: str) -> str:
        """``no``, ``may``, or ``nothing`` when there is no thing of theirs to try."""
        policy = answer_of(door, self.looker)
        tried = found.of(door, self.looker) if door.about else [()]
        for refs in tried:
            if policy == "no":
                for fault in self.refusal(door, method, refs):
                    self.fault(door, method, refs, fault)
                return "no"
            status = self.undone(method, put(door.route, refs)).status_code
            if status >= 500:
                self.fault(door, method, refs, status)
            if status not in REFUSED:
                return "may"
        return policy if tried else "nothing"

    def fault(self, door: Door, method: str, refs: tuple[str, ...], said: object) -> None:
        looker = self.looker
        self.tally.faults.append((looker.role, looker.scope, method, put(door.route, refs), said))

    def undone(self, method: str, address: str) -> HttpResponse:
        """Asked by somebody who may: whatever the deed does is rolled back."""
        point, signed_in = transaction.savepoint(), deepcopy(self.client.cookies)
        try:
            answer: HttpResponse = self.client.generic(method, address)
        finally:
            transaction.savepoint_rollback(point)
            self.client.cookies = signed_in
        return answer

    def refusal(self, door: Door, method: str, refs: tuple[str, ...]) -> Iterator[object]:
        before = written()
        answer = self.client.generic(method, put(door.route, refs))
        if answer.status_code not in REFUSED:
            yield answer.status_code
            return
        self.refused += 1
        if changed := changed_since(before):
            yield ("changed", changed)
        if refs and seen(answer) != seen(nothing := self.nothing(door, method, len(refs))):
            yield ("not what a reference of nothing gets", _difference(answer, nothing))

    def nothing(self, door: Door, method: str, count: int) -> HttpResponse:
        """What a reference of nothing gets: the same page for every address of one view."""
        if (door.name, method) not in self.of_nothing:
            self.refused += 1
            self.of_nothing[door.name, method] = self.client.generic(
                method, put(door.route, [str(NOTHING)] * count)
            )
        return self.of_nothing[door.name, method]

    def count_traces(self) -> None:
        """Each refusal left one trace, kept although the deed was undone."""
        if (kept := refusals() - self.before) != self.refused:
            said = f"{self.refused} refusals, {kept} traces of refusals"
            self.tally.faults.append((self.looker.role, self.looker.scope, said))


def _difference(one: HttpResponse, other: HttpResponse) -> list[str]:
    pair = ([str(seen(answer)[:2]), *_lines(answer)] for answer in (one, other))
    return [line for line in unified_diff(*pair, n=0, lineterm="") if line[:2] not in ("--", "++")]


def _lines(answer: HttpResponse) -> list[str]:
    return seen(answer)[2].decode().splitlines()

"""
Every guarded address × every role × {own, shared, other authority, sealed, excluded}.

Addresses come from the URL configuration, what each is about from ``routes.csv``, the answer
expected in each cell from ``policy.csv``, written from the handbook of the domain and not from
the code. ``no`` must be refused, leave one trace of the refusal and change nothing; the answer
must be, byte for byte, the one that a reference of nothing gets. ``may`` opens, unless the state
of the thing says otherwise; each address must open in some cell.
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
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from doors import put
from fanal.ground.access.terms import RIGHTS
from fanal.ground.agents.terms import Role
from fanal.ground.audit.models import Trace
from rows import as_owner
from sizes import WHOLE, size
from walls.classifying import Door, doors, expected, refs_of, things
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
REFUSED = (403, 404)
# Rows tried at an address until one opens: things have states, and most deeds belong to one.
TRIED = size(4, 100)
CELLS = size(220, 1_000_000)
# What differs between two renderings of one page for one person.
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|csrf-token" content="[^"]+"')
# The hour it is.
CLOCK = ("Expires", "Last-Modified", "Date")
# Written by every request, or by the reading itself.
TRACES = {"audit_trace"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_every_role_has_its_line_in_the_policy() -> None:
    known = {Role(role) for role in Role}
    for thing, role, scope in product(THINGS, known, SCOPES):
        assert expected(thing, role, scope) in ("may", "no"), (thing, role, scope)


def has_right(door: Door, role: Role) -> bool:
    rights = getattr(door.view, "rights", None)
    return rights is None or bool(RIGHTS[role] & set(rights))


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

    def _rows(self, about: tuple[str, ...]) -> list[tuple[tuple[str, ...], int | None]]:
        if about not in self.known:
            with as_owner():
                rows = things(about[-1])
                kept = [row for row in rows if _authority(row) in (None, HERE)]
                self.known[about] = [  # type: ignore[assignment]
                    (refs_of(row, about), getattr(row, "agent_id", None)) for row in kept
                ]
        return self.known[about]  # type: ignore[return-value]


def _authority(row: Any) -> str | None:
    if hasattr(row, "case_file"):
        found: str = row.case_file.authority_id
        return found
    return getattr(row, "authority_id", None)


found = Things()


@pytest.fixture(scope="module")
def sampled() -> set[tuple[str, str, Role, str]]:
    every = [
        (door.route, method, role, scope)
        for door in doors()
        for method, role, scope in product(door.tried, Role, SCOPES)
    ]
    return set(every if WHOLE else sample(every, min(CELLS, len(every))))


def written() -> Counter[str]:
    """Rows written so far in this transaction, by table; what was rolled back counts too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return Counter(dict(cursor.fetchall()))


def seen(answer: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.items() if name not in CLOCK}
    return answer.status_code, headers, MASKED.sub(b"", answer.content)


class Tally:
    """What was tried for one role, what opened, and what went wrong: who, where and how."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.opened: set[str] = set()
        self.faults: list[tuple[Any, ...]] = []


opened_by_some: set[str] = set()


@pytest.mark.parametrize("role", Role)
def test_each_cell_answers_as_the_policy_says(
    sampled: set[tuple[str, str, Role, str]], role: Role
) -> None:
    tally = Tally()
    for scope in SCOPES:
        with looking(role, scope) as looker:
            trial = Trial(looker, tally)
            for door, method in trial.cells():
                if (door.route, method, role, scope) in sampled:
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
    opened_by_some.update(tally.opened)


@pytest.mark.skipif(not WHOLE, reason="a sample opens only some of the doors")
def test_each_door_opens_to_somebody() -> None:
    """Runs after the others of this file, in the same process."""
    assert {door.route for door in doors() if door.about} - opened_by_some == set()


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
        self.before, self.refused = _refusals(), 0

    def cells(self) -> list[tuple[Door, str]]:
        return [(door, method) for door in doors() for method in door.tried]

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
                self.tally.opened.add(door.route)
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
        if changed := {name for name in written() - before if name not in TRACES}:
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
        if (kept := _refusals() - self.before) != self.refused:
            said = f"{self.refused} refusals, {kept} traces of refusals"
            self.tally.faults.append((self.looker.role, self.looker.scope, said))


def _difference(one: HttpResponse, other: HttpResponse) -> list[str]:
    pair = ([str(seen(answer)[:2]), *_lines(answer)] for answer in (one, other))
    return [line for line in unified_diff(*pair, n=0, lineterm="") if line[:2] not in ("--", "++")]


def _lines(answer: HttpResponse) -> list[str]:
    return seen(answer)[2].decode().splitlines()


def _refusals() -> int:
    with as_owner():
        return Trace.objects.filter(outcome="refused").count()

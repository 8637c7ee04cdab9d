"""
Whether a thing exists is not told by the answer, nor by the time that it takes.

That the answer is the same byte for byte is in ``test_matrix.py``. Here: the database is asked the
same questions, and in the whole run the two are timed in turn.
"""

from __future__ import annotations

import re
import time
from random import Random
from statistics import median
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doors import put
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from sizes import WHOLE
from walls.classifying import Door, doors, refs_of, things
from walls.figures import say
from walls.scopes import looking
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

PAIRS = 2_000
WITHIN = 0.05
RESAMPLES = 1_000
# Values, and the names that Django gives to savepoints.
VALUES = re.compile(r"'[^']*'(::\w+)?|\bs\d+_x\d+\b|\b\d+\b")
# A door to each kind of thing, for somebody who holds the right and not the file.
TIMED = (
    ("informations/<uuid:ref>/", Role.CRIP),
    ("situations/<uuid:ref>/", Role.SUPERVISOR),
    ("mesures/<uuid:ref>/", Role.SUPERVISOR),
    ("signalements/<uuid:ref>/", Role.CRIP),
)


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [VALUES.sub("?", one["sql"]) for one in captured]


def hidden_and_nothing(door: Door) -> tuple[str, str]:
    rows = things(door.about[-1])
    return (
        put(door.route, refs_of(rows[0], door.about)),
        put(door.route, [str(uuid4()) for _ in door.about]),
    )


def test_hidden_and_nonexistent_ask_the_database_the_same_questions() -> None:
    told, compared = [], 0
    with looking(Role.SUPERVISOR, "other") as looker:
        client = Client()
        client.force_login(looker.agent)
        for door in doors():
            if door.about and "GET" in door.tried and door.thing in ("file", "report"):
                hidden, nothing = hidden_and_nothing(door)
                compared += 1
                pair = asked(client, hidden), asked(client, nothing)
                if pair[0] != pair[1]:
                    told.append((door.route, *set(pair[0]) ^ set(pair[1])))
    say(f"Existence: {compared} addresses ask the same questions for hidden and nonexistent")
    assert compared > 50
    assert not told, told[:3]


@pytest.mark.skipif(not WHOLE, reason="times are compared on a machine that does nothing else")
def test_hidden_and_nonexistent_take_the_same_time() -> None:
    wide = []
    for route, role in TIMED:
        door = next(one for one in doors() if one.route == route)
        with looking(role, "other") as looker:
            low, middle, high = interval(_ratios(looker.agent, door, PAIRS // len(TIMED)))
        say(
            f"Existence: {route}, {PAIRS // len(TIMED)} interleaved pairs, median time ratio "
            f"hidden / nonexistent {middle:.3f}, 95 % interval [{low:.3f}, {high:.3f}]"
        )
        if low < 1 - WITHIN or high > 1 + WITHIN:
            wide.append((route, low, high))
    assert wide == []


def _ratios(agent: Agent, door: Door, pairs: int) -> list[float]:
    client = Client()
    client.force_login(agent)
    draw, ratios = Random(119), []  # noqa: S311
    for number in range(pairs + 30):
        addresses = dict(zip(("hidden", "nothing"), hidden_and_nothing(door), strict=True))
        order = draw.sample(sorted(addresses), 2)
        spent = {name: _seconds(client, addresses[name]) for name in order}
        if number >= 30:  # the first ones warm both up
            ratios.append(spent["hidden"] / spent["nothing"])
    return ratios


def _seconds(client: Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    spent = time.perf_counter() - begun
    assert answer.status_code == 404
    return spent


def interval(ratios: list[float]) -> tuple[float, float, float]:
    """Bootstrap of the median."""
    draw = Random(119)  # noqa: S311
    medians = sorted(median(draw.choices(ratios, k=len(ratios))) for _ in range(RESAMPLES))
    return medians[RESAMPLES // 40], median(ratios), medians[-RESAMPLES // 40]

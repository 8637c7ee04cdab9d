"""Small invented worlds: nobody and nowhere real."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from fanal.engines.placement.checking import broken_rules, value_of
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.refusals import NotPlaced

NIGHT: dict[str, Any] = {
    "requests": [
        {"id": "Ada", "age": 15, "sex": "F", "urgency": 4, "home": [0, 0], "needs": ["soin"],
         "dangers": [[0, 10]], "distance": 60, "travel": 300},
        {"id": "Bea", "age": 14, "sex": "F", "urgency": 1, "home": [50, 50]},
        {"id": "Cleo", "age": 16, "sex": "F", "urgency": 2, "home": [50, 50], "waited": 3},
        {"id": 7, "age": 16, "sex": "G", "urgency": 1, "home": [90, 10], "kind": "accueil"},
    ],
    "units": [
        {"id": "Quai", "facility": "Quai-Nord", "ages": [12, 17], "sex": "F", "places": 1,
         "position": [100, 0], "capabilities": ["soin"]},
        {"id": "Quai bis", "facility": "Quai-Nord", "ages": [12, 17], "sex": "F", "places": 0,
         "capacity": 3, "position": [100, 0]},
        {"id": "Phare", "facility": "Phare", "ages": [15, 17], "sex": "tous", "places": 1,
         "position": [0, 45.6], "capabilities": ["soin"]},
        {"id": "Moulin", "facility": "Moulin", "ages": [12, 17], "sex": "G", "places": 1,
         "position": [80, 10], "kind": "accueil"},
    ],
    "keep_apart": [["Ada", "Bea"]],
    "keep_together": [["Bea", "Cleo"]],
}  # fmt: skip
INSTANCES = Path(__file__).parent / "instances"


def problem(
    arcs: list[tuple[int, int, int]],
    facility: list[int],
    places: list[int],
    penalty: list[int],
    **groups: tuple[tuple[int, ...], ...],
) -> Problem:
    table = np.array(arcs, dtype=np.int64).reshape(-1, 3)
    whole: Any = [np.array(one, dtype=np.int64) for one in (facility, places, penalty)]
    return Problem(table[:, 0], table[:, 1], table[:, 2], *whole, **groups)


def crowded(seed: int, requests: int = 150, units: int = 70) -> Problem:
    """More requests than places, pairs that stay together, threes that stay apart."""
    draw = np.random.default_rng(seed)
    arcs = [
        (one, at, int(draw.integers(5, 400)))
        for one in range(requests)
        for at in np.flatnonzero(draw.random(units) < 0.3).tolist()
    ]
    order = draw.permutation(requests).tolist()
    return problem(
        arcs,
        np.sort(draw.integers(0, units // 2, units)).tolist(),
        draw.integers(0, 4, units).tolist(),
        (10_000 * draw.choice([1, 2, 4], requests)).tolist(),
        together=tuple((order[2 * i], order[2 * i + 1]) for i in range(5)),
        apart=tuple(tuple(order[10 + 3 * i : 13 + 3 * i]) for i in range(10)),
    )


@st.composite
def small(draw: st.DrawFn) -> Problem:
    """Few enough requests and units for every assignment to be tried."""
    requests, units = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    pairs = st.tuples(st.integers(0, requests - 1), st.integers(0, units - 1))
    ends = draw(st.lists(pairs, unique=True, max_size=requests * units))
    ids = st.lists(st.integers(0, requests - 1), unique=True, min_size=1, max_size=3).map(tuple)
    try:
        return problem(
            [(one, at, draw(st.integers(0, 30))) for one, at in ends],
            [draw(st.integers(0, 2)) for _ in range(units)],
            [draw(st.integers(0, 2)) for _ in range(units)],
            [draw(st.integers(0, 60)) for _ in range(requests)],
            apart=tuple(draw(st.lists(ids, max_size=2))),
            together=tuple(draw(st.lists(ids, max_size=2))),
        )
    except NotPlaced:
        from hypothesis import reject

        reject()


def best_of_all(world: Problem) -> int:
    """The least value, by trying every assignment."""
    choices = [
        [-1, *world.unit[world.request == one].tolist()] for one in range(world.penalty.size)
    ]
    return min(value_of(world, way) for way in product(*choices) if not broken_rules(world, way))

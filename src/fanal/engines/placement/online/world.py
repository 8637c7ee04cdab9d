"""An invented country of 950 km by 950, its units and 180 days of requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.placement.people import Request, Units
from fanal.engines.placement.problem import Floats, Ints

SIDE, CITIES = 950, 40
OFFERED = (0.45, 0.3, 0.15, 0.2, 0.35, 0.12)
NEEDED = (0.4, 0.15, 0.04, 0.08, 0.15, 0.03)
STAY = 60
SHORTEST_STAY = 5
MONTH = 31


@dataclass(frozen=True, slots=True)
class World:
    """``day`` and ``stay`` of each request, shape (requests,); groups of their numbers."""

    units: Units
    requests: list[Request]
    day: Ints
    stay: Ints
    apart: list[tuple[int, ...]]
    together: list[tuple[int, ...]]


def invent(
    seed: int, *, load: float, days: int, a_day: float, facilities: int, later: float = 0.0
) -> World:
    """
    Requests day after day.

    Args:
        load: requests that would be inside at once, over places.
        a_day: requests, on average.
        later: the share of pairs of siblings of whom the second comes up to a month later.
    """
    arriving = np.random.default_rng(seed)
    per_day = arriving.poisson(a_day, days)
    count = int(per_day.sum())
    day = np.repeat(np.arange(days), per_day)
    stay = np.maximum(SHORTEST_STAY, arriving.gamma(1.5, 40, count)).astype(np.int64)
    world = _country(seed, count, facilities, places=count)
    for first, second in world.together:
        day[second] = day[first]
    _come_later(np.random.default_rng(seed + 7), day, world.together, later)
    places = np.random.default_rng(seed + 99)
    world.units.places[:] = places.multinomial(
        round(a_day * STAY / load), places.dirichlet(np.full(world.units.kind.size, 0.7))
    )
    return replace(world, day=day, stay=stay)


def invent_night(seed: int, *, load: float, requests: int, facilities: int) -> World:
    """
    So many requests, all on one day.

    Args:
        load: requests over places.
    """
    return _country(seed, requests, facilities, places=round(requests / load))


def _country(seed: int, count: int, facilities: int, *, places: int) -> World:
    draw = np.random.default_rng(seed)
    cities = _Cities(draw)
    units = _units(draw, cities, facilities, max(1, places))
    drawn, dangers = _requests(draw, cities, count)
    order = draw.permutation(count)
    pairs = _pairs(draw, order, drawn, dangers)
    apart = _apart(draw, order[2 * len(pairs) :], count)
    requests = [
        Request(
            age=int(drawn["age"][one]),
            sex=int(drawn["sex"][one]),
            needs=drawn["needs"][one],
            kind=int(drawn["kind"][one]),
            urgency=int(drawn["urgency"][one]),
            home=drawn["home"][one],
            dangers=dangers[one],
            distance=float(drawn["distance"][one]),
            travel=float(drawn["travel"][one]),
        )
        for one in range(count)
    ]
    none = np.zeros(count, dtype=np.int64)
    return World(units, requests, none, none + STAY, apart, pairs)


class _Cities:
    """Where people and facilities are: around a few cities, some much larger."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        self.centres = draw.uniform(0, SIDE, (CITIES, 2))
        weight = draw.pareto(1.1, CITIES) + 0.2
        self.weight = weight / weight.sum()

    def around(self, count: int, spread: float) -> Floats:
        centre = self.centres[self.draw.choice(CITIES, count, p=self.weight)]
        return np.clip(centre + self.draw.normal(0, spread, (count, 2)), 0, SIDE)


def _units(draw: np.random.Generator, cities: _Cities, facilities: int, places: int) -> Units:
    position = cities.around(facilities, 45)
    rows: list[tuple[int, int, int, int, int]] = []
    able = []
    for facility in range(facilities):
        for _ in range(draw.integers(1, 4)):
            low = int(draw.choice([10, 12, 13, 15]))
            high = max(int(draw.choice([15, 17, 17, 20])), low + 2)
            sex = int(draw.choice([0, 1, 2], p=[0.25, 0.12, 0.63]))
            able.append(draw.random(len(OFFERED)) < OFFERED)
            rows.append((facility, low, high, sex, int(draw.integers(0, 4))))
    facility_of, low_of, high_of, sex_of, kind_of = np.array(rows, dtype=np.int64).T
    free = draw.multinomial(places, draw.dirichlet(np.full(len(rows), 0.7)))
    return Units(
        facility=facility_of,
        youngest=low_of,
        oldest=high_of,
        sex=sex_of,
        kind=kind_of,
        places=free.astype(np.int64),
        capabilities=np.array(able),
        position=position[facility_of],
    )


def _requests(
    draw: np.random.Generator, cities: _Cities, count: int
) -> tuple[dict[str, Any], list[Floats]]:
    drawn = {
        "age": draw.choice(np.arange(11, 18), count, p=[0.03, 0.06, 0.12, 0.2, 0.24, 0.22, 0.13]),
        "sex": (draw.random(count) < 0.12).astype(int),  # noqa: PLR2004
        "home": cities.around(count, 30),
        "needs": draw.random((count, len(NEEDED))) < NEEDED,
        "urgency": draw.choice([1, 2, 4], count, p=[0.5, 0.35, 0.15]),
        "kind": draw.integers(0, 4, count),
    }
    dangers = [
        np.vstack(
            [
                drawn["home"][one : one + 1] + draw.normal(0, 15, (1, 2)),
                cities.around(int(draw.integers(0, 2)), 30),
            ]
        )
        for one in range(count)
    ]
    drawn["distance"] = draw.choice([0, 30, 60, 100, 150], count, p=[0.2, 0.25, 0.25, 0.2, 0.1])
    linked = draw.random(count) < 0.45  # noqa: PLR2004
    drawn["travel"] = np.where(linked, draw.choice([200, 300, 400], count), 2000)
    return drawn, dangers


def _pairs(
    draw: np.random.Generator, order: Ints, drawn: dict[str, Any], dangers: list[Floats]
) -> list[tuple[int, ...]]:
    pairs: list[tuple[int, ...]] = []
    for at in range(max(1, order.size // 50)):
        first, second = int(order[2 * at]), int(order[2 * at + 1])
        for name in ("home", "distance", "travel"):
            drawn[name][second] = drawn[name][first]
        dangers[second] = dangers[first]
        age = drawn["age"][first] + draw.integers(-2, 3)
        drawn["age"][second] = min(17, max(11, age))
        pairs.append((first, second))
    return pairs


def _come_later(
    draw: np.random.Generator, day: Ints, pairs: list[tuple[int, ...]], share: float
) -> None:
    last = int(day.max(initial=0))
    for _, second in pairs:
        if draw.random() < share:
            day[second] = min(last, day[second] + int(draw.integers(1, MONTH)))


def _apart(draw: np.random.Generator, rest: Ints, count: int) -> list[tuple[int, ...]]:
    return [
        tuple(
            sorted(
                draw.choice(rest, min(rest.size, int(draw.integers(2, 5))), replace=False).tolist()
            )
        )
        for _ in range(count // 10 + 1)
    ]

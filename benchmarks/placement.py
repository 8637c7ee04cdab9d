"""
The placement engine beside its peers: nights to solve, public instances, 180 days to hold.

Usage: python benchmarks/placement.py [nights] [large] [library] [days]

Every plan is read again by a checker that knows the data alone. The invented countries are those
that published figures speak of: same seeds, same requests, same units.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from figures import Figure, show
from processes import Cost, whole

from fanal.engines.placement import broken_rules, night, read_tasks, share, value_of
from fanal.engines.placement.online.days import Policy, Simulation, Waits
from fanal.engines.placement.online.in_turn import InTurn
from fanal.engines.placement.online.world import invent, invent_night
from fanal.engines.placement.people import PENALTY
from fanal.engines.placement.problem import Problem

ENGINE = "placement"
FULL = 0.95
# Of the published figures: 1,000 requests and 200 facilities, seed 1.
OPTIMUM = 527_662
PUBLISHED = "published, HiGHS on all arcs: 27.5 s; CP-SAT: +3.9 % in 121 s"
PUBLISHED_LARGE = "published, HiGHS on lists of candidates: 12 left out, 757,990 in 10.6 s"
DAYS, A_DAY, FACILITIES = 180, 8.0, 200
LIBRARY = Path(__file__).with_name("orlibrary.tar.xz")


def problem_of(seed: int, requests: int, facilities: int) -> Problem:
    """All the requests of a country at once, 95 for 100 places, urgencies as they were weighed."""
    world = invent_night(seed, load=FULL, requests=requests, facilities=facilities)
    made = night(world.requests, world.units, apart=world.apart, together=world.together).problem
    urgency = np.array([one.urgency for one in world.requests], dtype=np.int64)
    open_ = made.places[made.unit] > 0
    return Problem(
        made.request[open_], made.unit[open_], made.cost[open_], made.facility, made.places,
        PENALTY * urgency, apart=made.apart, together=made.together,
    )  # fmt: skip


def solved(problem: Problem, folder: Path) -> tuple[dict[str, Any], Cost, int]:
    """What the command says of a problem, what it costs, and how many rules the plan breaks."""
    path = folder / "night.json"
    path.write_text(json.dumps({
        "arcs": np.stack([problem.request, problem.unit, problem.cost], axis=1).tolist(),
        "unit_facility": problem.facility.tolist(), "unit_places": problem.places.tolist(),
        "unplaced_penalty": problem.penalty.tolist(), "keep_apart": problem.apart,
        "keep_together": problem.together,
    }), encoding="utf-8")  # fmt: skip
    told, spent = _told(path)
    unit = np.full(problem.penalty.size, -1)
    for one, at in told["assignment"]:
        unit[one] = at
    broken = len(broken_rules(problem, unit.tolist()))
    return told, spent, broken + (told["value"] != value_of(problem, unit.tolist()))


def _told(path: Path) -> tuple[dict[str, Any], Cost]:
    text, spent = whole("placement", "solve", str(path), "--json")
    return json.loads(text), spent


def published() -> Iterator[Figure]:
    """The file that the published figures speak of, as it was published."""
    path = Path(os.environ.get("FANAL_DATA", "")) / "placement/placement_1000x200_s1.json.gz"
    if path.is_file():
        told, spent = _told(path)
        yield Figure(
            ENGINE,
            path.name,
            f"{told['value']:,}, bound {told['lower_bound']:,}, {spent}",
            f"exactly {OPTIMUM:,} in < 8 CPU s, within 0.1 % in < 2",
            told["value"] == OPTIMUM and spent.seconds < 2,
            PUBLISHED,
        )


def in_turn(problem: Problem) -> str:
    """What order of arrival, and urgency first, make of it."""
    options = np.bincount(problem.request, minlength=problem.penalty.size)
    said = []
    for name, order in (("in turn", np.arange(problem.penalty.size)),
                        ("urgent first", np.lexsort((options, -problem.penalty)))):  # fmt: skip
        unit = InTurn(problem).place(order).tolist()
        said.append(f"{name}: {value_of(problem, unit):,}, {unit.count(-1)} left out")
    return "; ".join(said)


def nights(folder: Path) -> Iterator[Figure]:
    yield from published()
    for seed in range(1, 7):
        problem = problem_of(seed, 1000, 200)
        told, spent, broken = solved(problem, folder)
        holds = told["value"] == told["lower_bound"] and spent.seconds < 8 and not broken
        first = seed == 1
        yield Figure(
            ENGINE,
            f"1,000 requests, 200 facilities, seed {seed}",
            f"{told['value']:,}, bound {told['lower_bound']:,}, {told['left_out']} left out, "
            f"{broken} rules broken, {spent}",
            f"exactly {OPTIMUM:,} in < 8 CPU s, within 0.1 % in < 2" if first else "its bound",
            holds and (not first or (told["value"] == OPTIMUM and spent.seconds < 2)),
            f"{in_turn(problem)}{'; ' + PUBLISHED if first else ''}",
        )


def large(folder: Path) -> Iterator[Figure]:
    for seed in range(1, 5):
        problem = problem_of(seed, 5000, 1500)
        told, spent, broken = solved(problem, folder)
        none = problem.penalty.size - np.unique(problem.request).size
        kept = nowhere(problem)
        holds = told["left_out"] <= none + kept + 3 and spent.seconds < 15 and not broken
        yield Figure(
            ENGINE,
            f"5,000 requests, 1,500 facilities, seed {seed}",
            f"{told['value']:,}, bound {told['lower_bound']:,}, {told['left_out']} left out "
            f"({none} have no unit, {kept} more no facility for their family), "
            f"{broken} rules broken, {spent}",
            "< 15 CPU s, 3 more than those",
            holds,
            f"{in_turn(problem)}{'; ' + PUBLISHED_LARGE if seed == 1 else ''}",
        )


def nowhere(problem: Problem) -> int:
    """Those who have a unit, and no facility where all their family has one."""
    where: dict[int, set[int]] = {}
    for one, at in zip(
        problem.request.tolist(), problem.facility[problem.unit].tolist(), strict=True
    ):
        where.setdefault(one, set()).add(at)
    return sum(
        one in where
        for kin in problem.blocks()
        if not set.intersection(*(where.get(one, set()) for one in kin))
        for one in kin
    )


def library(folder: Path) -> Iterator[Figure]:
    """Cattrysse's sixty instances, as the OR-Library publishes them, with their optima."""
    with tarfile.open(LIBRARY) as archive:
        archive.extractall(folder, filter="data")
    rows = csv.DictReader(io.StringIO((folder / "optima.csv").read_text(encoding="utf-8")))
    seconds, right = [], 0
    for row in rows:
        begun = time.process_time()
        tasks = read_tasks(folder / row["path"])
        found = share(tasks)
        seconds.append(time.process_time() - begun)
        load = np.zeros(tasks.capacity.size)
        np.add.at(load, found.agent, tasks.weight[found.agent, np.arange(found.agent.size)])
        right += found.value == int(row["optimum"]) and bool((load <= tasks.capacity).all())
    middle = median(seconds)
    yield Figure(
        ENGINE,
        "OR-Library, optima",
        f"{right} of {len(seconds)}, median {middle:.2f} CPU s, at most {max(seconds):.1f}",
        "60 of 60, median < 0.3",
        right == len(seconds) == 60 and middle < 0.3,
    )


def days(_folder: Path) -> Iterator[Figure]:
    found: dict[int, dict[Policy, Waits]] = {}
    for seed in range(1, 11):
        world = invent(seed, load=FULL, days=DAYS, a_day=A_DAY, facilities=FACILITIES)
        found[seed] = {policy: Simulation(world, policy).run(DAYS) for policy in Policy}
        told = ", ".join(f"{name} {one.same_day:.3f}" for name, one in found[seed].items())
        kept, first = found[seed][Policy.RARE], found[seed][Policy.URGENT_FIRST]
        yield Figure(
            ENGINE,
            f"180 days, load {FULL}, seed {seed}",
            f"{kept.same_day:.3f} the same day, urgent wait {kept.urgent_wait:.2f} days, "
            f"{kept.cost:.0f} km",
            "≥ 0.77, urgent no longer than urgent first",
            kept.same_day >= 0.77 and kept.urgent_wait <= first.urgent_wait,
            f"{told}; urgent first: urgent wait {first.urgent_wait:.2f}, {first.cost:.0f} km",
        )
    worst = min(found, key=lambda seed: found[seed][Policy.RARE].same_day)
    low = found[worst][Policy.RARE].same_day
    yield Figure(ENGINE, f"the worst of ten seeds, {worst}", f"{low:.3f}", "≥ 0.77", low >= 0.77)


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "nights": nights,
    "large": large,
    "library": library,
    "days": days,
}


def figures(parts: list[str] | None = None) -> Iterator[Figure]:
    """Each part's figures, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        for part in parts or PARTS:
            yield from PARTS[part](Path(folder))


if __name__ == "__main__":
    show(figures(sys.argv[1:] or None))

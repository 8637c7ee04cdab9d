"""
The placement engine in invented countries: a night to solve, 180 days to hold.

Usage: python benchmarks/placement.py
"""

from __future__ import annotations

import time

import numpy as np

from fanal.engines.placement import broken_rules, night, solve
from fanal.engines.placement.online.days import Policy, Simulation
from fanal.engines.placement.online.world import invent

NIGHTS = ((1, 100, 200), (1, 1000, 200), (2, 1000, 200), (1, 1000, 1500), (1, 5000, 1500))
SEEDS = (1, 2, 3)


def one_night(seed: int, requests: int, facilities: int) -> str:
    """All the requests of one world at once, 95 for 100 places."""
    world = invent(seed, load=0.95 * 60, days=1, a_day=requests, facilities=facilities)
    asked = world.requests
    tonight = night(asked, world.units, apart=world.apart, together=world.together)
    plan = solve(tonight.problem)
    assert broken_rules(tonight.problem, plan.unit.tolist()) == []
    none = len(asked) - np.unique(tonight.problem.request).size
    return (
        f"{len(asked)} requests, {facilities} facilities, {tonight.problem.cost.size} arcs: "
        f"value {plan.value}, left out {plan.left_out} ({none} have no unit), "
        f"gap {100 * plan.gap:.4f} %, {plan.seconds:.1f} s"
    )


def main() -> None:
    for case in NIGHTS:
        print(one_night(*case), flush=True)
    for seed in SEEDS:
        world = invent(seed, load=0.95, days=180, a_day=8, facilities=200)
        for policy in Policy:
            began = time.process_time()
            waits = Simulation(world, policy).run(180)
            print(
                f"seed {seed} {policy:<13} same day {waits.same_day:.3f}, wait {waits.wait:.2f}, "
                f"urgent {waits.urgent_wait:.2f}, {time.process_time() - began:.1f} s"
            )


if __name__ == "__main__":
    main()

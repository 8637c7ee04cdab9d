"""Keeping rare units serves everyone, and urgent children first."""

from __future__ import annotations

import numpy as np
import pytest

from fanal.engines.placement.nights import arcs_of
from fanal.engines.placement.online.days import Policy, Simulation
from fanal.engines.placement.online.world import World, invent
from fanal.engines.placement.people import examine


@pytest.fixture(scope="module", params=[1, 2, 3])
def country(request: pytest.FixtureRequest) -> World:
    return invent(request.param, load=0.95, days=180, a_day=8, facilities=200)


def test_rare_units_kept_place_more_the_same_day_and_urgent_children_sooner(
    country: World,
) -> None:
    first = Simulation(country, Policy.URGENT_FIRST).run(180)
    rare = Simulation(country, Policy.RARE).run(180)

    assert rare.same_day >= 0.77
    assert rare.same_day > first.same_day
    assert rare.urgent_wait <= first.urgent_wait
    assert rare.wait < first.wait


@pytest.mark.parametrize("policy", Policy)
def test_no_day_breaks_a_rule(policy: Policy) -> None:
    world = invent(5, load=0.8, days=60, a_day=4, facilities=40)
    simulation = Simulation(world, policy)
    simulation.run(60)

    arcs = arcs_of([examine(request, world.units) for request in world.requests])
    allowed = set(zip(arcs.request.tolist(), arcs.unit.tolist(), strict=True))
    placed = np.flatnonzero(simulation.unit >= 0).tolist()
    until = simulation.placed_on + world.stay
    assert placed
    assert all((one, int(simulation.unit[one])) in allowed for one in placed)
    for day in range(60):
        inside = [one for one in placed if simulation.placed_on[one] <= day < until[one]]
        where = {one: int(world.units.facility[simulation.unit[one]]) for one in inside}
        taken = np.bincount(simulation.unit[inside], minlength=world.units.places.size)
        assert (taken <= world.units.places).all()
        for group in world.apart:
            met = [where[one] for one in group if one in where]
            assert len(met) == len(set(met))


def test_siblings_of_a_day_arrive_together() -> None:
    world = invent(5, load=0.8, days=60, a_day=4, facilities=40)
    simulation = Simulation(world, Policy.RARE)
    simulation.run(60)

    assert all(
        simulation.placed_on[first] == simulation.placed_on[second]
        for first, second in world.together
    )

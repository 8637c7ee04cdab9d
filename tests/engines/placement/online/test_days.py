"""Keeping rare units serves everyone, and urgent children first."""

from __future__ import annotations

import numpy as np
import pytest

from fanal.engines.placement.nights import arcs_of
from fanal.engines.placement.online.days import Policy, Simulation
from fanal.engines.placement.online.doors import Siblings, Why
from fanal.engines.placement.online.world import World, invent
from fanal.engines.placement.people import examine

DAYS = 60


def little(*, later: float = 0.0) -> World:
    return invent(5, load=0.8, days=DAYS, a_day=4, facilities=40, later=later)


def together(world: World, simulation: Simulation, kin: tuple[int, ...]) -> set[int]:
    """The days on which two of them live in two facilities."""
    until = simulation.placed_on + world.stay
    facility = world.units.facility[simulation.unit]
    return {
        day
        for day in range(DAYS)
        if len({int(facility[one]) for one in kin if simulation.placed_on[one] <= day < until[one]
                and simulation.unit[one] >= 0}) > 1
    }  # fmt: skip


@pytest.mark.parametrize("seed", [1, 7])
def test_rare_units_kept_place_more_the_same_day_and_urgent_children_sooner(seed: int) -> None:
    country = invent(seed, load=0.95, days=180, a_day=8, facilities=200)
    first = Simulation(country, Policy.URGENT_FIRST).run(180)
    rare = Simulation(country, Policy.RARE).run(180)

    assert rare.same_day >= 0.82
    assert rare.same_day > first.same_day
    assert rare.urgent_wait <= first.urgent_wait
    assert rare.wait < first.wait
    assert sum(rare.why.values()) == rare.waiting


@pytest.mark.parametrize("policy", Policy)
def test_no_day_breaks_a_rule(policy: Policy) -> None:
    world = little(later=0.5)
    simulation = Simulation(world, policy)
    simulation.run(DAYS)

    arcs = arcs_of([examine(request, world.units) for request in world.requests])
    allowed = set(zip(arcs.request.tolist(), arcs.unit.tolist(), strict=True))
    placed = np.flatnonzero(simulation.unit >= 0).tolist()
    until = simulation.placed_on + world.stay
    assert placed
    assert all((one, int(simulation.unit[one])) in allowed for one in placed)
    assert not any(together(world, simulation, kin) for kin in world.together)
    for day in range(DAYS):
        inside = [one for one in placed if simulation.placed_on[one] <= day < until[one]]
        where = {one: int(world.units.facility[simulation.unit[one]]) for one in inside}
        taken = np.bincount(simulation.unit[inside], minlength=world.units.places.size)
        assert (taken <= world.units.places).all()
        for group in world.apart:
            met = [where[one] for one in group if one in where]
            assert len(met) == len(set(met))


def test_siblings_of_a_day_arrive_together() -> None:
    world = little()
    simulation = Simulation(world, Policy.RARE)
    simulation.run(DAYS)

    assert all(
        simulation.placed_on[first] == simulation.placed_on[second]
        for first, second in world.together
    )


def test_a_sibling_who_comes_later_joins_the_one_who_is_there() -> None:
    world = little(later=1.0)
    simulation = Simulation(world, Policy.RARE)
    simulation.run(DAYS)

    joined = [
        (first, second)
        for first, second in world.together
        if simulation.unit[second] >= 0
        and 0 <= simulation.placed_on[first] < simulation.placed_on[second]
        < simulation.placed_on[first] + world.stay[first]
    ]  # fmt: skip
    assert joined
    assert not any(together(world, simulation, kin) for kin in joined)


def test_siblings_without_a_facility_for_both_part_only_when_the_rule_says_so() -> None:
    world = little()
    strict = Simulation(world, Policy.RARE)
    strict.run(DAYS)
    loose = Simulation(world, Policy.RARE, Siblings.IF_POSSIBLE)
    loose.run(DAYS)

    nowhere = sorted(strict.doors.nowhere)
    waiting = [one for one in nowhere if strict.arcs.start[one] < strict.arcs.start[one + 1]]
    assert waiting
    assert all(strict.unit[one] < 0 for one in waiting)
    assert {strict.why(one) for one in waiting} == {Why.NOWHERE_TOGETHER}
    assert any(loose.unit[one] >= 0 for one in waiting)
    assert not loose.doors.nowhere
    assert not any(together(world, loose, kin) for kin in loose.doors.families)

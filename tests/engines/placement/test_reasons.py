"""Why someone is where the plan puts them, counted and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engines.placement.worlds import NIGHT, problem, small
from fanal.engines.placement.people import Rule
from fanal.engines.placement.plans import Standing
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.reading import read_tonight
from fanal.engines.placement.reasons import reason
from fanal.engines.placement.solving import solve
from fanal.engines.placement.tonight import Tonight


def tonight(folder: Path, **changes: Any) -> Tonight:
    path = folder / "nuit.json"
    path.write_text(json.dumps(NIGHT | changes), encoding="utf-8")
    return read_tonight(path)


def said(night: Tonight) -> list[str]:
    plan = solve(night.problem)
    found = night.reasons(plan, range(plan.unit.size))
    return [one.said(night.requests, night.units) for one in found]


def test_each_rule_is_counted_and_what_would_open_is_told(tmp_path: Path) -> None:
    assert said(tonight(tmp_path, keep_together=[])) == [
        "4 unités examinées : 1 pour le sexe accueilli, 1 sans ce qu'il faut, 1 trop près d'un "
        "lieu de danger, 1 possible ; proposée : Quai.",
        "4 unités examinées : 1 pour l'âge, 1 pour le sexe accueilli, 2 où vit une personne à "
        "tenir à distance ; aucune proposée.",
        "4 unités examinées : 1 pour le sexe accueilli, 2 complètes, 1 possible ; "
        "proposée : Phare.",
        "4 unités examinées : 2 pour le sexe accueilli, 1 complète, 1 possible ; "
        "proposée : Moulin.",
    ]


def test_a_free_unit_too_near_a_danger_says_at_what_distance_it_would_open(
    tmp_path: Path,
) -> None:
    requests = [NIGHT["requests"][0]]
    units = [NIGHT["units"][2], NIGHT["units"][0] | {"position": [400, 0]}]
    night = tonight(tmp_path, requests=requests, units=units, keep_apart=[], keep_together=[])

    assert said(night) == [
        "2 unités examinées : 1 trop près d'un lieu de danger, 1 trop loin pour la famille ; "
        "aucune proposée ; Phare s'ouvrirait à 35 km d'un lieu de danger ; Quai s'ouvrirait si la "
        "famille pouvait faire 400 km."
    ]
    (told,) = night.reasons(solve(night.problem), [0])
    assert told.as_json(night.requests, night.units) | {"words": ""} == {
        "request": "Ada", "unit": None, "examined": 2, "counts": {"danger": 1, "travel": 1},
        "siblings": [], "nowhere_together": False, "words": "",
        "opens_nearer_danger": {"unit": "Phare", "km": 35},
        "opens_farther_from_home": {"unit": "Quai", "km": 400},
    }  # fmt: skip


def test_a_full_unit_does_not_open_at_another_distance(tmp_path: Path) -> None:
    units = [NIGHT["units"][2] | {"places": 0}]
    night = tonight(
        tmp_path, requests=NIGHT["requests"][:1], units=units, keep_apart=[], keep_together=[]
    )

    assert said(night) == ["1 unité examinée : 1 trop près d'un lieu de danger ; aucune proposée."]


def test_siblings_whom_no_facility_can_take_are_named(tmp_path: Path) -> None:
    night = tonight(tmp_path, keep_apart=[])

    assert said(night)[1].endswith(
        "2 complètes ; aucune proposée ; aucun établissement n'a ce soir de quoi la recevoir avec "
        "Cleo."
    )


def test_siblings_who_lack_one_place_are_told_so() -> None:
    world = problem([(0, 0, 1), (1, 0, 1), (2, 0, 1)], [0], [2], [50, 50, 500], together=((0, 1),))
    plan = solve(world)

    told = reason(Standing(world, plan.unit), 0)

    assert plan.unit.tolist() == [-1, -1, 0]
    assert (told.counts, told.nowhere) == ({Rule.FAMILY: 1}, False)


def test_arcs_alone_say_how_many_units_the_rules_closed() -> None:
    world = problem([(0, 1, 5), (1, 1, 5)], [0, 1, 2], [1, 1, 1], [50, 60])
    plan = solve(world)

    told = reason(Standing(world, plan.unit), 0)

    assert told.said(range(2), range(3)) == (
        "3 unités examinées : 2 écartées par les règles, 1 complète ; aucune proposée."
    )


@given(world=small())
@settings(max_examples=100, deadline=None)
def test_nobody_is_left_out_with_a_unit_that_was_possible(world: Problem) -> None:
    dear = problem(
        list(zip(world.request.tolist(), world.unit.tolist(), world.cost.tolist(), strict=True)),
        world.facility.tolist(), world.places.tolist(), [10_000] * world.penalty.size,
        apart=world.apart, together=world.together,
    )  # fmt: skip
    plan = solve(dear)
    standing = Standing(dear, plan.unit)

    for one in np.flatnonzero(plan.unit < 0).tolist():
        told = reason(standing, one)
        assert sum(told.counts.values()) == dear.places.size
        assert Rule.OPEN not in told.counts
        assert (
            not told.nowhere
            or Rule.FAMILY in told.counts
            or not standing.units(one).size
            or (Rule.FULL in told.counts or Rule.APART in told.counts)
        )


@pytest.mark.parametrize("whole", [True, False])
def test_the_placed_have_their_unit_among_the_possible(tmp_path: Path, *, whole: bool) -> None:
    night = tonight(tmp_path)
    plan = solve(night.problem)
    standing = Standing(night.problem, plan.unit)

    for one in np.flatnonzero(plan.unit >= 0).tolist():
        examined = night.night.examined(one) if whole and night.night else None
        told = reason(standing, one, examined)
        assert told.counts[Rule.OPEN] >= 1
        assert told.unit == plan.unit[one]

"""Who may go where, why in words, and what one more unit would do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.placement.checking import broken_rules
from fanal.engines.placement.nights import night
from fanal.engines.placement.people import ANY_KIND, Request, Rule, Units, examine
from fanal.engines.placement.solving import solve

ASKED = Request(
    age=15,
    sex=0,
    needs=np.array([True, False]),
    kind=0,
    urgency=1,
    home=np.zeros(2),
    dangers=np.zeros((1, 2)),
    distance=60,
    travel=300,
)
FITTING = {"low": 12, "high": 17, "sex": 2, "places": 1, "able": [True, False], "at": [100.0, 0.0]}


def units(*changes: dict[str, Any]) -> Units:
    rows = [FITTING | change for change in changes]

    def whole(name: str) -> Any:
        return np.array([row[name] for row in rows], dtype=np.int64)

    return Units(
        facility=np.arange(len(rows)),
        youngest=whole("low"),
        oldest=whole("high"),
        sex=whole("sex"),
        kind=np.zeros(len(rows), dtype=np.int64),
        places=whole("places"),
        capabilities=np.array([row["able"] for row in rows]),
        position=np.array([row["at"] for row in rows]),
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({}, Rule.OPEN),
        ({"high": 14}, Rule.AGE),
        ({"low": 16}, Rule.AGE),
        ({"sex": 1}, Rule.SEX),
        ({"able": [False, True]}, Rule.CAPABILITY),
        ({"at": [59.0, 0.0]}, Rule.DANGER),
        ({"at": [60.0, 0.0]}, Rule.OPEN),
        ({"at": [301.0, 0.0]}, Rule.TRAVEL),
        ({"places": 0}, Rule.FULL),
        ({"places": 0, "high": 14}, Rule.AGE),
    ],
)
def test_the_first_rule_that_closes_a_unit_is_kept(change: dict[str, Any], rule: Rule) -> None:
    assert examine(ASKED, units(change)).rule.tolist() == [rule]


def test_a_full_unit_is_kept_for_what_one_more_place_would_do() -> None:
    tonight = night([ASKED], units({}, {"places": 0}, {"high": 14}))

    assert tonight.problem.unit.tolist() == [0, 1]
    assert solve(tonight.problem).unit.tolist() == [0]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"urgency": 4}, {"urgency": 2, "waited": 20}, 0),
        ({"urgency": 1, "waited": 5}, {"urgency": 2}, 0),
        ({"urgency": 1, "waited": 90}, {"urgency": 4}, 1),
        ({"urgency": 1}, {"urgency": 1, "waited": 1}, 1),
    ],
)
def test_the_urgent_go_first_then_those_who_wait_longest(
    first: dict[str, int], second: dict[str, int], kept: int
) -> None:
    tonight = night([replace(ASKED, **first), replace(ASKED, **second)], units({}))

    assert np.flatnonzero(solve(tonight.problem).unit >= 0).tolist() == [kept]


def test_a_request_without_a_kind_pays_for_none() -> None:
    mine, any_kind = (
        examine(replace(ASKED, kind=kind), units({})).cost.tolist() for kind in (1, ANY_KIND)
    )

    assert mine[0] - any_kind[0] == 60


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_no_plan_ever_sends_anyone_where_a_rule_forbids(seed: int) -> None:
    draw = np.random.default_rng(seed)
    offered = units(
        *(
            {"low": int(low), "high": int(low) + 3, "sex": int(draw.integers(0, 3)),
             "places": int(draw.integers(0, 3)), "able": (draw.random(2) < 0.7).tolist(),
             "at": draw.uniform(0, 300, 2).tolist()}
            for low in draw.integers(10, 16, 8)
        )
    )  # fmt: skip
    asked = [
        replace(ASKED, age=int(age), sex=int(draw.integers(0, 2)), home=draw.uniform(0, 300, 2),
                dangers=draw.uniform(0, 300, (2, 2)), needs=draw.random(2) < 0.3)
        for age in draw.integers(11, 18, 10)
    ]  # fmt: skip
    tonight = night(asked, offered, apart=[(0, 1, 2)], together=[(3, 4)])

    plan = solve(tonight.problem)

    assert broken_rules(tonight.problem, plan.unit.tolist()) == []
    for one, at in zip(asked, plan.unit.tolist(), strict=True):
        if at >= 0:
            assert offered.youngest[at] <= one.age <= offered.oldest[at]
            assert offered.sex[at] in {2, one.sex}
            assert (offered.capabilities[at] | ~one.needs).all()
            away = np.linalg.norm(one.dangers - offered.position[at], axis=1)
            assert (away >= one.distance).all()
            assert np.linalg.norm(one.home - offered.position[at]) <= one.travel

"""The checker sees each rule that is broken."""

from __future__ import annotations

import pytest

from engines.placement.worlds import problem
from fanal.engines.placement.checking import broken_rules, value_of
from fanal.engines.placement.problem import Problem

ARCS = [(0, 0, 1), (1, 0, 2), (1, 1, 3), (2, 1, 4), (2, 2, 5)]


def world(**groups: tuple[tuple[int, ...], ...]) -> Problem:
    return problem(ARCS, [0, 0, 1], [1, 1, 1], [10, 20, 30], **groups)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ([1, -1, -1], "La demande 0 ne peut pas aller dans l'unité 1."),
        ([0, 0, -1], "L'unité 0 reçoit 2 demandes pour 1 places."),
    ],
)
def test_a_place_that_is_not_open_is_said(unit: list[int], said: str) -> None:
    assert broken_rules(world(), unit) == [said]


def test_a_meeting_and_a_separation_are_said() -> None:
    assert broken_rules(world(apart=((0, 1),)), [0, 1, -1]) == [
        "Le groupe séparé (0, 1) se retrouve."
    ]
    assert broken_rules(world(together=((0, 2),)), [0, -1, 2]) == ["La fratrie (0, 2) est séparée."]
    assert broken_rules(world(together=((0, 2),)), [0, -1, -1]) == [
        "La fratrie (0, 2) est séparée."
    ]


def test_a_sound_plan_has_nothing_said_and_its_value_is_summed() -> None:
    assert broken_rules(world(apart=((0, 2),), together=((0, 1),)), [0, 1, 2]) == []
    assert value_of(world(), [0, -1, 2]) == 1 + 20 + 5

"""What is true of every table under the closed-population models, and under Chapman's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.population.drawing import (
    code,
    figures,
    reordered,
    tables,
    times,
    with_an_idle_list,
)
from fanal.engines.population import CaptureTable, Code, from_counts
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear import closed
from fanal.engines.population.moments import chapman

Method = Callable[[CaptureTable], Answer]
METHODS: list[Method] = [
    closed.independence,
    closed.chao,
    closed.darroch,
    closed.poisson,
    closed.gamma,
    closed.all_pairs,
]
methods = st.sampled_from(METHODS)


@given(tables(), methods)
@settings(deadline=None)
def test_an_answer_is_refused_in_words_or_holds_no_fewer_people_than_were_seen(
    table: CaptureTable, method: Method
) -> None:
    found = method(table)

    if found.refused:
        assert found.refused.message
        assert found.estimate is None
    else:
        assert found.estimate is not None
        assert found.lower is not None
        assert table.n <= found.lower <= found.estimate
        assert found.upper is None or found.estimate <= found.upper
    assert found.refused is None or found.refused.code is not Code.NOT_CONVERGED


@given(tables(), methods, st.data())
@settings(deadline=None)
def test_the_order_of_lists_never_matters(
    table: CaptureTable, method: Method, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(table.t)))

    one, other = method(table), method(reordered(table, order))

    assert code(one) == code(other)
    assert figures(one) == pytest.approx(figures(other), rel=1e-4)
    assert one.digest == other.digest


@given(tables(), methods)
@settings(deadline=None)
def test_a_list_that_saw_nobody_changes_nothing(table: CaptureTable, method: Method) -> None:
    one, other = method(table), method(with_an_idle_list(table))

    assert code(one) == code(other)
    assert figures(one) == pytest.approx(figures(other), rel=1e-6)


@given(tables(), methods, st.integers(2, 9))
@settings(deadline=None)
def test_ten_times_the_people_make_ten_times_the_estimate_and_a_narrower_interval(
    table: CaptureTable, method: Method, factor: int
) -> None:
    one, other = method(table), method(times(table, factor))

    assert (one.refused is None) == (other.refused is None)
    if one.refused is None:
        assert other.details["poisson_estimate"] == pytest.approx(
            factor * one.details["poisson_estimate"], rel=1e-6
        )
        assert other.details["poisson_standard_error"] == pytest.approx(
            factor**0.5 * one.details["poisson_standard_error"], rel=1e-4
        )


@given(tables(), st.sampled_from([0.5, 0.8, 0.9]))
@settings(deadline=None)
def test_a_higher_level_never_makes_a_narrower_interval(table: CaptureTable, level: float) -> None:
    narrow, wide = closed.independence(table, level=level), closed.independence(table)

    if narrow.refused is None:
        assert wide.lower is not None
        assert narrow.lower is not None
        assert wide.lower <= narrow.lower
        assert wide.upper is None or (narrow.upper is not None and narrow.upper <= wide.upper)


@given(tables(people=12))
@settings(deadline=None)
def test_chao_never_answers_less_than_independence(table: CaptureTable) -> None:
    plain, bound = closed.independence(table), closed.chao(table)

    if plain.refused is None and bound.refused is None and not table.impossible:
        assert plain.estimate is not None
        assert bound.estimate is not None
        assert bound.estimate >= plain.estimate * (1 - 1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_what_cannot_be_fitted_is_refused_in_words(method: Method) -> None:
    lists = "ABC"
    two = from_counts("AB", [((1, 0), 5), ((0, 1), 4), ((1, 1), 3)])
    apart = from_counts(lists, [((1, 0, 0), 5), ((0, 1, 0), 4), ((0, 0, 1), 3)])
    idle = from_counts(lists, [((1, 0, 0), 5), ((0, 1, 0), 4), ((1, 1, 0), 3)])
    protected = CaptureTable(
        tuple(lists), (0, 9, 9, 5, 9, 3, 3, 2), low=(0,) * 8, high=(0, 9, 9, 10, 9, 6, 6, 4)
    )

    for table, why in (
        (two, Code.TOO_FEW_LISTS),
        (apart, Code.NO_OVERLAP),
        (idle, Code.TOO_FEW_LISTS),
        (protected, Code.NOT_FOR_PROTECTED_CELLS),
    ):
        refused = method(table).refused
        assert refused is not None
        assert refused.code is why
        assert refused.message


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_chapman_never_answers_less_than_was_seen(first: int, second: int, both: int) -> None:
    table = from_counts("AB", [((1, 0), first), ((0, 1), second), ((1, 1), both)])

    found, turned = chapman.chapman(table), chapman.chapman(reordered(table, (1, 0)))

    assert found.estimate is not None
    assert found.lower is not None
    assert found.upper is not None
    assert table.n <= found.lower <= found.estimate <= found.upper
    assert figures(found) == figures(turned)


def test_chapman_of_a_textbook() -> None:
    # Seber (1982): 200 and 250 people, 60 on both: 201 * 251 / 61 - 1.
    table = from_counts("AB", [((1, 0), 140), ((0, 1), 190), ((1, 1), 60)])

    found = chapman.chapman(table)

    assert found.estimate == pytest.approx(201 * 251 / 61 - 1)
    assert found.details["standard_error"] ** 2 == pytest.approx(
        201 * 251 * 140 * 190 / (61**2 * 62)
    )


def test_chapman_compares_the_two_lists_that_it_is_told() -> None:
    table = from_counts(
        "ABC", [((1, 0, 0), 7), ((0, 1, 0), 50), ((0, 0, 1), 8), ((1, 0, 1), 5), ((1, 1, 1), 1)]
    )

    found = chapman.chapman(table, lists=(0, 2))

    assert found.details["lists"] == ["A", "C"]
    assert (found.details["seen"], found.details["both"]) == (21, 6)
    assert found.estimate == pytest.approx(14 * 15 / 7 - 1)


def test_chapman_refuses_what_says_nothing() -> None:
    one = from_counts("A", [((1,), 5)])
    apart = from_counts("AB", [((1, 0), 5), ((0, 1), 4)])
    within = from_counts("AB", [((1, 0), 5), ((1, 1), 4)], impossible=[(0, 1)])
    protected = CaptureTable(("A", "B"), (0, 9, 9, 5), low=(0, 9, 9, 1), high=(0, 9, 9, 10))

    for table, why in (
        (one, Code.TOO_FEW_LISTS),
        (apart, Code.NO_OVERLAP),
        (within, Code.NOT_IDENTIFIABLE),
        (protected, Code.NOT_FOR_PROTECTED_CELLS),
    ):
        refused = chapman.chapman(table).refused
        assert refused is not None
        assert refused.code is why

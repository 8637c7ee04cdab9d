"""Closed forms give the values of the books."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.waiting import erlang
from fanal.engines.waiting.erlang import erlang_a, erlang_b, erlang_c
from fanal.engines.waiting.refusals import Code, NoForecast

loads = st.floats(0.01, 200)
places = st.integers(1, 200)


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(erlang).failed == 0


@pytest.mark.parametrize(
    ("load", "servers", "blocked"),
    [(1.0, 1, 0.5), (2.0, 2, 0.4), (5.0, 10, 0.0184), (20.0, 30, 0.0085), (100.0, 100, 0.0757)],
)
def test_erlang_b_is_that_of_the_tables(load: float, servers: int, blocked: float) -> None:
    assert erlang_b(load, servers) == pytest.approx(blocked, abs=5e-5)


def test_one_place_alone_is_taken_as_often_as_it_is_asked() -> None:
    assert erlang_c(0.7, 1) == pytest.approx(0.7)


def test_fifty_agents_with_and_without_patience() -> None:
    """
    Garnett, Mandelbaum and Reiman (2002), their first table: 48 calls a minute of one minute each.

    Without leaving: 20.8 s of wait. With two minutes of patience: 3.1 % leave, 3.7 s of wait, 3
    people in the queue, 93 % of the places taken.
    """
    assert erlang_c(48, 50) / (50 - 48) * 60 == pytest.approx(20.8, abs=0.05)
    found = erlang_a(arrivals=48, duration=1, patience=2, places=50)
    assert found.leaves == pytest.approx(0.031, abs=5e-4)
    assert found.mean_wait * 60 == pytest.approx(3.7, abs=0.05)
    assert found.queue == pytest.approx(3, abs=0.05)
    assert found.busy == pytest.approx(0.93, abs=5e-3)


@given(load=loads, servers=places)
def test_a_chance_is_one_and_waiting_is_likelier_than_being_blocked(
    load: float, servers: int
) -> None:
    blocked = erlang_b(load, servers)

    assert 0 < blocked < 1 or blocked == pytest.approx(0, abs=1e-300)
    if load < servers:
        assert blocked <= erlang_c(load, servers) <= 1


@given(load=loads, servers=places, patience=st.floats(0.1, 1000))
def test_people_are_answered_or_leave(load: float, servers: int, patience: float) -> None:
    """What comes in goes out, and Little's law holds."""
    found = erlang_a(arrivals=load / 5, duration=5, patience=patience, places=servers)

    answered = found.busy * servers / 5
    assert answered + found.leaves * load / 5 == pytest.approx(load / 5, rel=1e-6)
    assert found.mean_wait * load / 5 == pytest.approx(found.queue)
    assert 0 <= found.waits <= 1
    assert 0 <= found.leaves <= 1


def test_endless_patience_is_erlang_c() -> None:
    found = erlang_a(arrivals=0.8, duration=10, patience=9_999, places=10)

    assert found.waits == pytest.approx(erlang_c(8, 10), rel=1e-2)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: erlang_c(10, 10), Code.NEVER_STEADY),
        (lambda: erlang_b(-1, 10), Code.BAD_ARRIVALS),
        (lambda: erlang_b(float("nan"), 10), Code.BAD_ARRIVALS),
        (lambda: erlang_b(5, 0), Code.BAD_PLACES),
        (lambda: erlang_a(arrivals=1, duration=0, patience=1, places=1), Code.BAD_TIME),
        (lambda: erlang_a(arrivals=1, duration=1, patience=float("inf"), places=1), Code.BAD_TIME),
    ],
)
def test_what_means_nothing_is_refused(ask: object, code: Code) -> None:
    with pytest.raises(NoForecast) as refused:
        ask()  # type: ignore[operator]

    assert refused.value.code is code

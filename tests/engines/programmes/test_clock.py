"""Seconds of the processor are counted, and run out."""

from __future__ import annotations

from fanal.engines.programmes.clock import Clock


def test_a_clock_without_budget_is_over_at_once() -> None:
    clock = Clock(0.0)

    assert clock.over()
    assert clock.left() == 0


def test_what_is_spent_is_no_longer_left() -> None:
    clock = Clock(1000.0)

    sum(range(100_000))

    assert not clock.over()
    assert 999 < clock.left() <= 1000
    assert clock.spent() >= 0

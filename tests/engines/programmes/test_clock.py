"""Seconds of the processor are counted, and run out."""

from __future__ import annotations

import time

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


def test_a_machine_that_is_shared_gives_more_of_the_wall() -> None:
    slow = Clock(1000.0, began_on_the_wall=time.monotonic() - 3600)
    sum(range(100_000))

    assert slow.left_on_the_wall() > slow.left() > 0
    assert Clock(0.0).left_on_the_wall() == 0

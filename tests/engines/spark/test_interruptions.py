"""What interrupts the start of Java waits for its end, and is not lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from fanal.engines.spark.interruptions import HEEDED, kept_as_they_are, kept_for_later


@pytest.fixture(autouse=True)
def heard() -> Iterator[list[int]]:
    """The signals that this process is told of."""
    told: list[int] = []
    before = {number: signal.signal(number, lambda n, _: told.append(n)) for number in HEEDED}
    yield told
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", HEEDED)
def test_an_interruption_comes_at_the_end(heard: list[int], number: int) -> None:
    with kept_for_later():
        signal.raise_signal(number)
        assert heard == []

    assert heard == [number]


def test_whoever_insists_is_heard_at_once(heard: list[int]) -> None:
    with kept_for_later():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        assert heard == [signal.SIGTERM]


def test_without_an_interruption_nothing_changes(heard: list[int]) -> None:
    with kept_for_later():
        pass
    signal.raise_signal(signal.SIGTERM)

    assert heard == [signal.SIGTERM]


def test_ctrl_c_is_given_back(heard: list[int]) -> None:
    with kept_as_they_are():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.raise_signal(signal.SIGINT)

    assert heard == [signal.SIGINT]

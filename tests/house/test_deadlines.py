"""Waits that end: sooner on an idle machine, later on a busy one, never before their condition."""

from __future__ import annotations

import os

import pytest

import deadlines


@pytest.fixture
def load(monkeypatch):
    def of(wanted: float, cores: int = 2) -> None:
        monkeypatch.setattr(os, "getloadavg", lambda: (wanted, 0.0, 0.0))
        monkeypatch.setattr(os, "cpu_count", lambda: cores)

    return of


@pytest.mark.parametrize(("wanted", "seconds"), [(0, 5), (2, 10), (8, 25), (1000, 60)])
def test_a_deadline_grows_with_what_wants_a_processor_up_to_an_end(load, wanted, seconds):
    load(wanted)

    assert deadlines.deadline(5) == seconds


def test_a_machine_that_tells_no_load_is_taken_for_a_busy_one(monkeypatch):
    def untold() -> tuple[float, float, float]:
        raise OSError

    monkeypatch.setattr(os, "getloadavg", untold)

    assert deadlines.deadline(5) == 10


def test_what_the_condition_found_is_handed_over():
    answers = iter(["", None, "there"])

    assert deadlines.wait_until(lambda: next(answers)) == "there"


def test_what_never_comes_is_named(load):
    load(0)

    with pytest.raises(AssertionError, match="the letter: not so after"):
        deadlines.wait_until(lambda: False, seconds=0.02, what="the letter")


def test_a_wait_that_the_load_overtakes_goes_on(load):
    load(0)
    looks = []

    def condition() -> bool:
        looks.append(1)
        load(1000)  # the machine grows busy while it is awaited
        return len(looks) > 8

    assert deadlines.wait_until(condition, seconds=0.02)

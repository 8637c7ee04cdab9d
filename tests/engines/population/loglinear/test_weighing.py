"""The recommended method: models of pairs, each by its weight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fanal.engines.population import CaptureTable, Code
from fanal.engines.population.loglinear import weighing as module
from fanal.engines.population.loglinear.weighing import quantile, weighed
from fanal.engines.population.reading import read_table

TABLES = Path(__file__).parents[1].joinpath("tables")


def table(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


def test_one_normal_law_has_the_quantiles_of_a_normal_law() -> None:
    one = np.array([1.0])

    assert quantile(np.array([5.0]), 2 * one, one, 0.5) == pytest.approx(5)
    assert quantile(np.array([5.0]), 2 * one, one, 0.975) == pytest.approx(5 + 2 * 1.959964)


def test_the_interval_holds_the_estimates_of_the_models_that_weigh_most() -> None:
    answer = weighed(table("uk2013_5lists"))

    assert answer.lower is not None
    assert answer.upper is not None
    heavy = [one["estimate"] for one in answer.details["first"]]
    assert all(answer.lower < estimate < answer.upper for estimate in heavy)
    assert answer.details["considered"] == 1024


def test_looking_near_the_best_finds_what_looking_everywhere_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everywhere = weighed(table("westernus_5lists"))
    monkeypatch.setattr(module, "ALL_UP_TO", 4)
    near = weighed(table("westernus_5lists"))

    assert near.estimate == pytest.approx(everywhere.estimate, rel=0.01)
    assert near.model == everywhere.model


def test_models_without_an_estimate_weigh_nothing() -> None:
    answer = weighed(table("korea_3lists"))

    assert answer.details["without_estimate"] == 2
    assert answer.upper is not None
    assert answer.upper < 1000


def test_lists_that_share_nobody_are_refused() -> None:
    answer = weighed(CaptureTable(tuple("ABC"), (0, 5, 5, 0, 5, 0, 0, 0)))

    assert answer.refused is not None
    assert answer.refused.code is Code.NO_OVERLAP

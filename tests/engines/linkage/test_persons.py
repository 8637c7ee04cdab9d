"""Pairs become persons only when the groups behind them agree."""

from __future__ import annotations

import numpy as np

from fanal.engines.linkage.persons import group


def grouped(size: int, told: dict[tuple[int, int], float]) -> list[int]:
    order = sorted(told, key=lambda pair: -told[pair])
    pairs = np.array(order, dtype=np.int32).reshape(-1, 2)
    return group(size, pairs, np.array([told[pair] for pair in order]))


def test_those_that_no_pair_joins_are_each_somebody() -> None:
    assert grouped(3, {}) == [1, 2, 3]


def test_one_sure_pair_does_not_join_two_groups() -> None:
    told = {(0, 1): 0.99, (2, 3): 0.99, (1, 2): 0.95}

    assert grouped(4, told) == [1, 1, 2, 2]


def test_groups_whose_pairs_are_likely_are_one() -> None:
    told = {(0, 1): 0.99, (2, 3): 0.98, (1, 2): 0.9, (0, 2): 0.8, (0, 3): 0.6, (1, 3): 0.6}

    assert grouped(4, told) == [1, 1, 1, 1]

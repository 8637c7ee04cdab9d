"""Which pairs teach does not depend on who asks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.linkage.learning import MOST, taught_on


def pairs(number: int, seed: int = 1) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return draw.integers(0, 1 << 31, size=(number, 2), dtype=np.int64).astype(np.int32)


def test_all_of_a_few_pairs_teach() -> None:
    assert taught_on(pairs(1000), MOST).all()


@given(st.integers(2, 50))
def test_of_many_pairs_about_as_many_as_are_wanted_teach(times: int) -> None:
    share = taught_on(pairs(100_000, seed=times), times * MOST).mean()

    assert abs(share * times - 1.0) < 0.15


def test_near_pairs_do_not_go_together() -> None:
    places = np.arange(100_000, dtype=np.int32)

    taught = taught_on(np.stack([places // 100, 1000 + places % 100], axis=1), 4 * MOST)

    assert abs(taught.mean() - 0.25) < 0.01
    assert abs((taught[1:] & taught[:-1]).mean() - 0.0625) < 0.01


@given(st.permutations(range(40)))
def test_the_order_changes_nothing(order: list[int]) -> None:
    told, many = pairs(40), 3 * MOST

    assert (taught_on(told[order], many) == taught_on(told, many)[order]).all()

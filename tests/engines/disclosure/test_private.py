"""Private counts: noise of the right size, and an audit that stays under epsilon."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from fanal.engines.disclosure.attacks.neighbours import audit
from fanal.engines.disclosure.private import Mechanism, meaning

TABLE = np.array([12, 3, 0, 7], dtype=np.int64)
NEIGHBOUR = np.array([12, 2, 0, 7], dtype=np.int64)


def test_noise_is_whole_centred_and_of_the_spread_that_epsilon_says() -> None:
    noise = Mechanism(1.0)(np.zeros(20_000, dtype=np.int64))
    a = math.exp(-1.0)

    assert noise.dtype == np.int64
    assert abs(noise.mean()) < 6 * math.sqrt(2 * a) / (1 - a) / math.sqrt(20_000)
    assert noise.var() == pytest.approx(2 * a / (1 - a) ** 2, rel=0.08)


def test_counts_keep_their_shape() -> None:
    assert Mechanism(0.5)(np.ones((3, 4), dtype=np.int64)).shape == (3, 4)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.nan, math.inf])
def test_an_epsilon_that_protects_nobody_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="epsilon"):
        Mechanism(epsilon)


def test_nineteen_errors_of_twenty_keep_to_the_margin() -> None:
    mechanism = Mechanism(0.5)
    noise = np.abs(mechanism(np.zeros(20_000, dtype=np.int64)))
    margin = mechanism.error_at()

    assert (noise > margin).mean() < 0.056
    assert (noise > margin - 1).mean() > 0.05
    sums = mechanism(np.zeros((4_000, 9), dtype=np.int64)).sum(axis=1)
    beyond = (np.abs(sums) > mechanism.error_of_sums(np.array(9))).mean()
    assert 0.03 < beyond < 0.065


def test_an_audit_from_outside_never_finds_more_than_epsilon() -> None:
    found = audit(Mechanism(1.0), TABLE, NEIGHBOUR, runs=6_000)

    assert 0.6 < found.at_least <= 1.0


def test_the_audit_finds_a_mechanism_that_lies() -> None:
    found = audit(Mechanism(3.0), TABLE, NEIGHBOUR, runs=3_000)

    assert found.at_least > 1.0


def test_an_audit_of_no_noise_at_all_finds_much() -> None:
    assert audit(lambda counts: counts, TABLE, NEIGHBOUR, runs=2_000).at_least > 4


def test_nine_thousand_cells_take_less_than_four_tenths_of_a_second() -> None:
    mechanism, counts = Mechanism(1.0), np.full(9_090, 5, dtype=np.int64)
    start = time.process_time()
    mechanism(counts)

    assert time.process_time() - start < 0.4


def test_epsilon_is_said_in_words() -> None:
    assert "facteur 2,72" in meaning(1.0)
    assert meaning(0.5).startswith("ε = 0,5 :")

"""Cell keys: one answer to one question, and answers that cannot be subtracted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.disclosure.cellkey import Perturbation, cell_keys, record_keys

NOISE = Perturbation()
SECRET = b"0123456789abcdef"
KEYS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("count", range(1, 30))
def test_changes_have_no_mean_the_variance_asked_and_all_their_chances(count: int) -> None:
    changes, chances = NOISE.changes(count), NOISE.chances(count)

    assert chances.sum() == pytest.approx(1)
    assert (chances > 0).all()
    assert changes @ chances == pytest.approx(0, abs=1e-9)
    assert changes**2 @ chances == pytest.approx(NOISE.variance, abs=1e-9)


@given(count=st.integers(1, 10_000), key=KEYS)
def test_no_result_is_negative_far_or_one_or_two(count: int, key: int) -> None:
    after = int(NOISE.apply([count], [key])[0])

    assert abs(after - count) <= NOISE.most
    assert after == 0 or after > NOISE.never


@given(key=KEYS)
def test_a_cell_where_nobody_is_stays_empty(key: int) -> None:
    assert NOISE.apply([0], [key])[0] == 0


@given(count=st.integers(0, 50), key=KEYS)
def test_the_same_question_has_the_same_answer(count: int, key: int) -> None:
    assert NOISE.apply([count], [key])[0] == NOISE.apply([[count], [3]], [[key], [9]])[0, 0]


def test_the_same_people_have_the_same_cell_key_in_any_table() -> None:
    keys = record_keys(map(str, range(100)), secret=SECRET)
    one = cell_keys(keys, np.arange(100) % 2, size=2)
    other = cell_keys(keys[::-1], (np.arange(100)[::-1] % 2) + 3, size=5)

    assert one.tolist() == other[3:].tolist()
    assert (
        int(one.astype(np.uint64).sum() % 2**32) == cell_keys(keys, np.zeros(100, int), size=1)[0]
    )


def test_cells_that_differ_by_one_person_have_unrelated_answers() -> None:
    keys = record_keys(map(str, range(5_000)), secret=SECRET)
    whole = cell_keys(keys, np.zeros(5_000, int), size=1)
    without = (whole.astype(np.uint64) - keys.astype(np.uint64)).astype(np.uint32)
    counts = np.full(5_000, 40)
    changes = NOISE.apply(counts, without) - counts

    assert changes.mean() == pytest.approx(0, abs=4 * 2 / np.sqrt(5_000))
    assert changes.var() == pytest.approx(NOISE.variance, rel=0.1)
    for change, chance in zip(NOISE.changes(40), NOISE.chances(40), strict=True):
        spread = np.sqrt(chance * (1 - chance) / 5_000)
        assert abs((changes == change).mean() - chance) < 5 * spread


def test_keys_cannot_be_made_without_the_secret() -> None:
    mine = record_keys(["1", "2"], secret=SECRET)
    other = record_keys(["1", "2"], secret=SECRET[::-1])

    assert mine.tolist() != other.tolist()
    with pytest.raises(ValueError, match="secret"):
        record_keys(["1"], secret=b"court")


def test_a_variance_that_no_change_can_have_is_refused() -> None:
    with pytest.raises(ValueError, match="variance"):
        Perturbation(most=2, variance=9.0).chances(20)

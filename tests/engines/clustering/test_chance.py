"""What chance gives is measured among texts of different hands."""

from __future__ import annotations

import numpy as np
import pytest

from fanal.engines.clustering.chance import chance_of
from fanal.engines.clustering.corpus import Floats, Ints
from fanal.engines.clustering.rarity import Measured, Words

GROUPS, COPIES = 1_500, 300


def measured() -> Measured:
    """Texts of three words out of a hundred, then copies of one; a common word is worth a nat."""
    drawing = np.random.default_rng(5)
    held = [np.sort(drawing.choice(100, 3, replace=False)) for _ in range(GROUPS)]
    held += [np.array([100, 101, 102])] * COPIES
    gains = np.ones((103, 1), dtype=np.float32)
    gains[100:] = 20
    begins = 3 * np.arange(GROUPS + COPIES + 1, dtype=np.int64)
    nothing: Floats = np.zeros((GROUPS + COPIES, 1), dtype=np.float32)
    words = Words(np.concatenate(held).astype(np.int32), begins)
    return Measured(words, gains[:, 0].astype(np.float64), gains, nothing, nothing[:, 0])


def test_texts_without_a_contact_may_be_of_one_hand_and_do_not_count() -> None:
    groups: Ints = np.arange(GROUPS + COPIES, dtype=np.int32)
    first = np.where(groups < GROUPS, groups, -1).astype(np.int32)

    assert chance_of(measured(), groups, groups).rare == pytest.approx(60)
    assert chance_of(measured(), groups, first).rare <= 3


def test_where_few_have_a_contact_all_texts_count() -> None:
    groups: Ints = np.arange(GROUPS + COPIES, dtype=np.int32)
    first = np.where(groups < 10, groups, -1).astype(np.int32)

    assert chance_of(measured(), groups, first).rare == pytest.approx(60)

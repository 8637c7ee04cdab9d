"""Artificial rows: like the population, and like nobody in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from fanal.engines.disclosure.private import Mechanism
from fanal.engines.disclosure.synthetic.checks import check_copies, limits
from fanal.engines.disclosure.synthetic.drawing import Marginal, Synthetic, blur, distance, draw

NAMES = ("age", "forme", "source")


def population(number: int, seed: int) -> dict[str, npt.NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    age = rng.choice(4, number, p=[0.1, 0.2, 0.3, 0.4])
    forme = np.where(rng.random(number) < 0.7, age % 3, rng.choice(3, number))
    return {"age": age, "forme": forme, "source": rng.choice(5, number)}


def marginal(people: dict[str, npt.NDArray[np.int64]], *names: str) -> Marginal:
    sizes = {"age": 4, "forme": 3, "source": 5}
    counts = np.zeros([sizes[name] for name in names], dtype=np.int64)
    np.add.at(counts, tuple(people[name] for name in names), 1)
    return Marginal(names, counts)


def drawn(people: dict[str, npt.NDArray[np.int64]], epsilon: float = 2.0) -> Synthetic:
    asked = [marginal(people, "age", "forme"), marginal(people, "forme", "source")]
    made = draw(asked, epsilon=epsilon, rng=np.random.default_rng(0))
    assert made is not None
    return made


def test_rows_keep_to_the_counts_that_were_asked() -> None:
    people = population(5_000, 1)
    made = drawn(people)

    assert abs(made.size - 5_000) < 100
    assert distance(made.columns, marginal(people, "age", "forme")) < 0.05
    assert distance(made.columns, marginal(people, "forme", "source")) < 0.05


def test_too_few_people_for_so_much_noise_make_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mechanism, "error_at", lambda _: 10_000)
    asked = [marginal(population(5, 1), "age", "forme")]

    assert draw(asked, epsilon=1.0, rng=np.random.default_rng(0)) is None


def test_no_combination_is_held_by_fewer_rows_than_the_threshold() -> None:
    rows = blur(drawn(population(3_000, 2)).columns, least=11)
    _, counts = np.unique(np.stack([rows[name] for name in NAMES]), axis=1, return_counts=True)

    assert counts.min() >= 11
    assert len(rows["age"]) > 2_500


def test_a_rare_combination_loses_its_last_values_first() -> None:
    rows = blur({"a": np.array([0] * 12 + [1]), "b": np.array([0] * 11 + [1, 1])}, least=3)

    assert rows["a"].tolist() == [0] * 11
    rows = blur({"a": np.array([0] * 6), "b": np.array([0, 0, 0, 1, 2, 3])}, least=3)
    assert rows["b"].tolist() == [0, 0, 0, -1, -1, -1]


def test_rows_of_the_machine_copy_neither_half() -> None:
    used, unused = population(2_000, 3), population(2_000, 4)
    rows = blur(drawn(used).columns, least=11)
    found = check_copies(rows, used, unused, rng=np.random.default_rng(0))

    assert found.sound
    assert found.copied_used <= limits(0, 1)[1]


def test_rows_that_are_the_people_themselves_are_found_out() -> None:
    rng = np.random.default_rng(5)
    halves = [{name: rng.integers(0, 30, 2_000) for name in NAMES} for _ in range(2)]
    found = check_copies(halves[0], halves[0], halves[1], rng=rng)

    assert not found.sound
    assert found.copied_used == 1
    assert found.near_used > found.near_unused


def test_one_child_more_hardly_changes_how_often_a_combination_comes_out() -> None:
    """A canary: one person alone in a combination, with and without, over many releases."""
    without = marginal(population(300, 6), "age", "forme")
    rare = np.unravel_index(int(np.argmin(without.counts)), without.counts.shape)
    counts = without.counts.copy()
    counts[rare] = 0
    seen = []
    for extra in (0, 1):
        counts[rare] = extra
        asked = [Marginal(("age", "forme"), counts.copy())]
        came = 0
        for seed in range(200):
            made = draw(asked, epsilon=1.0, rng=np.random.default_rng(seed))
            assert made is not None
            held = (made.columns["age"] == rare[0]) & (made.columns["forme"] == rare[1])
            came += bool(held.any())
        seen.append(came)

    assert limits(seen[1], 200)[0] <= np.exp(1.0) * limits(seen[0], 200)[1]


def test_a_distance_is_the_share_of_rows_to_move() -> None:
    wanted = Marginal(("a",), np.array([50, 50]))

    assert distance({"a": np.array([0, 1, 0, 1])}, wanted) == pytest.approx(0)
    assert distance({"a": np.array([0, 0, 0, 0])}, wanted) == pytest.approx(0.5)
    assert distance({"a": np.array([0, 1, -1, -1])}, wanted) == pytest.approx(0)

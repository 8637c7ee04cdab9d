"""Artificial worlds whose truth is known, for ``populations.py``. None of them is a country."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from fanal.engines.population import CaptureTable

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]
FOUR = np.array([0.1, 0.15, 0.12, 0.08])
FIVE = np.array([0.06, 0.10, 0.08, 0.05, 0.07])
RARE = np.array([0.006, 0.03, 0.06, 0.045, 0.02])


def table(counts: Wholes) -> CaptureTable:
    lists = counts.size.bit_length() - 1
    return CaptureTable(tuple("ABCDEFGHIJ"[:lists]), (0, *map(int, counts[1:])))


def counted(seen: npt.NDArray[np.bool_]) -> Wholes:
    t = seen.shape[1]
    counts = np.bincount(seen @ (1 << np.arange(t)), minlength=1 << t)
    counts[0] = 0
    return counts


def country(seed: int) -> tuple[Wholes, list[CaptureTable]]:
    rng = np.random.default_rng(seed)
    share = rng.pareto(1.3, 101) + 0.15
    people = rng.multinomial(8_000, share / share.sum())
    tables = []
    for size in people:
        rates = np.clip(FIVE * np.exp(rng.normal(0, 0.5, 5)), 0, 0.8)
        tables.append(table(counted(rng.random((size, 5)) < rates)))
    return people, tables


def after_the_first(seen: npt.NDArray[np.bool_], rate: float, rng: np.random.Generator) -> Wholes:
    """Each record after the first, in the order of the lists, stands alone with this chance."""
    first = np.zeros_like(seen)
    first[np.arange(len(seen)), seen.argmax(axis=1)] = True
    lost = seen & ~first & (rng.random(seen.shape) < rate)
    return counted(seen & ~lost) + singles(lost)


def any_record(seen: npt.NDArray[np.bool_], rate: float, rng: np.random.Generator) -> Wholes:
    """Each record of a person on several lists is unreadable with half of this chance."""
    several = seen.sum(axis=1, keepdims=True) > 1
    lost = seen & several & (rng.random(seen.shape) < rate / 2)
    return counted(seen & ~lost) + singles(lost)


def pair_by_pair(seen: npt.NDArray[np.bool_], rate: float, rng: np.random.Generator) -> Wholes:
    """Each pair of records is missed with this chance; what other pairs join stays joined."""
    groups = np.where(seen, np.arange(seen.shape[1]), -1)
    for one in range(seen.shape[1]):
        for other in range(one + 1, seen.shape[1]):
            joined = seen[:, one] & seen[:, other] & (rng.random(len(seen)) >= rate)
            kept, lost = groups[:, [one]].copy(), groups[:, [other]].copy()
            groups = np.where(joined[:, None] & (groups == lost) & seen, kept, groups)
    return sum(
        (counted((groups == group)[(groups == group).any(axis=1)]) for group in range(4)),
        np.zeros(16, dtype=np.int64),
    )


def singles(lost: npt.NDArray[np.bool_]) -> Wholes:
    counts = np.zeros(1 << lost.shape[1], dtype=np.int64)
    counts[1 << np.arange(lost.shape[1])] = lost.sum(axis=0)
    return counts


MEANINGS: dict[str, Callable[..., Wholes]] = {
    "each record after the first": after_the_first,
    "any record, half the rate": any_record,
    "pair by pair": pair_by_pair,
}


def merge_some(counts: Wholes, rate: float, rng: np.random.Generator) -> Wholes:
    """So many people are taken for another one, on none of the same lists."""
    people = np.repeat(np.arange(counts.size), counts)
    there = np.ones(people.size, dtype=bool)
    for one in np.nonzero(rng.random(people.size) < rate)[0]:
        others = np.nonzero(there & (people & people[one] == 0))[0]
        if there[one] and others.size:
            other = rng.choice(others)
            people[one] |= people[other]
            there[other] = False
    return np.bincount(people[there], minlength=counts.size)

"""
Attacks on artificial rows: do they copy people, rather than the population?

The machine is run on half of the people. If its rows are nearer to that half than to the other,
which it never saw, it copies. Both halves being of one population, a combination found by chance
is found in both.

Sources: Giomi et al. (2023, PETS), Anonymeter, for singling out against a control group; Platzer
and Reutterer (2021, Frontiers in Big Data 4) for distances to a hold-out; Clopper and Pearson
(1934, Biometrika 26) for the limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Wholes = npt.NDArray[np.int64]
LEVEL = 0.999
ROWS_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class CopyCheck:
    """
    Shares, 0 to 1. ``copied``: of the people who are alone to have their combination of values,
    those whom an artificial row reproduces, in the half that was used and in the one that was not.
    ``near``: of artificial rows, those nearer to the half that was used, and to the other
    (each combination of values counted once).
    """

    copied_used: float
    copied_unused: float
    near_used: float
    near_unused: float
    sound: bool

    def as_json(self) -> dict[str, float | bool]:
        return {
            "copied_used_half": round(self.copied_used, 4),
            "copied_unused_half": round(self.copied_unused, 4),
            "nearer_to_used_half": round(self.near_used, 4),
            "nearer_to_unused_half": round(self.near_unused, 4),
            "sound": self.sound,
        }


def check_copies(
    synthetic: Mapping[str, Wholes],
    used: Mapping[str, Wholes],
    unused: Mapping[str, Wholes],
    *,
    rng: np.random.Generator,
) -> CopyCheck:
    """
    Args:
        synthetic: variable -> codes of the artificial rows, made from ``used`` alone.
        used, unused: the same for the two halves of the people.
    """
    names = sorted(synthetic)
    made, mine, other = (_matrix(one, names) for one in (synthetic, used, unused))
    in_used, in_unused = _copied(made, mine), _copied(made, other)
    nearer, farther = _nearer(made, mine, other, rng)
    sound = not _above(in_used, in_unused) and not _above(
        (nearer, nearer + farther), (farther, nearer + farther)
    )
    compared = max(nearer + farther, 1)
    return CopyCheck(
        _share(in_used), _share(in_unused), nearer / compared, farther / compared, sound
    )


def _matrix(columns: Mapping[str, Wholes], names: list[str]) -> Wholes:
    return np.stack([columns[name] for name in names], axis=1)


def _copied(made: Wholes, people: Wholes) -> tuple[int, int]:
    """How many of the people who are alone in their combination are reproduced, of how many."""
    distinct, counts = np.unique(people, axis=0, return_counts=True)
    alone = {tuple(row) for row in distinct[counts == 1].tolist()}
    drawn = set(map(tuple, np.unique(made, axis=0).tolist()))
    return len(alone & drawn), len(alone)


def _nearer(
    made: Wholes, used: Wholes, unused: Wholes, rng: np.random.Generator
) -> tuple[int, int]:
    """Artificial rows that have fewer values to change to be in one half than in the other."""
    # Each combination once: the rows that share one are not as many trials.
    distinct = np.unique(made, axis=0)
    some = distinct[rng.permutation(len(distinct))[:ROWS_COMPARED]]
    to_used, to_unused = _least(some, used), _least(some, unused)
    return int((to_used < to_unused).sum()), int((to_unused < to_used).sum())


def _least(rows: Wholes, people: Wholes) -> Wholes:
    distinct = np.unique(people, axis=0)
    return np.array([(distinct != row).sum(axis=1).min() for row in rows], dtype=np.int64)


def _above(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a share is above another beyond what chance can do."""
    return bool(limits(*one)[0] > limits(*other)[1])


def limits(held: int, tried: int) -> tuple[float, float]:
    """Clopper-Pearson limits of a share, each at the level of this file."""
    from scipy.stats import beta

    low = float(beta.ppf(1 - LEVEL, held, tried - held + 1)) if held else 0.0
    high = float(beta.ppf(LEVEL, held + 1, tried - held)) if held < tried else 1.0
    return low, high


def _share(one: tuple[int, int]) -> float:
    return one[0] / one[1] if one[1] else 0.0

"""
Artificial rows drawn from noisy counts of a few variables at a time.

Each table of counts gets its noise once (see ``private``). The first is drawn from as it is; each
one after gives the variables that are new, knowing those already drawn. Whatever is done with
noisy counts costs no privacy: the rows are as private as the counts. What no table crosses is
drawn as if independent, and the rows must not be read for it.

Sources: Zhang et al. (2017, ACM TODS 42, 25), PrivBayes, for conditional draws from noisy counts;
McKenna, Miklau and Sheldon (2021, J. Privacy and Confidentiality 11) for choosing the counts first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.private import Mechanism

Wholes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Marginal:
    """Counts of people over some variables: int, one axis for each."""

    variables: tuple[str, ...]
    counts: Wholes


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """
    Args:
        columns: variable -> int, the code of each row.
        noisy: the noisy counts that the rows were drawn from.
        epsilon: what they cost together.
        error: what 95 % of noisy counts keep to, in people.
    """

    columns: Mapping[str, Wholes]
    noisy: tuple[Marginal, ...]
    epsilon: float
    error: int

    @property
    def size(self) -> int:
        return len(next(iter(self.columns.values())))


def draw(
    marginals: Sequence[Marginal], *, epsilon: float, rng: np.random.Generator
) -> Synthetic | None:
    """
    Args:
        marginals: the counts to keep to; together they name every variable of the rows.
        epsilon: for all of them, shared equally.
        rng: for the draws, which come after the noise; its seed must not be published.

    Returns:
        ``None`` when the noise has left nobody: epsilon is too small for so few people.
    """
    mechanism = Mechanism(epsilon / len(marginals))
    error = mechanism.error_at()
    # A count that the noise alone could have made is taken for empty: it would be an invention.
    noisy = tuple(
        Marginal(one.variables, np.where((n := mechanism(one.counts)) > error, n, 0))
        for one in marginals
    )
    size = int(noisy[0].counts.sum())
    if not size:
        return None
    columns: dict[str, Wholes] = {}
    for one in noisy:
        _add(columns, one, size, rng)
    return Synthetic(columns, noisy, epsilon, error)


def _add(columns: dict[str, Wholes], one: Marginal, size: int, rng: np.random.Generator) -> None:
    """Draw the variables of a marginal that are not drawn yet, knowing those that are."""
    known = [name for name in one.variables if name in columns]
    new = [name for name in one.variables if name not in columns]
    if not new:
        return
    axes = [one.variables.index(name) for name in (*known, *new)]
    counts = np.transpose(one.counts, axes).astype(np.float64)
    shape = counts.shape
    flat = counts.reshape(int(np.prod(shape[: len(known)], dtype=np.int64)), -1)
    rows = np.zeros(size, dtype=np.int64)
    for name, length in zip(known, shape[: len(known)], strict=True):
        rows = rows * length + columns[name]
    drawn = np.zeros(size, dtype=np.int64)
    for row in np.unique(rows):
        held = np.flatnonzero(rows == row)
        drawn[held] = rng.choice(flat.shape[1], held.size, p=_chances(flat, int(row)))
    for name, codes in zip(new, np.unravel_index(drawn, shape[len(known) :]), strict=True):
        columns[name] = np.asarray(codes, dtype=np.int64)


def _chances(flat: Floats, row: int) -> Floats:
    """Those of a row; where the noise has left nobody, those of all rows, or all alike."""
    for weights in (flat[row], flat.sum(axis=0), np.ones(flat.shape[1])):
        if weights.sum() > 0:
            return np.asarray(weights / weights.sum())
    raise AssertionError("a table has at least one column")


def blur(columns: Mapping[str, Wholes], *, least: int) -> dict[str, Wholes]:
    """
    Rows among which no combination of values is held by fewer than ``least``.

    A rarer one loses the value of its last variable, then of the one before: the code is -1.
    Rows that are still too few are left out. It reads the artificial rows alone, and so costs no
    privacy. Source: local suppression, as for k-anonymity (Sweeney 2002).
    """
    names = list(columns)
    rows = np.stack([columns[name] for name in names], axis=1).copy()
    for place in range(len(names) - 1, -1, -1):
        rows[_held(rows) < least, place] = -1
    rows = rows[_held(rows) >= least]
    return {name: rows[:, place] for place, name in enumerate(names)}


def _held(rows: Wholes) -> Wholes:
    """For each row, how many rows are the same."""
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    _, where, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[where.ravel()])


def distance(columns: Mapping[str, Wholes], marginal: Marginal) -> float:
    """
    Total variation, 0 to 1, between rows and counts: the share of rows to move.

    Rows that do not say one of the values are left out.
    """
    shape = marginal.counts.shape
    codes = [columns[name] for name in marginal.variables]
    told = np.all([one >= 0 for one in codes], axis=0)
    flat = np.ravel_multi_index(tuple(one[told] for one in codes), shape)
    drawn = np.bincount(flat, minlength=marginal.counts.size).astype(np.float64)
    wanted = marginal.counts.ravel().astype(np.float64)
    if not drawn.sum() or not wanted.sum():
        return 1.0
    return float(np.abs(drawn / drawn.sum() - wanted / wanted.sum()).sum() / 2)

"""
Worlds that agree with everything published: what an attacker with a linear programme can reach.

A cell is protected when two such worlds give it counts far enough apart. A world protects many
cells at once, so few programmes prove most of a table; only the cells left are bounded one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.published import Flags, Floats
from fanal.engines.disclosure.attacks.system import System
from fanal.engines.programmes import solver

# Programmes that push many cells at once, before cells are bounded one by one; beyond so many
# targets an interior point is quicker than a vertex.
SWEEPS, MANY = 12, 2_500
INTERIOR = {"solver": "ipm", "run_crossover": "off"}
NEAR = 1e-6
PRIMAL = 4


class Contradictory(ValueError):
    """No world agrees with all that is published; French message."""

    def __init__(self) -> None:
        super().__init__(
            "Les publications se contredisent : aucun jeu de personnes ne les vérifie toutes."
        )


class Programme:
    """
    ``minimise cost @ x`` with ``low <= rows @ x <= high`` and ``least <= x <= most``.

    Solved again after a change of cost it starts from the last solution.
    """

    def __init__(
        self,
        rows: Any,
        low: Floats,
        high: Floats,
        most: Floats,
        *,
        least: Floats | None = None,
        **options: Any,
    ) -> None:
        floor = np.zeros(most.size) if least is None else least
        settings = {"presolve": "off", "random_seed": 0, **options}
        self._solver = solver.programme(rows, floor, most, low, high, **settings)

    def minimise(self, cost: Floats) -> Floats:
        """
        Raises:
            Contradictory: no world there is.
        """
        numbers = np.arange(cost.size, dtype=np.int32)
        self._solver.changeColsCost(cost.size, numbers, cost)
        self._solver.run()
        if not solver.is_optimal(self._solver):
            raise Contradictory
        # The basis stays feasible when the cost alone changes: the primal simplex goes on from it.
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
        return np.array(self._solver.getSolution().col_value)


def programme(system: System, **options: Any) -> Programme:
    """All that is published, as constraints; ``options`` of HiGHS."""
    from scipy.sparse import vstack

    told = bounded(system)
    # What is known of a single column bounds the column: the programme is so much smaller.
    alone = told & (np.diff(system.boxes.indptr) == 1)
    columns = system.boxes[alone].indices
    least, highest = np.zeros(system.columns), most(system)
    np.maximum.at(least, columns, system.low[alone])
    np.minimum.at(highest, columns, system.high[alone])
    if (least > highest).any():
        raise Contradictory
    told &= ~alone
    rows = vstack([system.agree, system.boxes[told]], format="csr")
    agreements = np.zeros(system.agree.shape[0])
    return Programme(
        rows,
        np.concatenate([agreements, system.low[told]]),
        np.concatenate([agreements, system.high[told]]),
        highest,
        least=least,
        **options,
    )


def bounded(system: System) -> Flags:
    """The boxes of which anything is known, hidden ones included."""
    return np.asarray((system.low > 0) | np.isfinite(system.high))


def most(system: System) -> Floats:
    """The most that each column can hold; what nothing bounds stops far beyond any count."""
    shown = np.where(np.isfinite(system.high), system.high, 0)
    limits = np.full(system.columns, float(shown.max(initial=0)) * 4 + 1_000)
    empty = system.boxes[system.high == 0]
    if empty.shape[0]:
        limits[np.unique(empty.indices)] = 0
    return limits


@dataclass(frozen=True, slots=True, eq=False)
class Hull:
    """
    Bounds of each target.

    Where ``certain``, they are what an attacker computes; elsewhere two worlds were found at least
    the width asked for apart, and the attacker's bounds are wider still.
    """

    low: Floats
    high: Floats
    certain: Flags

    @property
    def width(self) -> Floats:
        return self.high - self.low

    def whole(self) -> Hull:
        """The bounds that hold for whole people."""
        return Hull(np.ceil(self.low - NEAR), np.floor(self.high + NEAR), self.certain)


def bound(
    system: System,
    targets: Any,
    *,
    width: int,
    rng: np.random.Generator,
    enough: bool = True,
    reach: Floats | float = 0.0,
) -> Hull:
    """
    Bound each target over all worlds.

    Args:
        targets: sparse, (targets, columns).
        width: stop at a target once two worlds are so far apart, unless ``enough`` is false.
        reach: and once some world gives it so many.
        rng: for the directions of the sweeps; the verdict does not depend on it.

    Raises:
        Contradictory: no world agrees with all that is published.
    """
    worlds = programme(system)
    count = targets.shape[0]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)

    def see(cost: Floats, programme: Programme = worlds) -> float:
        world = programme.minimise(cost)
        seen = targets @ world
        np.minimum(low, seen, out=low)
        np.maximum(high, seen, out=high)
        return float(cost @ world)

    see(np.zeros(system.columns))
    sweeping = worlds if count <= MANY else programme(system, **INTERIOR)
    for _ in range(SWEEPS if count > SWEEPS else 0):
        left = (high - low < width) | (high < reach)
        if not left.any():
            break
        direction = targets.T @ (rng.choice([-1.0, 1.0], count) * left)
        see(direction, sweeping)
        see(-direction, sweeping)
    certain = np.zeros(count, dtype=bool)
    reached = np.broadcast_to(np.asarray(reach, dtype=np.float64), (count,))
    for place in range(count):
        if enough and high[place] - low[place] >= width and high[place] >= reached[place]:
            continue
        row = targets[[place]].toarray().ravel()
        low[place], high[place] = see(row), -see(-row)
        certain[place] = True
    return Hull(low, high, certain)

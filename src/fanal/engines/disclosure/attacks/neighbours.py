"""
An audit of private counts from outside: two tables that differ by one child, released many times.

Whatever an attacker looks for in a result, its chance must not differ between the two tables by
more than a factor exp(epsilon). The rule of the attacker is chosen on the first half of the runs
and judged on the second, so that the bound holds at the level it states. A bound above epsilon
would prove the mechanism wrong; one below proves nothing more than what was tried.

Sources: Jagielski, Ullman and Oprea (2020, NeurIPS) for the audit; Clopper and Pearson (1934).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.synthetic.checks import limits

Wholes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PrivacyAudit:
    """``at_least``: what epsilon is at least, at 99.9 % for each of the two shares compared."""

    at_least: float
    runs: int


def audit(
    release: Callable[[Wholes], Wholes], table: Wholes, neighbour: Wholes, *, runs: int
) -> PrivacyAudit:
    """
    Args:
        release: the whole release of a table, noise included; nothing of it is looked into.
        table, neighbour: int arrays that differ by one person.
        runs: how many releases of each.
    """
    line = (table - neighbour).ravel().astype(np.float64)
    here = np.array([release(table).ravel() @ line for _ in range(runs)])
    there = np.array([release(neighbour).ravel() @ line for _ in range(runs)])
    half = runs // 2
    best, rule = 0.0, (0.0, 1)
    for cut in np.unique(np.concatenate([here[:half], there[:half]])):
        for side in (1, -1):
            found = _bound(here[:half], there[:half], (float(cut), side))
            if found > best:
                best, rule = found, (float(cut), side)
    return PrivacyAudit(max(0.0, _bound(here[half:], there[half:], rule)), runs)


def _bound(here: Floats, there: Floats, rule: tuple[float, int]) -> float:
    cut, side = rule
    mine = int((side * (here - cut) >= 0).sum())
    other = int((side * (there - cut) >= 0).sum())
    bounds = []
    for one, two in (
        ((mine, here.size), (other, there.size)),
        ((other, there.size), (mine, here.size)),
    ):
        low, high = limits(*one)[0], limits(*two)[1]
        bounds.append(math.log(low / high) if low > 0 else 0.0)
    return max(bounds)

"""
How a birth and death chain moves in time, by uniformization (Jensen, 1953): exact to 1e-12.

No matrix is made: a step adds to each state what its two neighbours send it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# Beyond, the first weight of the Poisson law would vanish: the time is cut.
AT_ONCE = 100.0
LEFT = 1e-12


def evolve(chances: Floats, births: Floats, deaths: Floats, minutes: float) -> Floats:
    """
    Chances of each state after some minutes.

    Args:
        chances: shape (..., n). births, deaths: shape (n,), rates a minute out of each state,
            upwards and downwards; what goes beyond either end is lost.
    """
    fastest = float((births + deaths).max())
    if fastest == 0 or minutes == 0:
        return chances
    parts = max(1, int(np.ceil(fastest * minutes / AT_ONCE)))
    up, down = births / fastest, deaths / fastest
    stay = 1 - up - down
    mean = fastest * minutes / parts
    for _ in range(parts):
        chances = _part(chances, up, down, stay, mean)
    return chances


def _part(chances: Floats, up: Floats, down: Floats, stay: Floats, mean: float) -> Floats:
    weight = float(np.exp(-mean))
    found, reached, steps = weight * chances, weight, 0
    moved = chances
    while 1 - reached > LEFT and steps < 4 * AT_ONCE + 40:
        steps += 1
        after = moved * stay
        after[..., 1:] += moved[..., :-1] * up[:-1]
        after[..., :-1] += moved[..., 1:] * down[1:]
        moved = after
        weight *= mean / steps
        reached += weight
        found = found + weight * moved
    return found

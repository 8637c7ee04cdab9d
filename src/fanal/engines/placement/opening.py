"""
Prices of places before any programme is solved: a place that too many would take costs more.

The subgradient of Held, Wolfe and Crowder (1974), on the cheapest columns of each block. The
relaxed programme begins with the columns that are cheap at these prices, and has half to do.
"""

from __future__ import annotations

import numpy as np

from fanal.engines.placement.columns import Columns
from fanal.engines.placement.problem import Floats, Ints

FEW = 20
ROUNDS = 100
STEP = 0.2
SHORTER = 0.97
MOST_OVER = 4


def opening_prices(columns: Columns, places: Ints | Floats) -> Floats:
    """Of a place in each unit, none negative, shape (units,)."""
    price = np.zeros(places.size + 1)
    if not columns.block.size:
        return price[:-1]
    first, last = columns.start[:-1, None], columns.start[1:, None]
    at = np.minimum(first + np.arange(FEW), columns.block.size - 1)
    beyond = first + np.arange(FEW) >= last
    # The last price is of no unit, and stays zero: choices shorter than the widest end there.
    cost = np.where(beyond, np.inf, columns.cost[at].astype(float))
    units = columns.choice[at]
    spread = (cost - np.where(beyond[:, :1], 0.0, cost[:, :1]))[~beyond]
    step = STEP * max(1.0, float(spread.mean()))
    every = np.arange(columns.penalty.size)
    for _ in range(ROUNDS):
        priced = cost + price[units].sum(axis=2)
        best = priced.argmin(axis=1)
        placed = priced[every, best] < columns.penalty
        taken = units[every[placed], best[placed]]
        load = np.bincount(taken[taken >= 0], minlength=places.size)
        over = np.clip(load - places, -MOST_OVER, MOST_OVER)
        price[:-1] = np.maximum(0.0, price[:-1] + step * over)
        step *= SHORTER
    return price[:-1]

"""
What it costs tomorrow to use a rare unit today.

Places have a price, as in Ahani, Gölz, Procaccia, Teytelboym and Trapp (2021, « Dynamic placement
in refugee resettlement »); here it is counted from the options past requests had: whoever has other
units leaves a rare one to those who have none.
"""

from __future__ import annotations

import numpy as np

from fanal.engines.placement.problem import Ints

HEAVIEST = 3.0
SCALE = 150


def rare_price(request: Ints, unit: Ints, places: Ints) -> Ints:
    """
    Kilometres to add to each unit: how much past requests depended on each of its places.

    Args:
        request, unit: the arcs of past requests; one who has a single option weighs a whole place.
    """
    options = np.bincount(request)
    needed = np.bincount(unit, weights=1 / options[request], minlength=places.size)
    share = needed / np.maximum(1, places)
    usual = share[places > 0].mean() if (places > 0).any() else 0.0
    if usual <= 0:
        return np.zeros(places.size, dtype=np.int64)
    price: Ints = np.rint(SCALE * np.minimum(HEAVIEST, share / usual)).astype(np.int64)
    return price

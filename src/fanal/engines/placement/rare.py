"""
What it costs tomorrow to use a rare unit today.

Places have a price, as in Ahani, Gölz, Procaccia, Teytelboym and Trapp (2021, « Dynamic placement
in refugee resettlement »): whoever has other units leaves a rare one to those who have none. The
price is a sum: how much past requests depended on the unit, and what one more place there would
bring if the same requests came back for ever (Levi and Radovanović, 2010, « Provably near-optimal
LP-based policies for revenue management in systems with reusable resources »).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.placement.columns import columns_of
from fanal.engines.placement.nights import arcs_of
from fanal.engines.placement.people import Request, Units, examine
from fanal.engines.placement.problem import Floats, Ints, Problem
from fanal.engines.placement.relaxing import relax
from fanal.engines.placement.rows import Rows

HEAVIEST = 3.0
SCALE = 300
# In kilometres: what someone of the least urgency is worth, and the most that a place may ask.
WORTH = 1_000
MOST = 3_000


def rare_price(past: Problem, urgency: Ints, *, days: float, stay: float) -> Ints:
    """
    Kilometres to add to each unit, shape (units,).

    Args:
        past: requests of the last ``days``, and all the places there are, free or not. Groups and
            penalties are not read.
        urgency: of each past request, shape (requests,).
        stay: how many days someone stays, on average.
    """
    if not past.request.size:
        return np.zeros(past.places.size, dtype=np.int64)
    dependence = depended_on(past.request, past.unit, past.places)
    price: Ints = np.rint(dependence + lasting_price(past, urgency, days=days, stay=stay)).astype(
        np.int64
    )
    return price


def depended_on(request: Ints, unit: Ints, places: Ints) -> Floats:
    """
    How much past requests depended on each place of each unit, beside the others.

    Args:
        request, unit: the arcs of past requests; one who has a single option weighs a whole place.
    """
    options = np.bincount(request)
    needed = np.bincount(unit, weights=1 / options[request], minlength=places.size)
    share = needed / np.maximum(1, places)
    usual = share[places > 0].mean() if (places > 0).any() else 0.0
    if usual <= 0:
        return np.zeros(places.size)
    price: Floats = SCALE * np.minimum(HEAVIEST, share / usual)
    return price


def lasting_price(past: Problem, urgency: Ints, *, days: float, stay: float) -> Floats:
    """What one more place in each unit would bring if the past came back for ever."""
    alone = replace(past, penalty=WORTH * urgency, apart=(), together=())
    served = (past.places * (days / stay)).astype(np.float64)
    price = relax(columns_of(alone), served, Rows(()), lambda: False).place_price
    return np.minimum(MOST, price)


@dataclass(frozen=True, slots=True)
class Learnt:
    """
    What past requests teach of tonight's units.

    Attributes:
        price: kilometres to add, shape (units,).
        only, possible: past requests of whom each unit was the only one that could take them, and
            all those it could take, shape (units,).
        count: past requests.
    """

    price: Ints
    only: Ints
    possible: Ints
    count: int

    def as_json(self, units: Sequence[Any]) -> list[dict[str, Any]]:
        """The units that are worth keeping, in words too; dearest first."""
        said = []
        for at in np.argsort(-self.price, kind="stable").tolist():
            if self.price[at] <= 0:
                break
            one = {
                "unit": units[at],
                "price": int(self.price[at]),
                "only": int(self.only[at]),
                "possible": int(self.possible[at]),
            }
            one["words"] = (
                f"Unité {one['unit']}, comptée {one['price']} km plus loin : possible pour "
                f"{one['possible']} des {self.count} demandes passées, seule possible pour "
                f"{one['only']}."
            )
            said.append(one)
        return said


def learn(requests: Sequence[Request], units: Units, *, days: float, stay: float) -> Learnt:
    """
    Args:
        units: ``places`` are all there are, free or not.
        days: over how many days the requests came.
    """
    arcs = arcs_of(examine(request, units) for request in requests)
    past = Problem(
        request=arcs.request,
        unit=arcs.unit,
        cost=arcs.cost,
        facility=units.facility,
        places=units.places,
        penalty=np.zeros(len(requests), dtype=np.int64),
    )
    urgency = np.array([request.urgency for request in requests], dtype=np.int64)
    size = units.places.size
    alone = np.diff(arcs.start)[arcs.request] == 1
    return Learnt(
        price=rare_price(past, urgency, days=days, stay=stay),
        only=np.bincount(arcs.unit[alone], minlength=size),
        possible=np.bincount(arcs.unit, minlength=size),
        count=len(requests),
    )

"""What a request asks, what a unit offers, and which rule closes which unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.placement.problem import Floats, Ints

Flags = npt.NDArray[np.bool_]
FARTHEST = 1500.0
OTHER_KIND = 60
SPARE_CAPABILITY = 15
PENALTY = 10_000
EVERYONE = 2
ANY_KIND = -1
URGENT = 4
# An urgent child is never left out for others, however long they have waited.
FIRST = 50
LONGEST = 20


class Rule(IntEnum):
    """
    Why a unit is closed to a request: the first rule that closes it, in this order.

    The last three depend on where others are; ``CLOSED`` is said when only arcs are known.
    """

    OPEN = 0
    AGE = 1
    SEX = 2
    CAPABILITY = 3
    DANGER = 4
    TRAVEL = 5
    CLOSED = 6
    APART = 7
    FAMILY = 8
    FULL = 9


@dataclass(frozen=True, slots=True)
class Units:
    """
    Attributes:
        facility, youngest, oldest, sex, kind, places: shape (units,); a sex of 2 takes everyone.
        capabilities: what the unit can do, shape (units, capabilities).
        position: of the facility, in kilometres, shape (units, 2).
    """

    facility: Ints
    youngest: Ints
    oldest: Ints
    sex: Ints
    kind: Ints
    places: Ints
    capabilities: Flags
    position: Floats


@dataclass(frozen=True, slots=True)
class Request:
    """
    Attributes:
        dangers, distance: points to stay so many km from, shape (points, 2).
        travel: how many km the family can do.
        waited: days since the request was made.
    """

    age: int
    sex: int
    needs: Flags
    kind: int
    urgency: int
    home: Floats
    dangers: Floats
    distance: float
    travel: float
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Examined:
    """
    Attributes:
        rule: the first that closes each unit, shape (units,).
        danger_alone, travel_alone: units that would take the request at another distance from
            the danger points, or from home; full or not; shape (units,).
        nearest: kilometres from each unit to the nearest danger point, shape (units,).
        home: kilometres from each unit to home, shape (units,).
        cost: of each unit, were it open, shape (units,).
    """

    rule: Ints
    danger_alone: Flags
    travel_alone: Flags
    nearest: Floats
    home: Floats
    cost: Ints

    @property
    def open(self) -> Ints:
        return np.flatnonzero(self.rule == Rule.OPEN)

    @property
    def allowed(self) -> Ints:
        """Open, or closed because it is full."""
        return np.flatnonzero((self.rule == Rule.OPEN) | (self.rule == Rule.FULL))


def examine(request: Request, units: Units) -> Examined:
    """Every unit, against every rule of one request."""
    home = _kilometres(units.position, request.home)
    nearest = np.full(home.size, np.inf)
    for danger in request.dangers:
        nearest = np.minimum(nearest, _kilometres(units.position, danger))
    closed = {
        Rule.AGE: (request.age < units.youngest) | (request.age > units.oldest),
        Rule.SEX: (units.sex != EVERYONE) & (units.sex != request.sex),
        Rule.CAPABILITY: (request.needs & ~units.capabilities).any(axis=1),
        Rule.DANGER: nearest < request.distance,
        Rule.TRAVEL: home > request.travel,
        Rule.FULL: units.places <= 0,
    }
    rule = np.zeros(home.size, dtype=np.int64)
    for name in reversed(closed):
        rule[closed[name]] = name
    lasting = {name: shut for name, shut in closed.items() if name is not Rule.FULL}
    shut_by = np.sum(list(lasting.values()), axis=0)
    spare = units.capabilities.sum(axis=1) - request.needs.sum()
    other = (units.kind != request.kind) & (request.kind != ANY_KIND)
    cost = np.minimum(home, FARTHEST) + OTHER_KIND * other
    return Examined(
        rule=rule,
        danger_alone=closed[Rule.DANGER] & (shut_by == 1),
        travel_alone=closed[Rule.TRAVEL] & (shut_by == 1),
        nearest=nearest,
        home=home,
        cost=np.maximum(0, np.rint(cost + SPARE_CAPABILITY * spare)).astype(np.int64),
    )


def _kilometres(many: Floats, one: Floats) -> Floats:
    away: Floats = np.hypot(many[:, 0] - one[0], many[:, 1] - one[1])
    return away


def penalty_of(urgency: Ints, waited: Ints) -> Ints:
    """What leaving someone out one more night costs: the urgent first, then who waits longest."""
    rank = np.where(urgency >= URGENT, FIRST, urgency)
    penalty: Ints = PENALTY * rank * (1 + np.minimum(waited, LONGEST))
    return penalty

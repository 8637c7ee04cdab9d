"""The one door to the engine of waits; the same plan is not reckoned twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from fanal.engines.waiting.plans import Plan, Quarter
from fanal.engines.waiting.refusals import NoForecast
from fanal.engines.waiting.wording import wait_said
from fanal.extras import extra_named
from fanal.helpline.board.reckoning import Expected, quarters_from
from fanal.helpline.board.terms import (
    LASTING_DOUBT,
    MAY_LEAVE,
    MOST_BROUGHT,
    NO_ENGINE,
    PATIENCE,
    TOO_MANY,
    Channel,
)


class CannotSay(Exception):
    """Why, in French."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """
    One quarter: how many are expected, how many can be answered at once, and the wait as a range.

    ``low`` and ``high``: minutes; None when it is shut, or beyond what can be said.
    """

    at: datetime
    expected: float
    places: int
    said: str
    low: float | None
    high: float | None
    leaves: float


def ahead(
    channel: Channel,
    known: Expected,
    places: tuple[int, ...],
    *,
    first: datetime,
    lasts: float,
    waiting: int,
    talking: int,
) -> list[Ahead]:
    """
    Raises:
        CannotSay: nothing can be reckoned here.
    """
    waits = _forecast(_plan(channel, known, places, lasts), waiting, talking)
    return [
        Ahead(
            at,
            expected,
            open_ones,
            "Fermé, ou personne au planning." if wait is None else wait_said(wait[0], wait[1]),
            None if wait is None else wait[0],
            None if wait is None else wait[1],
            0.0 if wait is None else wait[2],
        )
        for at, expected, open_ones, wait in zip(
            quarters_from(first), known.arrivals, places, waits, strict=True
        )
    ]


def may_bring(
    channel: Channel,
    known: Expected,
    places: tuple[int, ...],
    *,
    lasts: float,
    waiting: int,
    talking: int,
) -> int:
    """
    How many more people could come in these quarters, evenly where it is open, before more than
    one in ten of those of some quarter would leave without an answer.

    Raises:
        CannotSay: nothing can be reckoned here.
    """
    open_ones = sum(1 for one in places if one)
    if not open_ones:
        return 0

    def holds(brought: int) -> bool:
        more = Expected(
            tuple(
                one + (brought / open_ones if there else 0.0)
                for one, there in zip(known.arrivals, places, strict=True)
            ),
            known.doubt,
            known.seen,
        )
        waits = _forecast(_plan(channel, more, places, lasts), waiting, talking)
        return all(wait is None or wait[2] <= MAY_LEAVE for wait in waits)

    low, high = 0, MOST_BROUGHT
    if not holds(1):
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _plan(channel: Channel, known: Expected, places: tuple[int, ...], lasts: float) -> Plan:
    both = zip(known.arrivals, places, strict=True)
    return Plan(
        # Rounded: a plan that is nearly the same is the same.
        tuple(Quarter(round(one, 3), there) for one, there in both),
        duration=lasts,
        patience=PATIENCE[channel],
        arrivals_doubt=round(known.doubt, 2),
        duration_doubt=LASTING_DOUBT,
    )


Wait = tuple[float | None, float | None, float]


@lru_cache(maxsize=64)
def _forecast(plan: Plan, waiting: int, talking: int) -> tuple[Wait | None, ...]:
    """Low, high, and the share who leave, of each quarter."""
    if not any(quarter.places for quarter in plan.quarters):
        return (None,) * len(plan.quarters)
    if extra_named("waiting").missing:
        raise CannotSay(NO_ENGINE)
    # The one import of numpy by a room, named in the contracts: it stays in this function.
    from fanal.engines.waiting.forecasting import forecast

    try:
        found = forecast(plan, waiting=waiting, talking=talking)
    except NoForecast as error:
        raise CannotSay(TOO_MANY) from error
    return tuple(None if one is None else (one.low, one.high, one.leaves) for one in found)

"""
The wait of each quarter of an hour, with people who leave and a roster that changes.

M(t)/M/s(t)+M: the chances of each number of people are followed through the day; whoever would
come in a quarter waits for those ahead to be answered or to leave, while places open and close
(Mandelbaum and Zeltyn, 2007; virtual wait as a pure death chain). It is done for nine ways the day
may be, and the range is of all of them together: what is not known is in it.

Assumes durations and patience exponential, first come first served, and that somebody whose place
closes is taken up by another. Triage that lets some pass makes others wait longer than said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fanal.engines.waiting.evolving import Floats, evolve
from fanal.engines.waiting.plans import QUARTER, Plan, Scenario, check, scenarios
from fanal.engines.waiting.refusals import Code, NoForecast

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
# Beyond two hours nobody is told a number.
FURTHEST = 120
# Moments of a quarter at which it is looked at.
LOOKS = 3
# A move of a minute is a square of them: 8 MB.
MOST_STATES = 1_024
SPILT = 1e-7


@dataclass(frozen=True, slots=True)
class Wait:
    """
    Minutes before being answered, for somebody who comes in this quarter and does not leave: eight
    in ten wait from ``low`` to ``high``. None: more than two hours, or not before it closes.

    ``at_once``: chance not to wait. ``leaves``: share of those who come then who will leave before
    being answered, or will not be before it closes. ``busy``: share of places taken.
    """

    low: float | None
    middle: float | None
    high: float | None
    at_once: float
    leaves: float
    busy: float


def forecast(plan: Plan, *, waiting: int = 0, talking: int = 0) -> list[Wait | None]:
    """
    The wait of each quarter; None where it is closed.

    Args:
        waiting, talking: people there at the beginning.

    Raises:
        NoForecast: a number that means nothing, or more people than can be followed.
    """
    check(plan)
    if waiting < 0 or talking < 0:
        raise NoForecast(Code.BAD_ARRIVALS, "Le nombre de personnes présentes est positif ou nul.")
    ways = scenarios(plan)
    weights = np.array([one.weight for one in ways])
    days = [_day(plan, one, waiting + talking) for one in ways]
    return [
        _together([day[number] for day in days], weights, plan.patience) if quarter.places else None
        for number, quarter in enumerate(plan.quarters)
    ]


@dataclass(frozen=True, slots=True)
class _Look:
    """One quarter of one scenario: ``still``: shape (FURTHEST + 1,), chance to wait more."""

    still: Floats
    arriving: float
    busy: float


def _day(plan: Plan, scenario: Scenario, people: int) -> list[_Look]:
    states = _states(plan, scenario, people)
    while states <= MOST_STATES:
        found = list(_quarters(plan, scenario, people, states))
        if len(found) == len(plan.quarters):
            return found
        states *= 2
    raise NoForecast(
        Code.TOO_LARGE, "Trop de personnes attendraient : augmentez les places ou relisez le plan."
    )


def _states(plan: Plan, scenario: Scenario, people: int) -> int:
    """Enough for most days; more are taken when some chance spills over."""
    highest = flow = float(people)
    for quarter in plan.quarters:
        answered = quarter.places * QUARTER / scenario.duration
        left = max(flow - quarter.places, 0) * min(1.0, QUARTER / plan.patience)
        flow = max(0.0, flow + quarter.arrivals * scenario.arrivals - answered - left)
        highest = max(highest, flow, quarter.arrivals * scenario.arrivals)
    most = max(quarter.places for quarter in plan.quarters)
    return int(most + highest + 8 * np.sqrt(most + highest) + 30)


def _quarters(plan: Plan, scenario: Scenario, people: int, states: int) -> Iterator[_Look]:
    """Stops where chance spills over the last state."""
    chances = _nobody(states)
    chances[[0, min(people, states - 1)]] = chances[[min(people, states - 1), 0]]
    number = np.arange(states)
    minutes = _Minutes(plan, scenario, states)
    for place, quarter in enumerate(plan.quarters):
        if quarter.places == 0:
            # Closed: those who wait are shown what else is open, nobody stays in the queue.
            chances = _nobody(states)
            yield _Look(np.ones(FURTHEST + 1), 0.0, 0.0)
            continue
        rate = quarter.arrivals * scenario.arrivals / QUARTER
        waiting = np.maximum(number - quarter.places, 0)
        taken = np.minimum(number, quarter.places)
        births = np.full(states, rate)
        deaths = taken / scenario.duration + waiting / plan.patience
        half = QUARTER / LOOKS / 2
        looks = []
        for _ in range(LOOKS):
            looks.append(evolve(chances, births, deaths, half))
            chances = evolve(looks[-1], births, deaths, half)
        if 1 - float(chances.sum()) > SPILT or float(chances[-1]) > SPILT:
            return
        chances /= chances.sum()
        mean = np.mean(looks, axis=0)
        yield _Look(
            still=minutes.still_waiting_then(place, looks),
            arriving=rate * QUARTER,
            busy=float(mean @ taken) / quarter.places,
        )


def _nobody(states: int) -> Floats:
    chances = np.zeros(states)
    chances[0] = 1.0
    return chances


class _Minutes:
    """
    How a wait goes by the minute, in one scenario: those ahead are answered or leave.

    The state is how many must go before one's turn; at 0 it has come.
    """

    def __init__(self, plan: Plan, scenario: Scenario, states: int) -> None:
        self._places = [quarter.places for quarter in plan.quarters]
        self._plan, self._scenario, self._states = plan, scenario, states
        self._moves: dict[int, Floats] = {}

    def still_waiting_then(self, quarter: int, looks: list[Floats]) -> Floats:
        """The chance to wait more than each minute, for whoever comes in this quarter."""
        soon = self._places[quarter : quarter + 1 + FURTHEST // QUARTER + 1]
        if len(set(soon)) == 1:
            return self._still_waiting(quarter, np.mean(looks, axis=0), QUARTER / 2)
        # When places open or close soon, it matters when in the quarter one comes.
        step = QUARTER / LOOKS
        found = [
            self._still_waiting(quarter, look, (rank + 0.5) * step)
            for rank, look in enumerate(looks)
        ]
        return np.asarray(np.mean(found, axis=0), dtype=np.float64)

    def _still_waiting(self, quarter: int, chances: Floats, since: float) -> Floats:
        """``since``: minutes of the quarter that have passed."""
        places = self._places[quarter]
        ahead = np.zeros(self._states)
        ahead[1 : self._states - places + 1] = chances[places:]
        still = np.zeros(FURTHEST + 1)
        still[0] = ahead.sum()
        for minute in range(1, FURTHEST + 1):
            later = quarter + int((since + minute - 0.5) // QUARTER)
            opened = self._places[min(later, len(self._places) - 1)]
            if opened == 0:
                still[minute:] = still[minute - 1]
                break
            if opened != places:
                # Places that open take that many at once; those that close put that many before.
                ahead, places = _shifted(ahead, opened - places), opened
            ahead = ahead @ self._move(opened)
            still[minute] = ahead[1:].sum()
            if still[minute] < SPILT:
                break
        return still

    def _move(self, places: int) -> Floats:
        """Chances from each state to each, in a minute."""
        found = self._moves.get(places)
        if found is None:
            before = np.arange(self._states)
            going = places / self._scenario.duration + (before - 1) / self._plan.patience
            going[0] = 0.0
            start = np.eye(self._states)
            found = self._moves[places] = evolve(start, np.zeros(self._states), going, 1.0)
        return found


def _shifted(ahead: Floats, change: int) -> Floats:
    """Turns that come at once when places open; a little more to wait for when they close."""
    found = np.zeros_like(ahead)
    if change > 0:
        change = min(change, len(ahead) - 1)
        found[: len(ahead) - change] = ahead[change:]
        found[0] += ahead[:change].sum()
        return found
    back = min(-change, len(ahead) - 1)
    found[0] = ahead[0]
    found[1 + back :] = ahead[1 : len(ahead) - back]
    found[-1] += ahead[len(ahead) - back :].sum()
    return found


def _together(looks: list[_Look], weights: Floats, patience: float) -> Wait:
    """All ways the day may be, each by its weight; a busy day has more people who wait."""
    arriving = weights * [look.arriving for look in looks]
    # Nobody is expected: the days weigh alike.
    share = arriving / arriving.sum() if arriving.sum() else weights
    still = share @ np.array([look.still for look in looks])
    return Wait(
        low=_minutes(still, LOW),
        middle=_minutes(still, MIDDLE),
        high=_minutes(still, HIGH),
        at_once=float(1 - still[0]),
        leaves=float(share @ np.array([_leaving(look.still, patience) for look in looks])),
        busy=float(weights @ np.array([look.busy for look in looks])),
    )


def _leaving(still: Floats, patience: float) -> float:
    """The chance that patience ends before the wait, between two minutes by a straight line."""
    patient = np.exp(-np.arange(FURTHEST + 1) / patience)
    ends = patient[:-1] - patient[1:]
    return float(ends @ (still[:-1] + still[1:]) / 2 + patient[-1] * still[-1])


def _minutes(still: Floats, share: float) -> float | None:
    """The minute at which this share has been answered, between two minutes by a straight line."""
    done = 1 - still
    if done[0] >= share:
        return 0.0
    place = int(np.searchsorted(done, share))
    if place >= len(done):
        return None
    before, after = float(done[place - 1]), float(done[place])
    return place - 1 + (share - before) / (after - before)

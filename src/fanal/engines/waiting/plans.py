"""What a forecast starts from: who is expected, who is on duty, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

from fanal.engines.waiting.refusals import Code, NoForecast

QUARTER = 15
MOST_QUARTERS, MOST_PLACES, MOST_ARRIVALS = 7 * 96, 500, 2_000.0
SHORTEST, LONGEST = 0.5, 600.0
MOST_DOUBT = 1.0
# Gauss and Hermite: a normal law by three points, each with its weight; five moments are right.
POINTS = ((-sqrt(3), 1 / 6), (0.0, 2 / 3), (sqrt(3), 1 / 6))


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour: people expected, and how many can be answered at once (0: closed)."""

    arrivals: float
    places: int


@dataclass(frozen=True, slots=True)
class Plan:
    """
    ``duration``: mean minutes of an answer, writing included. ``patience``: mean minutes after
    which somebody who waits leaves. ``arrivals_doubt``, ``duration_doubt``: coefficients of
    variation of what is not known about the day, not of one call. After its last quarter, a plan
    goes on as it ended: a closing is a quarter with no place.
    """

    quarters: tuple[Quarter, ...]
    duration: float
    patience: float
    arrivals_doubt: float = 0.2
    duration_doubt: float = 0.1


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way the day may be, and how likely it is beside the others."""

    arrivals: float
    duration: float
    weight: float


def check(plan: Plan) -> None:
    """
    Raises:
        NoForecast: a number that means nothing.
    """
    if not 0 < len(plan.quarters) <= MOST_QUARTERS:
        raise NoForecast(Code.NO_QUARTER, f"Il faut de 1 à {MOST_QUARTERS} quarts d'heure.")
    for number, quarter in enumerate(plan.quarters, start=1):
        where = f"Quart d'heure {number}"
        if not (isfinite(quarter.arrivals) and 0 <= quarter.arrivals <= MOST_ARRIVALS):
            raise NoForecast(
                Code.BAD_ARRIVALS, f"{where} : de 0 à {MOST_ARRIVALS:.0f} personnes attendues."
            )
        if not 0 <= quarter.places <= MOST_PLACES:
            raise NoForecast(Code.BAD_PLACES, f"{where} : de 0 à {MOST_PLACES} places.")
    for minutes in (plan.duration, plan.patience):
        check_minutes(minutes)
    for doubt in (plan.arrivals_doubt, plan.duration_doubt):
        check_doubt(doubt)


def check_minutes(minutes: float) -> None:
    if not (isfinite(minutes) and SHORTEST <= minutes <= LONGEST):
        raise NoForecast(
            Code.BAD_TIME, f"Durée et patience vont de {SHORTEST} à {LONGEST:.0f} minutes."
        )


def check_doubt(doubt: float) -> None:
    if not (isfinite(doubt) and 0 <= doubt <= MOST_DOUBT):
        raise NoForecast(Code.BAD_DOUBT, "Un doute va de 0 (sûr) à 1 (du simple au double).")


def scenarios(plan: Plan) -> list[Scenario]:
    """Nine ways the day may be: fewer come, or more; answers take less, or more."""
    return [
        Scenario(arrivals, plan.duration * duration, weight * other)
        for arrivals, weight in factors(plan.arrivals_doubt)
        for duration, other in factors(plan.duration_doubt)
    ]


def factors(doubt: float) -> list[tuple[float, float]]:
    """
    Factors of mean one with their weights: lognormal, for what is multiplied is never negative.

    Days differ by more than chance: Jongbloed and Koole (2001).
    """
    if doubt == 0:
        return [(1.0, 1.0)]
    spread = sqrt(log(1 + doubt**2))
    return [(exp(spread * point - spread**2 / 2), weight) for point, weight in POINTS]

"""
Steady queues in closed form: Erlang B and C (Erlang, 1917), and A, where people leave (Palm, 1957;
Garnett, Mandelbaum and Reiman, Designing a call center with impatient customers, 2002).

Arrivals by chance at a steady rate, durations and patience exponential. They say what a quarter
would settle to; ``forecasting`` says what it is on the way there.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from fanal.engines.waiting.refusals import Code, NoForecast

MOST_PLACES = 1_000
MOST_LOAD = 10_000.0
NEGLIGIBLE = 1e-15


@dataclass(frozen=True, slots=True)
class Steady:
    """
    ``waits``: share who wait at all; ``leaves``: share who leave before being answered;
    ``mean_wait``: minutes, of everybody; ``queue``: people waiting; ``busy``: share of places.
    """

    waits: float
    leaves: float
    mean_wait: float
    queue: float
    busy: float


def erlang_b(load: float, places: int) -> float:
    """
    The chance that all places are taken when nobody waits.

    Args:
        load: arrivals times mean duration, in people; places: at least one.

    >>> round(erlang_b(5.0, 10), 4)
    0.0184

    Raises:
        NoForecast: a load or a number of places that means nothing.
    """
    _check(load, places)
    blocked = 1.0
    for taken in range(1, places + 1):
        blocked = load * blocked / (taken + load * blocked)
    return blocked


def erlang_c(load: float, places: int) -> float:
    """
    The chance to wait when everybody waits for as long as it takes.

    >>> round(erlang_c(5.0, 10), 4)
    0.0361

    Raises:
        NoForecast: more comes than can be answered: the queue would grow without end.
    """
    blocked = erlang_b(load, places)
    if load >= places:
        raise NoForecast(
            Code.NEVER_STEADY,
            f"Il arrive {load:.1f} personnes pour {places} places : la file grandirait sans fin.",
        )
    return blocked / (1 - load / places * (1 - blocked))


def erlang_a(*, arrivals: float, duration: float, patience: float, places: int) -> Steady:
    """
    A queue whose people leave.

    Args:
        arrivals: people a minute. duration: mean minutes of an answer. patience: mean minutes
        after which somebody who waits leaves.

    Raises:
        NoForecast: a number that means nothing.
    """
    for minutes in (duration, patience):
        if not (isfinite(minutes) and 0 < minutes <= MOST_LOAD):
            raise NoForecast(Code.BAD_TIME, "Une durée est un nombre de minutes, plus grand que 0.")
    _check(arrivals * duration, places)
    # Each weight from its neighbour, the largest being 1: neither overflow nor loss.
    weights = [1.0]
    people = 0
    while weights[-1] > NEGLIGIBLE or people < places:
        people += 1
        leaving = min(people, places) / duration + max(people - places, 0) / patience
        weights.append(weights[-1] * arrivals / leaving)
        if weights[-1] > 1e200:  # noqa: PLR2004  (only their shares count)
            weights = [weight * 1e-200 for weight in weights]
    total = sum(weights)
    queue = sum(max(n - places, 0) * weight for n, weight in enumerate(weights)) / total
    taken = sum(min(n, places) * weight for n, weight in enumerate(weights)) / total
    return Steady(
        waits=sum(weights[places:]) / total,
        leaves=queue / patience / arrivals if arrivals else 0.0,
        mean_wait=queue / arrivals if arrivals else 0.0,
        queue=queue,
        busy=taken / places,
    )


def _check(load: float, places: int) -> None:
    if not (isfinite(load) and 0 <= load <= MOST_LOAD):
        raise NoForecast(
            Code.BAD_ARRIVALS, f"Ce qui arrive est un nombre de personnes, de 0 à {MOST_LOAD:.0f}."
        )
    if not 1 <= places <= MOST_PLACES:
        raise NoForecast(Code.BAD_PLACES, f"Il faut de 1 à {MOST_PLACES} places.")

"""
Numbers as French writes them, and never finer than what they are worth.

An estimate is told to three digits. Where counts are protected, its limits are rounded outwards to
twenty people at least: finer ones would say how many people were seen, to one or two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from fanal.engines.population.answers import Answer
from fanal.engines.population.reporting.protection import Bounds

# Between thousands a narrow no-break space; a no-break one before a percent sign.
THIN, FIRM, MINUS = "\u202f", "\u00a0", "\u2212"
DIGITS, COARSE, THOUSAND = 3, 20, 1000
NO_INTERVAL = "pas d'intervalle : rien n'est dit"


def whole(number: float) -> str:
    return f"{round(number):,}".replace(",", THIN)


def decimal(number: float, digits: int = 2) -> str:
    """
    So many significant digits, with a comma.

    >>> decimal(0.0123), decimal(1234.5)
    ('0,012', '1\\u202f200')
    """
    if number == 0 or not math.isfinite(number):
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(number)))
    rounded = round(number, places)
    text = f"{rounded:,.{max(places, 0)}f}"
    return text.replace(",", THIN).replace(".", ",").replace("-", MINUS)


def percent(share: float) -> str:
    """
    >>> percent(0.0805)
    '8\\xa0%'
    """
    if 0 < share < 0.01:  # noqa: PLR2004
        return f"moins de 1{FIRM}%"
    return f"{share * 100:.0f}{FIRM}%"


def count(bounds: Bounds) -> str:
    """People who were counted: a number, or its bounds."""
    low, high = bounds
    return whole(low) if low == high else f"{whole(low)}{FIRM}à{FIRM}{whole(high)}"


@dataclass(frozen=True, slots=True)
class Voice:
    """``public``: whether what was counted may be told to the unit."""

    public: bool

    def people(self, number: float) -> str:
        step = self._step(number)
        return whole(round(number / step) * step)

    def least(self, number: float) -> str:
        """Rounded downwards where counts are protected."""
        step = self._step(number)
        return self.people(number) if self.public else whole(math.floor(number / step) * step)

    def most(self, number: float) -> str:
        step = self._step(number)
        return self.people(number) if self.public else whole(math.ceil(number / step) * step)

    def between(self, lower: float | None, upper: float | None) -> str:
        """The limits of an interval, one of which may not be known."""
        if lower is None:
            return NO_INTERVAL
        if upper is None:
            return f"{self.least(lower)} ou plus"
        return f"{self.least(lower)}{FIRM}à{FIRM}{self.most(upper)}"

    def estimate(self, estimate: float, lower: float | None, upper: float | None) -> str:
        """A number, and never without its interval."""
        if lower is None:
            return NO_INTERVAL
        return f"{self.people(estimate)} ({self.between(lower, upper)})"

    def answer(self, answer: Answer) -> str:
        if answer.refused is not None or answer.estimate is None:
            return answer.refused.message if answer.refused else NO_INTERVAL
        return self.estimate(answer.estimate, answer.lower, answer.upper)

    def threshold(self, value: float) -> str:
        """A Poisson tail: exact ones would tell the counts that make them."""
        return decimal(value, DIGITS - 1 if self.public else 1)

    def _step(self, number: float) -> int:
        finest = 1 if self.public else COARSE
        if number < THOUSAND:
            return finest
        return max(int(10 ** (math.floor(math.log10(number)) - DIGITS + 1)), finest)

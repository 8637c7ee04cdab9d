"""
People really seen, by département and by quarter, so that no small count can be known.

A count under ``THRESHOLD`` is hidden, zero included. So is one that a place could subtract its own
people from and be left with a small number. The total of a quarter is shown when it adds nothing
to what anybody knows of a hidden count, themselves told of one of them: else it is the total
that is hidden. Quarters are published once their counts move no more, and never again otherwise:
no difference between two days tells anything. No sum over quarters is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fanal.prevent.referrals.models import Reach
from fanal.prevent.referrals.terms import KEPT, THRESHOLD

SHOWN = 4
MONTHS = 3
# What a hidden count may be at most.
MOST_HIDDEN = THRESHOLD - 1


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @property
    def last_day(self) -> date:
        return self.following.first_day - timedelta(days=1)

    @property
    def first_day(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def former(self) -> Quarter:
        return Quarter.of(self.first_day - timedelta(days=1))

    @property
    def published_on(self) -> date:
        """What a place may still say of its last day has been said, or forgotten."""
        return self.last_day + KEPT + timedelta(days=2)

    def __str__(self) -> str:
        return f"{self.number}{'er' if self.number == 1 else 'e'} trimestre {self.year}"


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter: shown counts by département; a hidden one is not there, zero included."""

    quarter: Quarter
    counts: Mapping[str, int]
    total: int | None


def published_quarters(*, today: date) -> list[Quarter]:
    """The last ones whose counts move no more, the latest first."""
    quarter, found = Quarter.of(today), list[Quarter]()
    while len(found) < SHOWN:
        if quarter.published_on <= today:
            found.append(quarter)
        quarter = quarter.former
    return found


def reach(*, today: date, departements: int, whole: bool = True) -> list[Column]:
    """
    By quarter, for whoever steers. The database shows them the rows of what they steer, no other.

    Args:
        departements: how many there are, those without any place included.
        whole: all of them are steered; else there is no total, which would be the country's.
    """
    quarters = published_quarters(today=today)
    counted: dict[Quarter, dict[str, dict[int, int]]] = {one: {} for one in quarters}
    rows = Reach.objects.filter(
        month__gte=quarters[-1].first_day, month__lte=quarters[0].last_day
    ).values_list("month", "departement", "participation", "seen")
    for month, departement, place, seen in rows:
        by_place = counted[Quarter.of(month)].setdefault(departement, defaultdict(int))
        by_place[place] += seen
    columns = [Column(one, *protect(counted[one], departements=departements)) for one in quarters]
    return columns if whole else [replace(one, total=None) for one in columns]


def protect(
    counted: Mapping[str, Mapping[int, int]], *, departements: int
) -> tuple[dict[str, int], int | None]:
    """
    What may be shown of one quarter.

    Args:
        counted: by département, then by place, people seen.

    Returns:
        Counts that may be shown by département, and the total of the country or None.
    """
    shown = {code: sum(places.values()) for code, places in counted.items() if _may_show(places)}
    total = sum(sum(places.values()) for places in counted.values())
    # A département whose rest a place could know is hidden, and may be large.
    large = any(
        sum(places.values()) >= THRESHOLD for code, places in counted.items() if code not in shown
    )
    rest, hidden = total - sum(shown.values()), departements - len(shown)
    return shown, None if large or not _tells_nothing(rest, hidden) else total


def _may_show(places: Mapping[int, int]) -> bool:
    """Large enough for all, and for each place that takes its own people off."""
    total = sum(places.values())
    return total >= THRESHOLD and all(not 0 < total - own < THRESHOLD for own in places.values())


def _tells_nothing(rest: int, hidden: int) -> bool:
    """
    Whether ``rest`` people in ``hidden`` counts of 0 to ``MOST_HIDDEN`` leave each of them free,
    even for somebody who knows one of the others.
    """
    if hidden == 0:
        return True
    return 2 * MOST_HIDDEN <= rest <= MOST_HIDDEN * (hidden - 2)

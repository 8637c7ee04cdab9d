"""
The same answers as opening-hours-py, where its reading is ours.

Left out, and told in ``docs/engines/hours.md``: public holidays and school breaks, which it
cannot be given; openings past midnight, which it cuts by the calendar; nights of clock change;
one week in several out of fewer weeks than that, which it reads as all of them.
"""

from __future__ import annotations

from datetime import datetime

import opening_hours
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.hours.drawn import hours
from fanal.engines.hours.opening import is_open
from fanal.engines.hours.places import place_of
from fanal.engines.hours.rules import Hours
from sizes import size

PARIS = place_of("75")
minutes = st.datetimes(
    datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2028-12-31")
).map(lambda moment: moment.replace(second=0, microsecond=0))


def only_the_first(some: Hours) -> bool:
    """Whether some weeks are one in more than there are: ``week 10-12/3`` is week 10 alone."""
    return any(
        weeks.first < weeks.last < weeks.first + weeks.step
        for rule in some.rules
        for weeks in rule.weeks
    )


shared = hours(off=False, overnight=False).filter(lambda some: not only_the_first(some))


@given(some=shared, moments=st.lists(minutes, min_size=1, max_size=30))
@settings(max_examples=size(200, 600), deadline=None)
def test_within_a_day_the_other_library_says_the_same(some: Hours, moments: list[datetime]) -> None:
    other = opening_hours.OpeningHours(str(some))

    for moment in moments:
        here = moment.replace(tzinfo=PARIS.zone)

        assert is_open(some, PARIS, here) == other.is_open(moment), (str(some), moment)

"""Hours drawn at random, as rules."""

from __future__ import annotations

from calendar import monthrange

from hypothesis import strategies as st

from fanal.engines.hours.rules import WHOLE_DAY, Hours, Rule, Span
from fanal.engines.hours.selectors import ALL_WEEK, Dates, Days, Nth, Weeks

YEARS = (2025, 2026, 2027, 2028)


@st.composite
def spans(draw: st.DrawFn, *, overnight: bool = True) -> Span:
    start = draw(st.integers(0, 24 * 60 - 2))
    latest = start + 24 * 60 - 1 if overnight else 24 * 60
    return Span(start, draw(st.integers(start + 1, latest)))


@st.composite
def months(draw: st.DrawFn) -> Dates:
    return Dates((0, draw(st.integers(1, 12)), 1), (0, draw(st.integers(1, 12)), 31))


def _day(draw: st.DrawFn, year: int) -> tuple[int, int, int]:
    month = draw(st.integers(1, 12))
    return year, month, draw(st.integers(1, monthrange(year or 2028, month)[1]))


@st.composite
def dates(draw: st.DrawFn) -> Dates:
    """Of every year, or of one, or of several."""
    year = draw(st.sampled_from((0, *YEARS)))
    first = _day(draw, year)
    last = _day(draw, draw(st.sampled_from([y for y in YEARS if y >= year])) if year else 0)
    if year and last < first:
        first, last = last, first
    return Dates(first, last)


nths = st.builds(
    lambda weekday, places: Nth(weekday, tuple(sorted(places))),
    st.integers(0, 6),
    st.sets(st.sampled_from((-2, -1, 1, 2, 3, 4, 5)), min_size=1, max_size=3),
)
weeks = st.builds(
    lambda first, more, step: Weeks(first, min(first + more, 53), step if more else 1),
    st.integers(1, 52),
    st.integers(1, 30),
    st.integers(1, 4),
)


@st.composite
def days(draw: st.DrawFn, *, off: bool = True) -> Days:
    weekdays = draw(st.integers(0, ALL_WEEK))
    some = tuple(draw(st.lists(nths, max_size=2)))
    public = off and draw(st.booleans())
    school = off and draw(st.booleans())
    if not (weekdays or some or public or school):
        weekdays = 1
    only = bool((public or school) and (weekdays or some)) and draw(st.booleans())
    return Days(weekdays, some, public, school, only)


@st.composite
def rules(draw: st.DrawFn, *, off: bool = True, overnight: bool = True) -> Rule:
    closed = draw(st.booleans()) and draw(st.booleans())
    several = st.lists(spans(overnight=overnight), min_size=0 if closed else 1, max_size=3)
    some = tuple(draw(several))
    return Rule(
        spans=() if closed and some == (WHOLE_DAY,) else some,
        dates=tuple(draw(st.lists(dates() | months(), max_size=2))),
        weeks=tuple(draw(st.lists(weeks, max_size=2))),
        days=draw(days(off=off)),
        closed=closed,
        adds=draw(st.booleans()),
        comment=draw(st.sampled_from(("", "", "sur rendez-vous", "jeunes, parents"))),
    )


@st.composite
def hours(draw: st.DrawFn, *, off: bool = True, overnight: bool = True, most: int = 4) -> Hours:
    drawn = draw(st.lists(rules(off=off, overnight=overnight), min_size=1, max_size=most))
    first = drawn[0]
    begun = Rule(first.spans, first.dates, first.weeks, first.days, first.closed, False, "")
    return Hours((begun, *drawn[1:]))

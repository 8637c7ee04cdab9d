"""Opening hours, measured beside opening-hours-py: ``python benchmarks/hours.py``."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from statistics import median

import opening_hours

from fanal.engines.hours.opening import status
from fanal.engines.hours.places import Place, place_of
from fanal.engines.hours.public_holidays import holiday_name
from fanal.engines.hours.reading import read_hours

ASKED = 2_000
SERVICES = (
    "24/7",
    "24/7; PH off",
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    "Mo,Tu,Th,Fr 15:00-19:00; We 13:00-19:00",
    "Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-17:00; PH off",
    "22:00-06:00",
    "Mo[1] 14:00-17:00",
    "week 1-53/2 We 10:00-12:00",
    "Dec 24 10:00-12:00",
    "2040 Jan 01 10:00-12:00",
)
CPU = time.process_time
NOON = clock(12)


def moments(place: Place) -> list[datetime]:
    drawing = random.Random(6)
    begin = datetime(2026, 1, 1, tzinfo=place.zone)
    return [begin + timedelta(minutes=drawing.randrange(2 * 365 * 24 * 60)) for _ in range(ASKED)]


def timed(ask: Callable[[datetime], object], at: list[datetime]) -> tuple[float, float]:
    """Median and 99th percentile, in microseconds of the processor."""
    ask(at[0])
    taken = []
    for one in at:
        begun = CPU()
        ask(one)
        taken.append((CPU() - begun) * 1e6)
    return median(taken), sorted(taken)[int(0.99 * len(taken))]


def answers() -> None:
    """Open or not, and the next change: what a public page asks of each service."""
    place = place_of("67")
    at = moments(place)
    print(f"{'hours':50} {'ours: median, p99 (µs)':>24} {'opening-hours-py':>20}")
    for text in SERVICES:
        hours = read_hours(text)
        other = opening_hours.OpeningHours(text, timezone=place.zone, country="FR")
        ours = timed(lambda one, hours=hours: status(hours, place, one), at)
        theirs = timed(lambda one, other=other: (other.state(one), other.next_change(one)), at)
        print(f"{text:50} {ours[0]:12.0f} {ours[1]:11.0f} {theirs[0]:10.0f} {theirs[1]:9.0f}")


def reading() -> None:
    begun = CPU()
    for _ in range(200):
        for text in SERVICES:
            read_hours(text)
    print(f"reading a string: {(CPU() - begun) / 200 / len(SERVICES) * 1e6:.0f} µs")


def holidays() -> None:
    """Days on which the other library knows no holiday that is one there."""
    days = [date(2024, 1, 1) + timedelta(days=step) for step in range(4383)]
    other = opening_hours.OpeningHours("24/7; PH off", country="FR")
    closed = {day for day in days if not other.is_open(datetime.combine(day, NOON))}
    for code in ("75", "67", "971", "972", "973", "974", "976"):
        ours = {day for day in days if holiday_name(day=day, territory=code)}
        print(f"holidays 2024-2035, {code}: {len(ours)} ours, {len(ours - closed)} missing there")


def readings() -> None:
    """What the other library reads otherwise."""
    midday = datetime.fromisoformat("2026-11-24T11:00")
    term = opening_hours.OpeningHours("SH Mo-Fr 10:00-12:00", country="FR")
    print(f"« SH Mo-Fr 10:00-12:00 », a school Tuesday: {term.state(midday)[0]}, read as {term}")
    night = opening_hours.OpeningHours("22:00-06:00; 2026 May 01 off")
    late = datetime.fromisoformat("2026-05-01T23:00")
    print(f"« 22:00-06:00; 2026 May 01 off » opens next at {night.next_change(late)}")


if __name__ == "__main__":
    answers()
    reading()
    holidays()
    readings()

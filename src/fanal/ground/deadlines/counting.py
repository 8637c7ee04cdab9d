"""How a period is counted (CPC, art. 640 to 642; C. civ., art. 2228 and 2229). Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fanal.ground.deadlines import wording
from fanal.ground.deadlines.public_holidays import next_working_day
from fanal.ground.deadlines.terms import Counting, Unit

_INSTANTS = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class IncoherentPeriod(ValueError):
    """A period that no text can mean: hours counted in days, a moved period counted backwards."""


class NaiveInstant(ValueError):
    """An instant without a zone: its local day cannot be known."""


@dataclass(frozen=True, slots=True)
class Period:
    """A duration and the way it is counted."""

    amount: int
    unit: Unit
    counting: Counting
    moves_to_working_day: bool = False

    def __post_init__(self) -> None:
        instant = self.counting == Counting.INSTANT
        if instant is not (self.unit in _INSTANTS):
            raise IncoherentPeriod(f"{self.unit} counted {self.counting}")
        if self.moves_to_working_day and self.counting != Counting.CALENDAR:
            raise IncoherentPeriod("only a forward period in days moves to a working day")
        if self.amount < 0:
            raise IncoherentPeriod("a period is never negative: count it backwards")


@dataclass(frozen=True, slots=True)
class Due:
    """
    When a period ends.

    ``due_on``: local day of the authority. ``due_at``: first instant, in UTC, when the period is
    over; for a period in days, the local midnight that ends ``due_on``. ``why``: plain French.
    """

    due_on: date
    due_at: datetime
    why: str


def add_months(*, day: date, months: int) -> date:
    """The same day of a later (or earlier) month, else its last day (CPC, art. 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def count(*, period: Period, since: datetime, zone: ZoneInfo, territory: str, basis: str) -> Due:
    """
    Count a period from an instant.

    ``zone``: time zone of the authority, which decides the local day of ``since``.
    ``territory``: authority or département code, which decides the public holidays.
    ``basis``: the article, quoted in the explanation.

    Raises:
        NaiveInstant: ``since`` has no zone.

    >>> three_months = Period(3, Unit.MONTHS, Counting.CALENDAR)
    >>> received = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    >>> count(period=three_months, since=received, zone=ZoneInfo("Europe/Paris"),
    ...       territory="93", basis="art. D226-2-4 CASF").why
    '3 mois à compter du 2 mars 2026 (art. D226-2-4 CASF) : 2 juin 2026'
    """
    if since.utcoffset() is None:
        raise NaiveInstant(since.isoformat())
    if period.counting == Counting.INSTANT:
        return _count_instants(period=period, since=since, zone=zone, basis=basis)
    return _count_days(period=period, since=since, zone=zone, territory=territory, basis=basis)


def _count_instants(*, period: Period, since: datetime, zone: ZoneInfo, basis: str) -> Due:
    # In UTC: Python adds to the wall clock of a local time, and would lose the hour of spring.
    at = since.astimezone(UTC) + period.amount * _INSTANTS[period.unit]
    start, end = since.astimezone(zone), at.astimezone(zone)
    why = wording.explain_instants(
        amount=period.amount, unit=period.unit, start=start, end=end, basis=basis
    )
    return Due(due_on=end.date(), due_at=at, why=why)


def _count_days(
    *, period: Period, since: datetime, zone: ZoneInfo, territory: str, basis: str
) -> Due:
    first = since.astimezone(zone).date()
    expires = _shift(first, period)
    on = expires
    if period.moves_to_working_day:
        on = next_working_day(day=expires, territory=territory)
    why = wording.explain_days(
        amount=period.amount,
        unit=period.unit,
        backwards=period.counting == Counting.BACKWARDS,
        first=first,
        expires=expires,
        moved_to=on if on != expires else None,
        territory=territory,
        basis=basis,
    )
    return Due(due_on=on, due_at=_end_of(on, zone), why=why)


def _shift(first: date, period: Period) -> date:
    amount = -period.amount if period.counting == Counting.BACKWARDS else period.amount
    if period.unit in _MONTHS:
        return add_months(day=first, months=amount * _MONTHS[period.unit])
    return first + timedelta(days=amount * _DAYS[period.unit])


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    return midnight.astimezone(UTC)

"""Days of a rule: « Mo-Fr », « SH Mo-Fr », « Mo[1] », « Dec 24-Jan 02 », « week 1-53/2 »."""

from __future__ import annotations

from calendar import monthrange

from fanal.engines.hours.refusals import Code
from fanal.engines.hours.selectors import (
    END_OF_MONTH,
    MONTHS,
    SEVEN,
    WEEKDAYS,
    Dates,
    Days,
    Nth,
    Weeks,
)
from fanal.engines.hours.tokens import Kind, Token, refuse
from fanal.engines.hours.walking import Walk

LEAP, OLDEST, LATEST = 2028, 1900, 2999
LAST_WEEK = 53
NTH = (1, 2, 3, 4, 5)
HOLIDAYS = ("PH", "SH")


def starts_date(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in MONTHS


def read_days(walk: Walk) -> Days:
    """
    Raises:
        UnreadableHours: a word is no day, or its place means nothing.
    """
    first = walk.here
    weekdays, nth, off = _list(walk)
    if walk.here.text not in (*WEEKDAYS, *HOLIDAYS):
        return Days(weekdays, tuple(nth), "PH" in off, "SH" in off)
    # « SH Mo-Fr »: those of these days that are in a break.
    if weekdays or nth or not off:
        raise refuse(
            Code.MISPLACED, walk.here, "séparez les jours par une virgule, ou les règles par « ; »."
        )
    begin = walk.here
    weekdays, nth, more = _list(walk)
    if more:
        raise refuse(
            Code.MISPLACED, begin, f"« {first.text} » est suivi de jours de la semaine, seulement."
        )
    return Days(weekdays, tuple(nth), "PH" in off, "SH" in off, only=True)


def _list(walk: Walk) -> tuple[int, list[Nth], set[str]]:
    weekdays, nth, off = 0, list[Nth](), set[str]()
    while True:
        token = walk.step()
        if token.text in HOLIDAYS:
            if walk.here.text in ("+", "-"):
                raise refuse(
                    Code.NOT_SUPPORTED, walk.here, "un décalage en jours n'est pas lu ici."
                )
            off.add(token.text)
        elif token.text in WEEKDAYS:
            if walk.here.text == "[":
                nth.append(_nth(walk, token))
            else:
                weekdays |= _range(walk, token)
        else:
            raise refuse(Code.MISPLACED, token, "il faut ici un jour : Mo, Tu… Su, PH ou SH.")
        if walk.here.text != "," or walk.after.text not in (*WEEKDAYS, *HOLIDAYS):
            return weekdays, nth, off
        walk.step()


def _range(walk: Walk, token: Token) -> int:
    first = last = WEEKDAYS.index(token.text)
    if walk.took("-"):
        end = walk.step()
        if end.text not in WEEKDAYS:
            raise refuse(Code.MISPLACED, end, "il faut ici un jour : Mo, Tu, We, Th, Fr, Sa ou Su.")
        last = WEEKDAYS.index(end.text)
    length = (last - first) % SEVEN
    return sum(1 << (first + step) % SEVEN for step in range(length + 1))


def _nth(walk: Walk, token: Token) -> Nth:
    walk.took("[")
    places = set[int]()
    while True:
        back = walk.took("-")
        number = walk.step()
        place = int(number.text) if number.kind is Kind.NUMBER else 0
        if place not in NTH:
            raise refuse(
                Code.BAD_DATE, number, f"écrivez {token.text}[1] à {token.text}[5], ou [-1]."
            )
        places.add(-place if back else place)
        if walk.took("-"):
            end = walk.step()
            if end.kind is not Kind.NUMBER or back or not place < int(end.text) <= max(NTH):
                raise refuse(Code.BAD_DATE, end, f"écrivez par exemple {token.text}[1-2].")
            places |= set(range(place, int(end.text) + 1))
        if walk.took("]"):
            return Nth(WEEKDAYS.index(token.text), tuple(sorted(places)))
        if not walk.took(","):
            raise refuse(Code.MISPLACED, walk.here, "il manque « ] ».")


def read_weeks(walk: Walk) -> tuple[Weeks, ...]:
    """
    Raises:
        UnreadableHours: a number is no week of the year.
    """
    weeks = []
    while True:
        first = last = _week(walk)
        step = 1
        if walk.took("-"):
            last = _week(walk)
            if walk.took("/"):
                step = _week(walk)
        if last < first:
            raise refuse(Code.BAD_WEEK, walk.here, "la dernière semaine suit la première.")
        weeks.append(Weeks(first, last, step))
        if walk.here.text != "," or walk.after.kind is not Kind.NUMBER:
            return tuple(weeks)
        walk.step()


def _week(walk: Walk) -> int:
    token = walk.step()
    if token.kind is not Kind.NUMBER or not 1 <= int(token.text[:4]) <= LAST_WEEK:
        raise refuse(Code.BAD_WEEK, token, "il faut ici un numéro de semaine, de 1 à 53.")
    return int(token.text)


def read_dates(walk: Walk) -> tuple[Dates, ...]:
    """
    Raises:
        UnreadableHours: a date does not exist.
    """
    dates = [_dates(walk)]
    while walk.here.text == "," and starts_date(walk.after):
        walk.step()
        year, month, day = dates[-1].last
        if walk.here.kind is Kind.NUMBER and not _is_year(walk.here) and day != END_OF_MONTH:
            # « Dec 24,26 »: the month is not said again.
            one = (year, month, _day(walk.step(), month, year))
            dates.append(Dates(one, one))
        else:
            dates.append(_dates(walk))
    return tuple(dates)


def _dates(walk: Walk) -> Dates:
    begin = walk.here
    year, month, day = _date(walk, 0)
    first = (year, month or 1, day or 1)
    last = _last(year, month, day)
    if walk.took("-"):
        last = _end(walk, first, year=bool(year), month=month, day=day)
    if first[0] and last < first:
        raise refuse(Code.BAD_DATE, begin, "la dernière date suit la première.")
    return Dates(first, last)


def _last(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The last day that was meant: of the month, of the year."""
    month = month or 12
    return year, month, day or (monthrange(year, month)[1] if year else END_OF_MONTH)


def _end(
    walk: Walk, first: tuple[int, int, int], *, year: bool, month: int, day: int
) -> tuple[int, int, int]:
    begin = walk.here
    if begin.kind is Kind.NUMBER and day and not _is_year(begin):
        # « Dec 24-26 »
        last_day = _day(walk.step(), month, first[0])
        if last_day < day:
            raise refuse(Code.BAD_DATE, begin, "la dernière date suit la première.")
        return first[0], month, last_day
    end_year, end_month, end_day = _date(walk, first[0])
    if bool(end_month) != bool(month) or bool(end_day) != bool(day):
        raise refuse(Code.BAD_DATE, begin, "les deux dates s'écrivent de même : « Dec 24-Jan 02 ».")
    if _is_year(begin) and not year:
        raise refuse(Code.BAD_DATE, begin, "mettez l'année aux deux dates, ou à aucune.")
    last = _last(end_year, end_month, end_day)
    if year and not _is_year(begin) and last < first:
        return _last(end_year + 1, end_month, end_day)
    return last


def _date(walk: Walk, year: int) -> tuple[int, int, int]:
    """(year or 0, month or 0, day or 0)."""
    token = walk.step()
    if token.kind is Kind.NUMBER:
        if not _is_year(token):
            advice = "ce n'est ni une année ni une heure. Les heures s'écrivent 09:00-17:00."
            raise refuse(Code.BAD_DATE, token, advice)
        year = int(token.text)
        if walk.here.text not in MONTHS:
            return year, 0, 0
        token = walk.step()
    if token.text not in MONTHS:
        raise refuse(Code.BAD_DATE, token, "il faut ici un mois : Jan, Feb… Dec.")
    month = MONTHS.index(token.text) + 1
    if walk.here.kind is Kind.NUMBER and not _is_year(walk.here):
        return year, month, _day(walk.step(), month, year)
    return year, month, 0


def _day(token: Token, month: int, year: int = 0) -> int:
    day = int(token.text) if token.kind is Kind.NUMBER else 0
    if not 1 <= day <= monthrange(year or LEAP, month)[1]:
        raise refuse(Code.BAD_DATE, token, f"ce jour n'existe pas en {MONTHS[month - 1]}.")
    return day


def _is_year(token: Token) -> bool:
    return token.kind is Kind.NUMBER and OLDEST <= int(token.text[:9]) <= LATEST

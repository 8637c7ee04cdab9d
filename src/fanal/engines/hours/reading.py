"""
From a string of the OpenStreetMap specification to rules.

What a service of ours publishes: days, dates, weeks, public holidays, school breaks, times,
closings, comments. The rest of the specification is refused by name, never half read.
https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

from fanal.engines.hours.reading_days import read_dates, read_days, read_weeks, starts_date
from fanal.engines.hours.refusals import Code
from fanal.engines.hours.rules import DAY, WHOLE_DAY, Hours, Rule, Span
from fanal.engines.hours.selectors import WEEKDAYS, Dates, Days, Weeks
from fanal.engines.hours.tokens import Kind, Token, refuse, tokens_of
from fanal.engines.hours.walking import Walk

HOUR = 60
LATEST = 2 * DAY
EXAMPLE = "« Mo-Fr 09:00-12:00,14:00-17:00; PH off »"


def read_hours(text: str) -> Hours:
    """
    >>> str(read_hours("mo-fr 9:00-12:00; PH off"))
    'Mo-Fr 09:00-12:00; PH off'

    Raises:
        UnreadableHours: in French, with the place and what to write.
    """
    walk = Walk(tokens_of(text))
    rules = [_rule(walk, adds=False)]
    while not walk.ended():
        separator = walk.here
        if walk.took(";"):
            # A last « ; » is a habit, not a rule.
            if walk.ended():
                break
            rules.append(_rule(walk, adds=False))
        elif walk.took(","):
            rules.append(_rule(walk, adds=True))
        else:
            raise _not_a_rule(separator)
    return Hours(tuple(rules))


def _rule(walk: Walk, *, adds: bool) -> Rule:
    begin = walk.here
    if walk.here.kind is Kind.ALWAYS:
        walk.step()
        return _ended(walk, begin, (), (), None, (WHOLE_DAY,), adds=adds)
    dates: tuple[Dates, ...] = read_dates(walk) if starts_date(walk.here) else ()
    weeks: tuple[Weeks, ...] = read_weeks(walk) if walk.took("week") else ()
    days = read_days(walk) if _starts_day(walk.here) else None
    spans = _spans(walk)
    return _ended(walk, begin, dates, weeks, days, spans, adds=adds)


def _ended(
    walk: Walk,
    begin: Token,
    dates: tuple[Dates, ...],
    weeks: tuple[Weeks, ...],
    days: Days | None,
    spans: tuple[Span, ...],
    *,
    adds: bool,
) -> Rule:
    said = bool(dates or weeks or days or spans)
    closed = walk.took("off") or walk.took("closed")
    opened = not closed and walk.took("open")
    comment = ""
    if walk.here.kind is Kind.COMMENT:
        comment = walk.step().text
    if not (said or closed or opened):
        raise _nothing(begin, comment)
    if not (spans or closed):
        spans = (WHOLE_DAY,)
    if closed and spans == (WHOLE_DAY,):
        spans = ()
    return Rule(
        spans=spans,
        dates=dates,
        weeks=weeks,
        days=days,
        closed=closed,
        adds=adds,
        comment=comment,
    )


def _spans(walk: Walk) -> tuple[Span, ...]:
    spans: list[Span] = []
    while walk.here.kind is Kind.TIME:
        spans.append(_span(walk))
        if walk.here.text != "," or walk.after.kind is not Kind.TIME:
            break
        walk.step()
    return tuple(spans)


def _span(walk: Walk) -> Span:
    begin = walk.step()
    start = _minutes(begin)
    if start >= DAY:
        raise refuse(Code.BAD_TIME, begin, "une ouverture commence entre 00:00 et 23:59.")
    if walk.here.text == "+" or not walk.took("-"):
        raise refuse(
            Code.BAD_SPAN, walk.here, "il manque l'heure de fin : écrivez par exemple 09:00-17:00."
        )
    last = walk.step()
    if last.kind is not Kind.TIME:
        raise refuse(Code.BAD_SPAN, last, "il faut ici une heure de fin, avec deux-points : 17:00.")
    end = _minutes(last)
    if end == start or end > LATEST:
        raise refuse(
            Code.BAD_SPAN, last, "la fin doit suivre le début. Jour et nuit s'écrit 00:00-24:00."
        )
    if end < start:
        end += DAY
    if end - start > DAY or (end - start == DAY and start):
        raise refuse(Code.BAD_SPAN, last, "une ouverture dure moins de 24 heures.")
    if walk.here.text in ("+", "/"):
        raise refuse(
            Code.NOT_SUPPORTED, walk.here, "écrivez chaque ouverture avec son début et sa fin."
        )
    return Span(start, end)


def _minutes(token: Token) -> int:
    hours, minutes = map(int, token.text.split(":"))
    if minutes >= HOUR or hours * HOUR + minutes > LATEST:
        raise refuse(Code.BAD_TIME, token, "ce n'est pas une heure : elle va de 00:00 à 24:00.")
    return hours * HOUR + minutes


def _starts_day(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text in (*WEEKDAYS, "PH", "SH")


def _nothing(begin: Token, comment: str) -> Exception:
    if comment:
        return refuse(
            Code.MISPLACED, begin, f"un commentaire suit des jours et des heures : {EXAMPLE}."
        )
    return _not_a_rule(begin)


def _not_a_rule(token: Token) -> Exception:
    if token.text == "||":
        return refuse(
            Code.NOT_SUPPORTED, token, "séparez deux règles par « ; » : la dernière l'emporte."
        )
    if token.kind is Kind.NUMBER:
        return refuse(Code.BAD_TIME, token, "écrivez l'heure avec deux-points, par exemple 09:00.")
    if token.kind is Kind.COMMENT:
        return refuse(Code.BAD_COMMENT, token, "un seul commentaire, à la fin de la règle.")
    if token.kind is Kind.END:
        return refuse(Code.MISPLACED, token, f"il manque une règle : {EXAMPLE}.")
    return refuse(
        Code.MISPLACED,
        token,
        "dans une règle, l'ordre est : dates, jours, heures, « off ». Séparez deux règles par "
        "« ; ».",
    )

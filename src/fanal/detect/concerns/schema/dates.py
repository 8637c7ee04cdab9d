"""Moments and days of a concern, as written in JSON: strings, never numbers."""

import re
from datetime import UTC, date, datetime

from pydantic_core import PydanticCustomError

MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The information préoccupante was created by the loi of 5 March 2007: an earlier reception is a
# slip of the pen, and its clocks would be overdue by years on the CRIP's desk.
FIRST_CONCERNS = datetime(2007, 3, 6, tzinfo=UTC)


def parse_moment(written: object) -> datetime:
    """An ISO 8601 moment with its zone, in UTC."""
    if not isinstance(written, str) or not (shape := MOMENT.fullmatch(written.strip())):
        raise PydanticCustomError(
            "moment_form",
            "Écrivez la date et l'heure entre guillemets, avec le fuseau : "
            "« 2026-03-02T09:30:00+01:00 ».",
        )
    if shape["zone"] is None:
        raise PydanticCustomError(
            "moment_zone",
            "Ajoutez le fuseau horaire après l'heure : « +01:00 » ou « +02:00 » pour Paris, "
            "« Z » pour l'heure universelle.",
        )
    try:
        moment = datetime.fromisoformat(shape[0].upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise PydanticCustomError(
            "moment_unreal", "Cette date ou cette heure n'existe pas : corrigez-la."
        ) from None
    if moment < FIRST_CONCERNS:
        raise PydanticCustomError(
            "moment_too_old",
            "Cette date est antérieure à mars 2007, quand l'information préoccupante a été "
            "créée : vérifiez l'année.",
        )
    return moment


def parse_day(written: object) -> date:
    """A real day of the calendar, ``YYYY-MM-DD``."""
    if not isinstance(written, str) or not DAY.fullmatch(written.strip()):
        raise PydanticCustomError(
            "day_form",
            "Écrivez la date entre guillemets, année-mois-jour : « 2011-04-23 ». "
            "Si elle n'est pas connue, donnez un âge dans « age_estimate ».",
        )
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise PydanticCustomError(
            "day_unreal",
            "Ce jour n'existe pas dans le calendrier : corrigez-le, ou donnez un âge dans "
            "« age_estimate ».",
        ) from None


def age_on(day: date, *, born: date) -> int:
    """Completed years. Born on a 29 February, a child gains a year on 1 March otherwise."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

"""A letter as the plain data that its template reads."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

from fanal.ground.documents.characters import printable
from fanal.ground.documents.contents import Letter
from fanal.ground.documents.dates import NBSP, day, full_day, hour, month


def inputs(letter: Letter, *, marks: bool = True) -> dict[str, Any]:
    """
    Say a letter in texts, lists and dictionaries.

    A day becomes ``{full, day, month, sort}``; a moment gains ``hour`` and ``moment``, in the
    sender's time zone; a choice becomes ``{key, label}``. ``marks`` is that of ``printable``.
    """
    saying = _Saying(ZoneInfo(letter.heading.sender.timezone), marks)
    said = cast("dict[str, Any]", saying.say(letter))
    return said | {"kind": saying.say(letter.kind)}


@dataclass(frozen=True, slots=True)
class _Saying:
    zone: ZoneInfo
    marks: bool

    def say(self, value: object) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, TextChoices):
            # The typographic apostrophe of the letters; what people wrote stays as it is.
            return {"key": value.value, "label": str(value.label).replace("'", "’")}
        if isinstance(value, str):
            return printable(value, marks=self.marks)
        if isinstance(value, date):
            return self.say_date(value)
        if isinstance(value, tuple):
            return [self.say(item) for item in value]
        if is_dataclass(value):
            return {field.name: self.say(getattr(value, field.name)) for field in fields(value)}
        raise TypeError(f"{type(value).__name__} has no place in a letter")

    def say_date(self, on: date) -> dict[str, str]:
        if isinstance(on, datetime):
            at = on.astimezone(self.zone)
            said = self.say_date(at.date())
            return said | {"hour": hour(at), "moment": f"{said['full']} à{NBSP}{hour(at)}"}
        return {"full": full_day(on), "day": day(on), "month": month(on), "sort": on.isoformat()}

"""The last days of what the custodians do, and which of them are too long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from fanal.ground.privacy.sealing.deeds import Deed, Kind

# docs/cles.md: each year, a rehearsal and a new key [A].
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Day:
    """``at`` is None when it was never done, or not noted."""

    label: str
    at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Reading:
    deeds: dict[Kind, Deed]
    today: date

    @property
    def custodians(self) -> tuple[str, ...]:
        ceremony = self.deeds.get(Kind.CEREMONY)
        return ceremony.custodians if ceremony else ()

    @property
    def days(self) -> list[Day]:
        return [
            self._day("Dernière cérémonie", Kind.CEREMONY, yearly=False),
            self._day("Dernière répétition avec les trois parts", Kind.REHEARSAL),
            self._day("Dernier changement de clé", Kind.ROTATION, since=Kind.CEREMONY),
            self._day("Dernière ouverture", Kind.OPENING, yearly=False),
            self._day("Dernière fermeture demandée", Kind.CLOSING, yearly=False),
        ]

    def _day(
        self, label: str, kind: Kind, *, yearly: bool = True, since: Kind | None = None
    ) -> Day:
        """``since``: what counts as well, for a key that is young needs no change."""
        found = self.deeds.get(kind)
        marks = [localdate(self.deeds[one].at) for one in (kind, since) if one in self.deeds]
        late = yearly and (not marks or max(marks) < self.today - A_YEAR)
        return Day(label, found.at if found else None, late)

"""
The keys of one record, to be looked up in an index: two records that share one may be one person.

A key is a word that says nothing in clear to whoever holds the index alone once it is hashed with
a secret; the caller does so.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from fanal.engines.linkage import dates
from fanal.engines.linkage.codes import code
from fanal.engines.linkage.names.folding import fold, joined
from fanal.engines.linkage.names.phonetics import sound
from fanal.engines.linkage.names.variants import variants
from fanal.engines.linkage.profiles.reading import (
    DATE,
    DAY,
    NAME,
    NAMES,
    YEAR,
    Kind,
    Profile,
)


def keys(record: Mapping[str, str], profile: Profile) -> frozenset[str]:
    """
    The keys of a record by its columns, for each way in which a name may sound.

    Unlike a whole file, one record does not know which common name a slip comes from: a name
    mistyped is found by its other keys.
    """
    parts = _Parts(record, profile)
    return frozenset(
        f"{'+'.join(key)}={'|'.join(held)}"
        for key in profile.keys
        for held in product(*(parts.of(part) for part in key))
    )


class _Parts:
    """What a record holds for each part of a key; nothing when it lacks it."""

    def __init__(self, record: Mapping[str, str], profile: Profile) -> None:
        self.record, self.profile = record, profile
        self.given = self._sounds(Kind.GIVEN)
        self.family = self._sounds(Kind.FAMILY)
        place = profile.of(Kind.DATE)
        self.date = dates.parse(record.get(profile.columns[place[0]], "")) if place else None

    def of(self, part: str) -> list[str]:
        if part == NAME:
            return sorted({*self.given, *self.family})
        if part == NAMES:
            pairs = product(self.given, self.family)
            return sorted({"&".join(sorted(pair)) for pair in pairs})
        return self._of_date(part) if part in {DATE, DAY, YEAR} else self._of_column(part)

    def _sounds(self, kind: Kind) -> list[str]:
        cell = fold(self.record.get(self.profile.columns[self.profile.of(kind)[0]], ""))
        return sorted({sound(form) for form in variants(joined(cell))}) if cell else []

    def _of_date(self, part: str) -> list[str]:
        if self.date is None:
            return []
        year, month, day = self.date
        if part == YEAR:
            return [f"{year:04}"]
        if dates.is_year_alone(self.date):
            return []
        return [f"{month:02}{day:02}"] if part == DAY else [f"{year:04}{month:02}{day:02}"]

    def _of_column(self, column: str) -> list[str]:
        kind = self.profile.fields[self.profile.columns.index(column)].kind
        cell = self.record.get(column, "")
        held = code(cell) if kind is Kind.CODE else joined(fold(cell))
        return [held] if held else []

"""
Records as numbers: every cell by the place of its value, every value with those that are near it.

A value that half of the file holds says little, and so does one that half of the file is near:
``shares`` tells, for each value, how much of the file is at each level from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage import dates
from fanal.engines.linkage.codes import code
from fanal.engines.linkage.dates import DateLevel
from fanal.engines.linkage.names.folding import fold
from fanal.engines.linkage.profiles.reading import Kind, Profile
from fanal.engines.linkage.words import WordLevel, near_names, near_texts

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
MISSING = -1
LEVELS = 8
GIVEN, FAMILY, TRUTH = range(3)
# A small file is a part of a larger world: as many records more, that hold none of its values.
UNSEEN = 500.0
# A slip makes a rare value of a common one.
COMMONER = 3


@dataclass(frozen=True, slots=True)
class Values:
    """
    All values of names, dates and texts, one after the other.

    ``begins``, ``beside``, ``level``: for each value, the values near it and how near.
    ``far``: the level of all the others. ``vague``: a year alone, which is nobody's birthday.
    ``kin``: values that one key brings together have the same number.
    ``shares``: by role (given name, family name, truth of its own column), value and level.
    """

    told: tuple[str, ...]
    begins: npt.NDArray[np.int64]
    beside: Ints
    level: npt.NDArray[np.int8]
    far: npt.NDArray[np.int8]
    vague: npt.NDArray[np.bool_]
    kin: Ints
    shares: Floats


@dataclass(frozen=True, slots=True)
class Encoded:
    """
    ``given``, ``family``: shape (records,). ``truths``: (records, date and texts). ``codes``:
    (records, codes), numbered across the columns; ``written``: each of them; ``held``: the share of
    its column that holds it. ``day``, ``year``: of the date, for keys.
    """

    profile: Profile
    values: Values
    given: Ints
    family: Ints
    truths: Ints
    codes: Ints
    held: Floats
    written: tuple[str, ...]
    day: Ints
    year: Ints

    def __len__(self) -> int:
        return int(self.given.size)

    def among(self, places: npt.NDArray[Any]) -> Encoded:
        """These records alone, beside all the values."""
        columns = ("given", "family", "truths", "codes", "day", "year")
        return replace(self, **{column: getattr(self, column)[places] for column in columns})

    def numbers(self) -> Encoded:
        """The same without what is written: dates alone, as numbers, can still be read in it."""
        values = replace(self.values, told=(), shares=np.empty((3, 0, LEVELS)))
        return replace(self, values=values, written=())


@dataclass(frozen=True, slots=True)
class _Part:
    """The values of one column (both names are one), without those of the others."""

    told: tuple[str, ...]
    near: Iterable[tuple[int, int, int]]
    far: int
    vague: tuple[bool, ...]


def encode(columns: Sequence[Sequence[str]], profile: Profile) -> Encoded:
    """
    Args:
        columns: in the order of the profile's fields; an empty cell is missing.
    """
    given, family = (columns[profile.of(kind)[0]] for kind in (Kind.GIVEN, Kind.FAMILY))
    (given_at, family_at), names = _numbered((given, family), fold)
    parts = [_names(names)]
    truths: list[Ints] = []
    first = len(names)
    birth = [MISSING] * len(given), [MISSING] * len(given)
    for place in profile.of(Kind.DATE, Kind.TEXT):
        if profile.fields[place].kind is Kind.DATE:
            (at,), held = _numbered((columns[place],), dates.parse)
            parts.append(_dates(held))
            birth = _birth(at, held)
        else:
            (at,), texts = _numbered((columns[place],), fold)
            parts.append(_texts(texts))
        truths.append(_shifted(at, first))
        first += len(parts[-1].told)
    coded = [_numbered((columns[place],), code) for place in profile.of(Kind.CODE)]
    codes, held_codes = _codes([(at, len(told)) for (at,), told in coded], len(given))
    stacked = _stacked(truths, len(given))
    values = _values(parts, _shifted(given_at, 0), _shifted(family_at, 0), stacked)
    return Encoded(
        profile,
        values,
        _shifted(given_at, 0),
        _shifted(family_at, 0),
        stacked,
        codes,
        held_codes,
        tuple(one for _, told in coded for one in told),
        np.array(birth[0], dtype=np.int32),
        np.array(birth[1], dtype=np.int32),
    )


def _numbered(
    columns: Sequence[Sequence[str]], read: Callable[[str], Any]
) -> tuple[list[list[int]], list[Any]]:
    """The number of each cell's value, and the values; what reads as nothing is missing."""
    numbers: dict[Any, int] = {}
    of_cell: dict[str, int] = {}
    told = []
    for column in columns:
        for cell in dict.fromkeys(column):
            if cell not in of_cell:
                value = read(cell)
                of_cell[cell] = numbers.setdefault(value, len(numbers)) if value else MISSING
        told.append([of_cell[cell] for cell in column])
    return told, list(numbers)


def _names(names: Sequence[str]) -> _Part:
    near = ((*pair, int(level)) for pair, level in near_names(names).items())
    return _Part(tuple(names), near, WordLevel.OTHER, (False,) * len(names))


def _texts(texts: Sequence[str]) -> _Part:
    near = ((*pair, int(level)) for pair, level in near_texts(texts).items())
    return _Part(tuple(texts), near, WordLevel.OTHER, (False,) * len(texts))


def _dates(held: Sequence[dates.Date]) -> _Part:
    told = tuple("{:04}-{:02}-{:02}".format(*date) for date in held)
    return _Part(
        told, dates.near(held), DateLevel.OTHER, tuple(dates.is_year_alone(date) for date in held)
    )


def _birth(at: Sequence[int], held: Sequence[dates.Date]) -> tuple[list[int], list[int]]:
    """The day and the year of each record's date; no day where there is a year alone."""
    days = [MISSING if dates.is_year_alone(date) else date[1] * 100 + date[2] for date in held] + [
        MISSING
    ]
    years = [date[0] for date in held] + [MISSING]
    return [days[place] for place in at], [years[place] for place in at]


def _shifted(at: Sequence[int], first: int) -> Ints:
    places = np.array(at, dtype=np.int32)
    return np.where(places >= 0, places + first, MISSING).astype(np.int32)


def _stacked(columns: Sequence[Ints], records: int) -> Ints:
    if not columns:
        return np.empty((records, 0), dtype=np.int32)
    return np.ascontiguousarray(np.stack(columns, axis=1))


def _codes(columns: Sequence[tuple[Sequence[int], int]], records: int) -> tuple[Ints, Floats]:
    firsts = accumulate((size for _, size in columns), initial=0)
    codes = [_shifted(at, first) for (at, _), first in zip(columns, firsts, strict=False)]
    held = [_shares(np.array(at, dtype=np.int64), size) for at, size in columns]
    return _stacked(codes, records), np.concatenate([*held, np.empty(0)])


def _shares(at: npt.NDArray[Any], size: int) -> Floats:
    """How often each value is held, among the records where there is one and some not seen."""
    held = np.bincount(at[at >= 0], minlength=size).astype(np.float64)
    shares: Floats = held / (held.sum() + UNSEEN)
    return shares


def _values(parts: Sequence[_Part], given: Any, family: Any, truths: Ints) -> Values:
    firsts = list(accumulate((len(part.told) for part in parts), initial=0))
    size = firsts[-1]
    told = [
        np.array(list(part.near), dtype=np.int64).reshape(-1, 3) + np.array([first, first, 0])
        for part, first in zip(parts, firsts, strict=False)
    ]
    near = np.concatenate(told)
    both = np.concatenate([near, near[:, [1, 0, 2]]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    begins = np.searchsorted(both[:, 0], np.arange(size + 1))
    beside, level = both[:, 1].astype(np.int32), both[:, 2].astype(np.int8)
    lengths = [len(part.told) for part in parts]
    far = np.repeat(np.array([part.far for part in parts], dtype=np.int8), lengths)
    held = [_shares(at, size) for at in (given, family)]
    truth = np.zeros(size)
    for column in truths.T:
        truth += _shares(column, size)
    shares = np.stack([_around(both, far, role) for role in (*held, truth)])
    names = len(parts[0].told)
    either = np.concatenate([given[given >= 0], family[family >= 0]])
    kin = _kin(both[both[:, 0] < names], np.bincount(either, minlength=names), size)
    vague = np.array([one for part in parts for one in part.vague], dtype=np.bool_)
    texts = tuple(one for part in parts for one in part.told)
    return Values(texts, begins, beside, level, far, vague, kin, shares)


def _around(both: npt.NDArray[np.int64], far: npt.NDArray[np.int8], held: Floats) -> Floats:
    """How much of the file is at each level from each value; shape (values, levels)."""
    shares = np.zeros((held.size, LEVELS))
    shares[:, 0] = held
    np.add.at(shares, (both[:, 0], both[:, 2]), held[both[:, 1]])
    rest = np.maximum(1.0 - shares.sum(axis=1), 0.0)
    shares[np.arange(held.size), far] += rest
    return shares


def _kin(both: npt.NDArray[np.int64], held: npt.NDArray[Any], size: int) -> Ints:
    """
    One number for what one key must bring together.

    A rare name that is one slip from a much commoner one is that name mistyped; names of one sound
    are one name.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = held.size
    meant = np.arange(size, dtype=np.int32)
    slips = both[both[:, 2] <= WordLevel.SLIP]
    for name, other in slips[np.argsort(held[slips[:, 1]], kind="stable"), :2]:
        if held[other] >= COMMONER * held[name]:
            meant[name] = other
    sounds = both[both[:, 2] == WordLevel.SOUND]
    graph = coo_array((np.ones(len(sounds)), (sounds[:, 0], sounds[:, 1])), shape=(names, names))
    _, kin = connected_components(graph, directed=False)
    told = np.concatenate([kin, np.arange(names, size)]).astype(np.int32)
    return told[meant[meant]]

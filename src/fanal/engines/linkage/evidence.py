"""Why two records may be one person: what each field says, for or against, in bits."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from fanal.engines.linkage import dates, words
from fanal.engines.linkage.codes import code
from fanal.engines.linkage.dates import DateLevel
from fanal.engines.linkage.model import Model
from fanal.engines.linkage.names.folding import fold
from fanal.engines.linkage.profiles.reading import Field, Kind, Profile
from fanal.engines.linkage.words import WordLevel

SAME_CODE, OTHER_CODE = 0, 1
SAID_OF_WORDS = {
    WordLevel.EXACT: "identiques",
    WordLevel.SOUND: "même nom, autre graphie",
    WordLevel.SLIP: "à une faute de frappe près",
    WordLevel.LOOSE: "assez proches",
    WordLevel.OTHER: "différents",
}
SAID_OF_DATES = {
    DateLevel.EXACT: "identiques",
    DateLevel.YEAR_ALONE: "même année, l'une sans jour",
    DateLevel.SWAPPED: "jour et mois inversés",
    DateLevel.PART: "même année, jour ou mois commun",
    DateLevel.YEAR_NEAR: "même jour, une année d'écart",
    DateLevel.YEAR_MISTYPED: "même jour, année mal écrite",
    DateLevel.YEAR_ALONE_NEAR: "année proche, sans jour",
    DateLevel.OTHER: "différentes",
}
SAID_OF_CODES = {SAME_CODE: "même valeur", OTHER_CODE: "autre valeur"}
SAID_CROSSED, SAID_MISSING = "prénom et nom inversés", "absent d'une fiche"


Named = tuple[WordLevel | None, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What one field says of two records. ``bits``: each doubles the odds that they are one person, or
    halves them when it is negative; 0 when one record lacks the field.
    """

    label: str
    values: tuple[str, str]
    said: str
    bits: float


@dataclass(frozen=True, slots=True)
class Compared:
    """``before``: the odds of two records taken at random, in bits. ``fields`` add to them."""

    before: float
    fields: tuple[Evidence, ...]

    @property
    def bits(self) -> float:
        return self.before + sum(field.bits for field in self.fields)

    @property
    def probability(self) -> float:
        """Of this pair alone, without what other records of its group know."""
        odds: float = 2.0 ** min(max(self.bits, -60.0), 60.0)
        return odds / (1.0 + odds)


class Comparison:
    """One model, ready to compare two records at a time."""

    def __init__(self, model: Model, profile: Profile, *, before: float | None = None) -> None:
        """``before``: bits; by default, one true record among all those of the model."""
        self.before = -math.log2(max(model.records, 2)) if before is None else before
        self.bits = {
            column: tuple(_bits(same, share) for same, share in zip(*rows, strict=True))
            for column, *rows in zip(
                model.columns,
                model.agreement.same.tolist(),
                model.agreement.strangers.tolist(),
                strict=True,
            )
        }
        self.exact = {
            column: {
                value: _bits(model.agreement.same[model.columns.index(column), 0], share)
                for value, share in values.items()
            }
            for column, values in model.common.items()
        }
        rare = 1.0 / max(model.records, 2)
        names = [profile.fields[profile.of(kind)[0]] for kind in (Kind.GIVEN, Kind.FAMILY)]
        self.given, self.family = names
        self.rare = {
            field.column: _bits(model.agreement.same[model.columns.index(field.column), 0], rare)
            for field in names
        }
        self.crossed = math.log2(max(model.weights.crossed, 1e-6))
        self.others = tuple(field for field in profile.fields if field not in names)

    def compare(self, one: Mapping[str, str], other: Mapping[str, str]) -> Compared:
        """Two records by column; a column that is not there is missing."""
        return Compared(self.before, (*self._names(one, other), *self._others(one, other)))

    def weigh(self, one: Mapping[str, str], others: Sequence[Mapping[str, str]]) -> list[float]:
        """The bits of ``compare`` for each of ``others``, without the words and far quicker."""
        given, family = self.given.column, self.family.column
        cells = {other.get(column, "") for other in others for column in (given, family)}
        names = [*dict.fromkeys(map(_folded, cells))]
        straight = (
            _Memo(self._worth(given, one.get(given, ""), names)),
            _Memo(self._worth(family, one.get(family, ""), names)),
        )
        told = []
        for other in others:
            first, last = other.get(given, ""), other.get(family, "")
            bits = straight[0][first] + straight[1][last]
            if bits <= 0.0:
                bits = max(bits, straight[0][last] + straight[1][first] + self.crossed)
            told.append(self.before + bits)
        for field in self.others:
            mine = one.get(field.column, "")
            if mine:
                memo = _Memo(partial(self._bits_of, field, mine))
                told = [
                    bits + memo[other.get(field.column, "")]
                    for bits, other in zip(told, others, strict=True)
                ]
        return told

    def _others(self, one: Mapping[str, str], other: Mapping[str, str]) -> list[Evidence]:
        told = []
        for field in self.others:
            cells = one.get(field.column, ""), other.get(field.column, "")
            level, bits = self._other(field, *cells)
            told.append(Evidence(field.label, cells, _said(field.kind, level), bits))
        return told

    def _other(self, field: Field, one: str, other: str) -> tuple[int | None, float]:
        if not one or not other:
            return None, 0.0
        level = _LEVELS[field.kind](one, other)
        if level is None:
            return None, 0.0
        if level == SAME_CODE and field.kind is Kind.CODE:
            held = self.exact.get(field.column, {}).get(_coded(one))
            return level, self.bits[field.column][level] if held is None else held
        return level, self.bits[field.column][level]

    def _bits_of(self, field: Field, one: str, other: str) -> float:
        return self._other(field, one, other)[1]

    def _names(self, one: Mapping[str, str], other: Mapping[str, str]) -> list[Evidence]:
        told, crossed = self._best_way(one, other)
        return [
            Evidence(
                field.label,
                (one.get(field.column, ""), other.get(field.column, "")),
                SAID_CROSSED if crossed else _said(Kind.GIVEN, level),
                bits,
            )
            for field, (level, bits) in zip((self.given, self.family), told, strict=True)
        ]

    def _best_way(
        self, one: Mapping[str, str], other: Mapping[str, str]
    ) -> tuple[tuple[Named, Named], bool]:
        """What the two names say, and whether they say more when one is taken for the other."""
        given, family = self.given.column, self.family.column
        first, last = one.get(given, ""), one.get(family, "")
        beside_first, beside_last = other.get(given, ""), other.get(family, "")
        straight = self._name(given, first, beside_first), self._name(family, last, beside_last)
        if straight[0][1] + straight[1][1] > 0.0:
            return straight, False
        crossed = self._name(given, first, beside_last), self._name(family, last, beside_first)
        if sum(bits for _, bits in crossed) + self.crossed <= straight[0][1] + straight[1][1]:
            return straight, False
        half = self.crossed / 2
        return ((crossed[0][0], crossed[0][1] + half), (crossed[1][0], crossed[1][1] + half)), True

    def _name(self, column: str, one: str, other: str) -> Named:
        first, second = _folded(one), _folded(other)
        if not first or not second:
            return None, 0.0
        if first == second:
            held = self.exact.get(column, {}).get(first)
            return WordLevel.EXACT, self.rare[column] if held is None else held
        return (level := words.level(first, second)), self.bits[column][level]

    def _worth(self, column: str, mine: str, names: Sequence[str]) -> Callable[[str], float]:
        """What any cell is worth against this one, all names being weighed beforehand."""
        name = _folded(mine)
        near = words.near(name, names) if name else {}
        bits = self.bits[column]

        def worth(cell: str) -> float:
            other = _folded(cell)
            if not name or not other:
                return 0.0
            level = near.get(other, WordLevel.OTHER)
            return self._name(column, mine, cell)[1] if level is WordLevel.EXACT else bits[level]

        return worth


class _Memo(dict[str, float]):
    """What a cell is worth, told once for all those that hold the same."""

    def __init__(self, worth: Callable[[str], float]) -> None:
        self.worth = worth

    def __missing__(self, cell: str) -> float:
        self[cell] = told = self.worth(cell)
        return told


def _bits(same: float, share: float) -> float:
    return math.log2(max(same, 1e-6) / max(share, 1e-9))


def _said(kind: Kind, level: int | None) -> str:
    if level is None:
        return SAID_MISSING
    match kind:
        case Kind.CODE:
            return SAID_OF_CODES[level]
        case Kind.DATE:
            return SAID_OF_DATES[DateLevel(level)]
        case _:
            return SAID_OF_WORDS[WordLevel(level)]


def _date_level(one: str, other: str) -> DateLevel | None:
    first, second = _date(one), _date(other)
    return None if first is None or second is None else dates.level(first, second)


def _code_level(one: str, other: str) -> int | None:
    first, second = _coded(one), _coded(other)
    if not first or not second:
        return None
    return SAME_CODE if first == second else OTHER_CODE


def _text_level(one: str, other: str) -> WordLevel | None:
    first, second = _folded(one), _folded(other)
    return words.text_level(first, second) if first and second else None


_LEVELS: Mapping[Kind, Callable[[str, str], int | None]] = {
    Kind.DATE: _date_level,
    Kind.CODE: _code_level,
    Kind.TEXT: _text_level,
}


@lru_cache(maxsize=1 << 16)
def _folded(cell: str) -> str:
    return fold(cell)


@lru_cache(maxsize=1 << 16)
def _coded(cell: str) -> str:
    return code(cell)


@lru_cache(maxsize=1 << 16)
def _date(cell: str) -> dates.Date | None:
    return dates.parse(cell)

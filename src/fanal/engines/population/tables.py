"""The capture table: how many people each combination of lists has seen."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fanal.engines.population.refusals import UnreadableTable

COUNT = "count"
RANGE = ".."
# Ten lists make 1,023 histories; beyond, no method of this engine ends in a useful time.
LISTS_AT_MOST = 10
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """
    Counts by history.

    Args:
        lists: names of the ``t`` lists, in the order of the bits of a history.
        counts: ``2**t`` whole numbers of people; ``counts[0]``, those whom nobody saw, is 0 and is
            never read.
        low, high: bounds of each count, both inclusive; equal to it but in a protected table.
        impossible: histories that nobody can have (structural zeros).
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    low: tuple[int, ...] = field(default=())
    high: tuple[int, ...] = field(default=())
    impossible: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", self.low or self.counts)
        object.__setattr__(self, "high", self.high or self.counts)

    @property
    def t(self) -> int:
        return len(self.lists)

    @property
    def n(self) -> int:
        """People seen at least once."""
        return sum(self.counts[1:])

    @property
    def is_protected(self) -> bool:
        return self.low != self.high

    def array(self) -> Counts:
        return np.array(self.counts, dtype=np.int64)

    def overlap(self, *numbers: int) -> int:
        """People seen by all of these lists, numbered from 0, and perhaps by others."""
        wanted = sum(1 << number for number in numbers)
        return sum(count for history, count in enumerate(self.counts) if history & wanted == wanted)

    def on_several(self) -> int:
        """People seen by two lists or more."""
        return sum(count for history, count in enumerate(self.counts) if history.bit_count() > 1)

    def without(self, number: int) -> CaptureTable:
        """The table as if this list had never been."""
        left, low, high = ([0] * (1 << (self.t - 1)) for _ in range(3))
        keep = (1 << number) - 1
        for history in range(1, 1 << self.t):
            reduced = (history & keep) | (history >> number + 1 << number)
            if reduced:
                left[reduced] += self.counts[history]
                low[reduced] += self.low[history]
                high[reduced] += self.high[history]
        names = tuple(name for other, name in enumerate(self.lists) if other != number)
        return CaptureTable(names, tuple(left), tuple(low), tuple(high))

    @property
    def digest(self) -> str:
        """
        Sixteen hexadecimal digits, the same whatever the order of rows and of lists.

        One case more changes it, and it is printed beside every result: two tables that differ by
        one case have given 1,034 and 981.
        """
        order = sorted(range(self.t), key=lambda number: self.lists[number])
        rows = []
        for history in range(1, 1 << self.t):
            low, high = self.low[history], self.high[history]
            if low or high or history in self.impossible:
                bits = "".join(str(history >> number & 1) for number in order)
                rows.append(f"{bits} {low} {high} {history in self.impossible:d}")
        told = "\n".join([" ".join(self.lists[number] for number in order), *sorted(rows)])
        return sha256(told.encode()).hexdigest()[:16]


def from_counts(
    lists: Sequence[str],
    rows: Iterable[tuple[Sequence[int], int]],
    *,
    impossible: Iterable[Sequence[int]] = (),
) -> CaptureTable:
    """A table out of ``(history, count)`` pairs; a history that is not there counts nobody."""
    counts = [0] * (1 << len(lists))
    for history, count in rows:
        counts[_number(history)] += count
    counts[0] = 0
    return CaptureTable(tuple(lists), tuple(counts), impossible=frozenset(map(_number, impossible)))


def _number(history: Sequence[int]) -> int:
    return sum(1 << place for place, seen in enumerate(history) if seen)


def read_strata(path: Path, *, strata: str | None = None) -> dict[str, CaptureTable]:
    """
    The tables of a CSV file (gzip allowed), one for each value of the column ``strata``.

    A row is a history: one column of 0 and 1 for each list, and ``count``; without the column
    ``count`` a row is a person. A count may be protected: ``1..10``.

    Raises:
        UnreadableTable: in French, with the line and what to do.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not reader.fieldnames:
                raise UnreadableTable("Le fichier est vide : il faut une ligne de titres.")
            lists = _lists(reader.fieldnames, strata)
            gathered: dict[str, _Gathering] = {}
            for row in reader:
                name = "" if strata is None else (row[strata] or "").strip()
                one = gathered.setdefault(name, _Gathering(lists))
                one.add(row, reader.line_num)
    except UnicodeDecodeError:
        raise UnreadableTable("Le fichier n'est pas en UTF-8 : enregistrez-le ainsi.") from None
    except (OSError, EOFError, csv.Error) as error:
        raise UnreadableTable(f"Le fichier ne se lit pas : {error}.") from None
    if not gathered:
        raise UnreadableTable("Le fichier n'a aucune ligne sous ses titres.")
    return {name: one.table() for name, one in gathered.items()}


def read_table(path: Path) -> CaptureTable:
    """The one table of a CSV file; see ``read_strata``."""
    return read_strata(path)[""]


def _lists(titles: Sequence[str], strata: str | None) -> tuple[str, ...]:
    if strata is not None and strata not in titles:
        raise UnreadableTable(f"Il n'y a pas de colonne « {strata} » : {', '.join(titles)}.")
    if len(set(titles)) != len(titles):
        raise UnreadableTable("Deux colonnes ont le même titre : donnez à chaque liste son nom.")
    lists = tuple(title for title in titles if title not in (COUNT, strata))
    if any(not title or not title.strip() for title in lists):
        raise UnreadableTable("Une colonne n'a pas de titre : donnez à chaque liste son nom.")
    if len(lists) > LISTS_AT_MOST:
        raise UnreadableTable(
            f"{len(lists)} listes : le calcul s'arrête à {LISTS_AT_MOST}. Réunissez-en par une "
            "règle fixée d'avance."
        )
    return lists


class _Gathering:
    """Rows of one table, checked as they come."""

    def __init__(self, lists: tuple[str, ...]) -> None:
        self.lists = lists
        self.low = [0] * (1 << len(lists))
        self.high = [0] * (1 << len(lists))
        self._first_line: dict[int, int] = {}

    def add(self, row: Mapping[str | None, str | None], line: int) -> None:
        if None in row or None in row.values():
            raise UnreadableTable(f"Ligne {line} : pas le même nombre de cases que les titres.")
        history = 0
        for place, name in enumerate(self.lists):
            seen = (row[name] or "").strip()
            if seen not in ("0", "1"):
                raise UnreadableTable(
                    f"Ligne {line}, colonne « {name} » : « {seen} » n'est ni 0 ni 1."
                )
            history |= (seen == "1") << place
        if COUNT in row:
            self._count(history, (row[COUNT] or "").strip(), line)
        elif history:
            self.low[history] += 1
            self.high[history] += 1

    def _count(self, history: int, text: str, line: int) -> None:
        if history in self._first_line:
            raise UnreadableTable(
                f"Ligne {line} : cette combinaison de listes est déjà à la ligne "
                f"{self._first_line[history]}. Une seule ligne par combinaison."
            )
        self._first_line[history] = line
        low, _, high = text.partition(RANGE)
        try:
            bounds = int(low), int(high or low)
        except ValueError:
            raise UnreadableTable(
                f"Ligne {line} : « {text} » n'est pas un nombre entier de personnes, ni une case "
                "protégée comme 1..10."
            ) from None
        if not 0 <= bounds[0] <= bounds[1]:
            raise UnreadableTable(f"Ligne {line} : « {text} » n'est pas un nombre de personnes.")
        if history:
            self.low[history], self.high[history] = bounds
        elif bounds != (0, 0):
            raise UnreadableTable(
                f"Ligne {line} : personne ne peut être compté sur aucune liste ; c'est ce que l'on "
                "cherche. Retirez cette ligne."
            )

    def table(self) -> CaptureTable:
        # Of a protected cell the middle is kept: what is told of it is told with its bounds.
        counts = tuple((low + high) // 2 for low, high in zip(self.low, self.high, strict=True))
        return CaptureTable(self.lists, counts, tuple(self.low), tuple(self.high))

"""
Style A: a world like the one that the engine was built on.

Shares measured on that file: sizes of clusters 1, 2, 3, 4, 6 as 28, 28, 15, 14, 14 %; surname
missing 18 %, alias 65 %, date 31 %, phone 55 %; half of the given names and two fifths of the
surnames are from a short list, a third of those in another spelling.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from people_errors import birth, phones, typed, written
from people_pools import (
    ALIASES,
    ENDS,
    GIVEN,
    OFTEN_GIVEN,
    OFTEN_SURNAMES,
    STEMS,
    SURNAMES,
    Pool,
)

Row = tuple[str, str, str, str, str, str, str, str]
SOURCES = ("police", "ase", "asso", "education")
SIZES, SHARES = (1, 2, 3, 4, 6), (285, 283, 149, 143, 140)
TOWNS = 60


def world(persons: int, chance: random.Random) -> Iterator[Row]:
    """Records of each person in turn: cluster, source, then the seven fields."""
    towns = [chance.choice(STEMS) + chance.choice(ENDS) for _ in range(TOWNS)]
    numbers = phones(chance)
    for cluster in range(persons):
        yield from _seen(str(cluster), towns, numbers, chance)


def _seen(
    cluster: str, towns: list[str], numbers: Iterator[str], chance: random.Random
) -> Iterator[Row]:
    given = _name(OFTEN_GIVEN if chance.random() < 0.5 else GIVEN, chance)
    surname = _name(OFTEN_SURNAMES if chance.random() < 0.39 else SURNAMES, chance)
    alias = chance.choice(ALIASES)
    if chance.random() < 0.41:
        alias += str(chance.randint(75, 95))
    born, number, town = birth(chance, 2005, 2013), next(numbers), chance.choice(towns)
    for _ in range(chance.choices(SIZES, SHARES)[0]):
        first, last = _spelled(given, chance), _spelled(surname, chance)
        if chance.random() < 0.18:
            last = ""
        if chance.random() < 0.05:
            first, last = last, first
        yield (
            cluster,
            chance.choice(SOURCES),
            first or last,
            last if first else "",
            alias if chance.random() < 0.35 else "",
            _date(born, chance),
            _called(number, numbers, chance),
            town if chance.random() < 0.6 else chance.choice(towns),
        )


def _name(pool: Pool, chance: random.Random) -> tuple[str, ...]:
    return chance.choice(pool)


def _spelled(spellings: tuple[str, ...], chance: random.Random) -> str:
    written_so = spellings[0]
    if len(spellings) > 1 and chance.random() < 0.34:
        written_so = chance.choice(spellings[1:])
    if chance.random() < 0.15:
        written_so = typed(written_so, chance)
    return written_so.upper() if chance.random() < 0.3 else written_so


def _date(born: tuple[int, int, int], chance: random.Random) -> str:
    kind, (year, month, day) = chance.random(), born
    if kind < 0.305:
        return ""
    if kind < 0.388:
        return written(year, 1, 1)
    if kind < 0.455:
        return written(year + chance.choice((-1, 1, 2)), month, day)
    if kind < 0.48 and day <= 12:
        return written(year, day, month)
    return written(year, month, day)


def _called(number: str, numbers: Iterator[str], chance: random.Random) -> str:
    if chance.random() < 0.55:
        return ""
    return number if chance.random() < 0.79 else next(numbers)

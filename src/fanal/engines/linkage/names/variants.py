"""
Other forms of one name: short forms, equivalents in another language, transliterations.

``variants.csv`` is our own work: one row is a group of words under which two services may write one
same person. What a key of ``phonetics`` already brings together is mostly left out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files

from fanal.engines.linkage.names.folding import fold, joined

FILE = "variants.csv"


def variants(word: str) -> tuple[str, ...]:
    """
    The word, folded and joined, then every word that shares a group with it.

    A word may stand in several groups; the groups are not chained: « Sandra » may be Alexandra or
    Cassandra, but Alexandra is never Cassandra.

    >>> "traore" in variants("Trawole")
    True
    """
    own = joined(fold(word))
    return (own, *_others().get(own, ()))


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of the table, folded and joined."""
    table = files("fanal.engines.linkage.names").joinpath(FILE).read_text(encoding="utf-8")
    return tuple(
        tuple(dict.fromkeys(joined(fold(word)) for word in row["words"].split()))
        for row in csv.DictReader(table.splitlines())
    )


@cache
def _others() -> dict[str, tuple[str, ...]]:
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups():
        for word in group:
            near[word].update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in near.items()}

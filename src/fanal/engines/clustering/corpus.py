"""Texts as arrays: the words of each in order, its contacts, and who carries each contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.flagging import flagged
from fanal.engines.clustering.folding import fold_all
from fanal.engines.contacts.extracting import Contact, found_in

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Reals = npt.NDArray[np.float64]
AT_ONCE = 20_000
PLANE = 1 << 16


@dataclass(frozen=True, slots=True)
class Corpus:
    """
    ``hashes``: of the words of all texts; text ``i`` has ``begins[i]`` to ``begins[i + 1]``.
    ``contacts``: of each text.
    """

    hashes: Hashes
    begins: Longs
    contacts: tuple[tuple[Contact, ...], ...]

    def __len__(self) -> int:
        return len(self.contacts)


@dataclass(frozen=True, slots=True)
class Carried:
    """
    Who carries what. ``keys``: kind and value of each contact; contact ``i`` is in the texts
    ``places[begins[i]]`` to ``places[begins[i + 1]]``, in order. ``first``: of each text, its first
    contact, or -1.
    """

    keys: tuple[tuple[str, str], ...]
    begins: Longs
    places: Ints
    first: Ints

    def without(self, rows: npt.NDArray[np.bool_]) -> Carried:
        """The same, but that nobody carries the contacts of these rows."""
        sizes = np.diff(self.begins)
        kept = ~np.repeat(rows, sizes)
        begins = np.append(0, np.cumsum(np.where(rows, 0, sizes)))
        places = self.places[kept]
        first = np.full_like(self.first, -1)
        first[places[::-1]] = np.repeat(np.arange(sizes.size), np.diff(begins))[::-1]
        still = self.first >= 0
        still[still] = ~rows[self.first[still]]
        return Carried(self.keys, begins, places, np.where(still, self.first, first))


def read(texts: Sequence[str], heard: Callable[[str], None] | None = None) -> Corpus:
    """
    The words and the contacts of these texts; numbers and contacts are no words.

    ``heard``: told how far it is.
    """
    parts = []
    for at in range(0, len(texts), AT_ONCE):
        if heard:
            heard(f"Contacts et mots, {at} textes sur {len(texts)}")
        parts.append(part_of(texts[at : at + AT_ONCE]))
    return together(parts)


def together(parts: Sequence[Corpus]) -> Corpus:
    """One corpus of several, in their order."""
    lengths = [np.diff(part.begins) for part in parts]
    return Corpus(
        np.concatenate([part.hashes for part in parts] or [np.empty(0, dtype=np.uint64)]),
        np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]), dtype=np.int64),
        tuple(chain.from_iterable(part.contacts for part in parts)),
    )


def part_of(texts: Sequence[str]) -> Corpus:
    """The words and the contacts of a few texts."""
    from fanal.engines.clustering.kernels.words import spelt

    folded, codes, starts = fold_all(texts)
    flags = flagged(codes, starts).tolist()
    contacts = tuple(
        tuple(found_in(text, signs=flag)) for text, flag in zip(folded, flags, strict=True)
    )
    blanks = [
        (start + one.start, start + one.end)
        for start, found in zip(starts.tolist(), contacts, strict=False)
        for one in found
    ]
    hashes, begins = spelt(
        codes, starts, letters(), np.array(blanks, dtype=np.int64).reshape(-1, 2)
    )
    return Corpus(hashes, begins, contacts)


@cache
def letters() -> npt.NDArray[np.bool_]:
    """Whether each code point is of a word; emoji and other signs are not."""
    return np.array([chr(code).isalpha() for code in range(PLANE)])


def carried(contacts: Sequence[Sequence[Contact]]) -> Carried:
    """Who carries each contact, in the order in which contacts are met."""
    numbers: dict[tuple[str, str], int] = {}
    rows: list[int] = []
    places: list[int] = []
    first = np.full(len(contacts), -1, dtype=np.int32)
    for place, found in enumerate(contacts):
        for one in found:
            rows.append(numbers.setdefault(one[:2], len(numbers)))
            places.append(place)
        if found:
            first[place] = rows[-len(found)]
    row = np.array(rows, dtype=np.int64)
    order = np.argsort(row, kind="stable")
    begins = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(numbers)), out=begins[1:])
    return Carried(tuple(numbers), begins, np.array(places, dtype=np.int32)[order], first)

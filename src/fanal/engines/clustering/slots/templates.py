"""The text that a group shares, with a slot wherever its texts differ, and what differs in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import PLANE, Ints, letters
from fanal.engines.clustering.folding import Longs, fold_all, origins
from fanal.engines.clustering.pairs import Bools
from fanal.engines.clustering.slots.kinds import Kind, Pieces, kinds_of
from fanal.engines.contacts.extracting import Contact

# A word is of the template if three texts in four have it; a slot, if one in four fills it.
SHARED, FILLED = 0.75, 0.25
LONGEST, AT_ONCE = 600, 20_000
SHOWN = {
    Kind.OTHER: "[…]",
    Kind.NUMBER: "[nombre]",
    Kind.CONTACT: "[contact]",
    Kind.PRICE: "[prix]",
    Kind.TOWN: "[ville]",
    Kind.NAME: "[prénom]",
    Kind.DATE: "[date]",
}
NAMES = {kind: kind.name.lower() for kind in Kind}
Part = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Template:
    """``parts``: of each text of the group, what differs: where it begins, ends, and its kind."""

    said: str
    parts: list[list[Part]]


def templates(
    groups: Sequence[Sequence[int]],
    texts: Sequence[str],
    contacts: Sequence[Sequence[Contact]],
) -> Iterator[Template]:
    """The template of each group. ``groups``: places of texts."""
    some: list[Sequence[int]] = []
    held = 0
    for group in groups:
        some.append(group)
        held += len(group)
        if held >= AT_ONCE:
            yield from _Some(some, texts, contacts).templates()
            some, held = [], 0
    if some:
        yield from _Some(some, texts, contacts).templates()


class _Some:
    """Some groups, their texts one after the other."""

    def __init__(
        self,
        groups: Sequence[Sequence[int]],
        texts: Sequence[str],
        contacts: Sequence[Sequence[Contact]],
    ) -> None:
        from fanal.engines.clustering.kernels.pieces import constant, pieces
        from fanal.engines.clustering.kernels.words import numbered

        order = [place for group in groups for place in group]
        self.said = [texts[place] for place in order]
        self.groups = np.cumsum([0, *map(len, groups)])
        _, codes, starts = fold_all(self.said)
        spans = _spans([contacts[place] for place in order], starts)
        hashes, places, kinds, self.begins = pieces(codes, starts, letters(), spans)
        owner = np.repeat(np.arange(len(order)), np.diff(self.begins))
        self.first, self.last, capital = _written(self.said, places, owner)
        known, self.numbers = numbered(hashes)
        self.kept, self.best = constant(
            self.numbers, kinds, self.begins, self.groups, known.size, SHARED
        )
        self.kinds = kinds_of(Pieces(codes, hashes, places, kinds, owner, capital))
        self.runs = _Runs(self.kept, self.kinds, owner)

    def templates(self) -> Iterator[Template]:
        runs = self.runs
        first, last = self.first[runs.begun], self.last[runs.ended]
        # One sign may be folded into two pieces.
        whole = np.append(True, (first[1:] >= last[:-1]) | (runs.owner[1:] != runs.owner[:-1]))
        held = np.flatnonzero(whole[: first.size])
        ends = np.searchsorted(runs.owner[held], np.arange(len(self.said) + 1)).tolist()
        parts = [
            (start, end, NAMES[Kind(kind)])
            for start, end, kind in zip(
                first[held].tolist(), last[held].tolist(), runs.kinds[held].tolist(), strict=True
            )
        ]
        votes = self._votes()
        for group, best in enumerate(self.best.tolist()):
            texts = range(self.groups[group], self.groups[group + 1])
            yield Template(
                self._template(group, best, votes),
                [parts[ends[text] : ends[text + 1]] for text in texts],
            )

    def _votes(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """What fills the slot after each piece of each group: kinds; after -1, at the beginning."""
        times: dict[tuple[int, int], dict[tuple[int, ...], int]] = {}
        of = np.repeat(np.arange(self.groups.size - 1), np.diff(self.groups))
        sizes = np.diff(self.groups).tolist()
        for text, after, kinds in self.runs.together(self.numbers):
            key = int(of[text]), after
            counted = times.setdefault(key, {})
            counted[kinds] = counted.get(kinds, 0) + 1
        return {
            key: max(counted, key=lambda kinds: (counted[kinds], kinds))
            for key, counted in times.items()
            if sum(counted.values()) >= FILLED * sizes[key[0]]
        }

    def _template(
        self, group: int, best: int, votes: dict[tuple[int, int], tuple[int, ...]]
    ) -> str:
        """As the text that has most of it writes it."""
        said, told, place, after = self.said[best], "", 0, -1
        begin, end = int(self.begins[best]), int(self.begins[best + 1])
        for piece in (*range(begin, end), -1):
            if piece >= 0 and not self.kept[piece]:
                continue
            last, following = (int(self.first[piece]), piece) if piece >= 0 else (len(said), end)
            slots = votes.get((group, after), ())
            told += self._between(said, (place, last), (begin, following), slots)
            if piece < 0 or len(told) > LONGEST:
                break
            place, begin, after = int(self.last[piece]), piece + 1, int(self.numbers[piece])
            told += said[self.first[piece] : place]
        return " ".join(told.split())

    def _between(
        self, said: str, places: tuple[int, int], pieces: tuple[int, int], slots: tuple[int, ...]
    ) -> str:
        """What stands between two pieces of a template: ``pieces`` that are not of it, or slots."""
        (place, last), (begin, next_one) = places, pieces
        lead, tail = "", said[place:last]
        if begin < next_one:
            lead = said[place : self.first[begin]]
            tail = said[self.last[next_one - 1] : last]
        if not slots:
            return tail if tail.strip() else lead or " "
        return f"{lead or ' '}{' '.join(SHOWN[Kind(one)] for one in slots)}{tail or ' '}"


class _Runs:
    """Pieces that are not of the template and have one kind, side by side."""

    def __init__(self, kept: Bools, kinds: npt.NDArray[np.int8], of: Longs) -> None:
        apart = kept[1:] | kept[:-1] | (kinds[1:] != kinds[:-1]) | (of[1:] != of[:-1])
        self.begun = np.flatnonzero(~kept & np.append(True, apart)[: kept.size])
        self.ended = np.flatnonzero(~kept & np.append(apart, True)[: kept.size])
        self.of, self.owner, self.kinds = of, of[self.begun], kinds[self.begun]

    def together(self, numbers: Ints) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Runs that touch one another: their text, the piece before them or -1, their kinds."""
        begun, ended = self.begun, self.ended
        before = np.maximum(begun - 1, 0)
        first = (begun == 0) | (self.of[before] != self.owner)
        after = np.where(first, -1, numbers[before]).tolist()
        alone = np.append(True, (begun[1:] != ended[:-1] + 1) | first[1:])[: begun.size]
        edges = [*np.flatnonzero(alone).tolist(), begun.size]
        owner, kinds = self.owner.tolist(), self.kinds.tolist()
        for start, end in pairwise(edges):
            yield owner[start], after[start], tuple(kinds[start:end])


def _spans(contacts: Sequence[Sequence[Contact]], starts: Longs) -> Longs:
    """Where the contacts of texts are, in order, without those that are inside another."""
    told: list[tuple[int, int]] = []
    for start, found in zip(starts.tolist(), contacts, strict=False):
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not told or start + one.start >= told[-1][1]:
                told.append((start + one.start, start + one.end))
    return np.array(told, dtype=np.int64).reshape(-1, 2)


def _written(texts: Sequence[str], places: Longs, of: Longs) -> tuple[Longs, Longs, Bools]:
    """Where each piece begins and ends in its text as it is written; whether with a capital."""
    codes, origin, starts = origins(texts)
    first = origin[places[:, 0]]
    # Signs that are folded into nothing are of what they follow.
    last = np.minimum(np.append(origin, codes.size)[places[:, 1]], starts[of + 1])
    last = np.maximum(last, origin[places[:, 1] - 1] + 1)
    capital = _capitals()[np.minimum(codes[first], PLANE - 1)]
    return first - starts[of], last - starts[of], capital


@cache
def _capitals() -> Bools:
    return np.array([chr(code).isupper() for code in range(PLANE)])

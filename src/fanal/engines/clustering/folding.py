"""Many texts folded at once, as ``engines/contacts`` folds each; where each letter comes from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from fanal.engines.contacts.folding import TABLE

Codes = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
SPACE, UNKNOWN = 0x110000, -1


class _Wide:
    """The same for many texts at once: the first code that each code gives, and how many."""

    def __init__(self) -> None:
        self.first = np.zeros(SPACE, dtype=np.uint32)
        self.number = np.full(SPACE, UNKNOWN, dtype=np.int8)

    def learn(self, codes: Codes) -> None:
        """Fold those that were never met."""
        for code in np.unique(codes[self.number[codes] == UNKNOWN]).tolist():
            folded = TABLE[code]
            self.number[code] = len(folded)
            self.first[code] = ord(folded[0]) if folded else 0


@cache
def _wide() -> _Wide:
    return _Wide()


def fold_all(texts: Sequence[str]) -> tuple[list[str], Codes, Longs]:
    """The texts, folded; the same as code points, one after the other; where each begins."""
    wide = _wide()
    content = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(content, dtype=np.uint32)
    wide.learn(codes)
    number = wide.number[codes]
    folded = np.repeat(wide.first[codes], number)
    ends = np.cumsum(number, dtype=np.int64)
    for place in np.flatnonzero(number > 1).tolist():
        said = TABLE[int(codes[place])]
        folded[ends[place] - len(said) : ends[place]] = [ord(one) for one in said]
    last = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    starts = np.append(0, ends)[last]
    whole = folded.tobytes().decode("utf-32-le", "surrogatepass")
    places = starts.tolist()
    return [whole[a:b] for a, b in pairwise(places)], folded, starts


def origins(texts: Sequence[str]) -> tuple[Codes, Longs, Longs]:
    """
    The code points of the texts as they are written, one after the other; of each code point of
    their foldings, which one it comes from; where each text begins, and the last ends.
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = _wide()
    wide.learn(codes)
    starts = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return codes, np.repeat(np.arange(codes.size), wide.number[codes]), starts

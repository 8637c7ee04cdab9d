"""The words of an index: what each weighs, and what new texts teach of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.clustering.corpus import Corpus, Floats, Hashes, Ints, Longs, Reals
from fanal.engines.clustering.rarity import Persistence, Rarity, ways


@dataclass(slots=True)
class Vocabulary:
    """
    ``words``: hashes, sorted; ``rows``: the row of each in the other arrays. ``owner``: the only
    text that has a word, which therefore weighs nothing; -1 for others. ``unseen``, ``usual``: what
    a word weighs that had one owner and has two, and how often a hand keeps it.
    """

    words: Hashes
    rows: Ints
    weights: Reals
    gains: Floats
    losses: Floats
    owner: Ints
    unseen: float
    usual: float

    @classmethod
    def of(cls, rare: Rarity, persisting: Persistence, corpus: Corpus) -> Vocabulary:
        """The words of texts that were grouped."""
        rows = np.searchsorted(rare.words, corpus.hashes)
        owner = np.full(rare.words.size, -1, dtype=np.int32)
        owner[rows] = np.repeat(np.arange(len(corpus), dtype=np.int32), np.diff(corpus.begins))
        owner[rare.weights > 0] = -1
        return cls(
            rare.words, np.arange(rare.words.size, dtype=np.int32), rare.weights,
            persisting.gains, persisting.losses, owner, rare.unseen, persisting.usual,
        )  # fmt: skip

    def learn(self, corpus: Corpus, first: int) -> tuple[Ints, list[tuple[int, int]]]:
        """
        Read new texts, the first of which is text ``first``.

        Returns the row of each of their words, and the rows that weigh from now on, with the old
        text that had each: its measure changes.
        """
        rows = self._rows(corpus.hashes)
        texts = np.repeat(np.arange(first, first + len(corpus)), np.diff(corpus.begins))
        alone = np.flatnonzero(self.weights[rows] == 0)
        woken: list[tuple[int, int]] = []
        for row, text in dict.fromkeys(
            zip(rows[alone].tolist(), texts[alone].tolist(), strict=True)
        ):
            owner = int(self.owner[row])
            if owner < 0 and self.weights[row] == 0:
                self.owner[row] = text
            elif owner not in (-1, text):
                self._weigh(row)
                if owner < first:
                    woken.append((row, owner))
        return rows, woken

    def _weigh(self, row: int) -> None:
        self.owner[row] = -1
        self.weights[row] = self.unseen
        gains, losses = ways(np.array([self.usual]), self.weights[row : row + 1])
        self.gains[row], self.losses[row] = gains[0], losses[0]

    def _rows(self, hashes: Hashes) -> Ints:
        """The row of each word; unknown ones are given rows of their own."""
        place = np.searchsorted(self.words, hashes)
        known = np.append(self.words, 0)[place] == hashes
        unknown = np.unique(hashes[~known])
        size = self.weights.size
        where = np.searchsorted(self.words, unknown)
        self.rows = np.insert(
            self.rows, where, np.arange(size, size + unknown.size, dtype=np.int32)
        )
        self.words = np.insert(self.words, where, unknown)
        self.weights = np.append(self.weights, np.zeros(unknown.size))
        self.owner = np.append(self.owner, np.full(unknown.size, -1, dtype=np.int32))
        none = np.zeros((unknown.size, self.gains.shape[1]), dtype=np.float32)
        self.gains, self.losses = (
            np.concatenate([self.gains, none]),
            np.concatenate([self.losses, none]),
        )
        return self.rows[np.searchsorted(self.words, hashes)]


def grown(held: Ints, begins: Longs, woken: list[tuple[int, int]]) -> tuple[Ints, Longs]:
    """The words of texts, sorted, with those that weigh from now on."""
    if not woken:
        return held, begins
    woken = sorted(woken, key=lambda one: (one[1], one[0]))
    rows = np.array([row for row, _ in woken], dtype=np.int32)
    texts = np.array([text for _, text in woken], dtype=np.int64)
    where = [
        begins[text] + int(np.searchsorted(held[begins[text] : begins[text + 1]], row))
        for row, text in woken
    ]
    counts = np.bincount(texts, minlength=begins.size - 1)
    return np.insert(held, where, rows), begins + np.append(0, np.cumsum(counts))

"""
The contacts that say who writes, and what words weigh: each is known by the other.

A source is a contact, and words are rare that few sources use. What all write beside the number of
an office would then be rare, and those texts alike: a contact that many texts have is also tried as
if it were nobody's, its texts as many sources as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.clustering.carriers import tied
from fanal.engines.clustering.corpus import Carried, Corpus, Floats, Ints
from fanal.engines.clustering.linking import LIKELY, TELLING
from fanal.engines.clustering.pairs import Bools, different
from fanal.engines.clustering.rarity import (
    Measured,
    Rarity,
    Words,
    distinctive,
    measure,
    persistence,
    rarity,
)  # fmt: skip

# Of the pairs that a contact ties, each text with so many, how many must be likely, once it ties
# so many.
EACH, RIGHT, MANY_PAIRS, MANY_TEXTS = 6, 0.05, 40, 10
# The part of all texts that must have a contact for it to be tried, and those tried for words to be
# weighed again.
TRIED = 0.01
# Pairs drawn to know what chance gives, of how many sources at least, and how few are beyond.
DRAWN, SOURCES_AT_LEAST, ONE_IN = 50_000, 1_000, 0.01
NOBODY = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Believed:
    """What words weigh, those of each text, and who carries what; ``quoted``: believed no more."""

    rarity: Rarity
    words: Words
    carried: Carried
    quoted: Bools


def believed(corpus: Corpus, everyone: Carried) -> Believed:
    """The words and the contacts of a corpus. ``everyone``: who carries what is written."""
    weighed = _weighed(corpus, everyone.first)
    quoted = _quoted(everyone, _measured(*weighed))
    tried = quoted | _had_by_many(everyone)
    if _source_of_many(tried, everyone):
        again = _weighed(corpus, everyone.without(tried).first)
        found = _quoted(everyone, _measured(*again))
        if (found == tried).all():
            weighed = again
        elif (found != quoted).any():
            weighed = _weighed(corpus, everyone.without(found).first)
        quoted = found
    return Believed(*weighed, everyone.without(quoted), quoted)


def _weighed(corpus: Corpus, first: Ints) -> tuple[Rarity, Words]:
    rare, rows = rarity(corpus, first)
    return rare, distinctive(rare, rows, corpus.begins)


def _measured(rare: Rarity, words: Words) -> Measured:
    """The texts, before it is known what a hand keeps."""
    return measure(rare, words, persistence(rare, words, (NOBODY, NOBODY)))


def _source_of_many(tried: Bools, everyone: Carried) -> bool:
    """Whether these contacts are the source of enough texts to change what words weigh."""
    first = everyone.first
    return int(tried[first[first >= 0]].sum()) > TRIED * first.size


def _had_by_many(carried: Carried) -> Bools:
    """The contacts that so many texts have that it is worth trying them, among many sources."""
    sources = np.unique(carried.first[carried.first >= 0]).size
    many: Bools = np.diff(carried.begins) >= TRIED * carried.first.size
    return many & (sources >= SOURCES_AT_LEAST)


def _quoted(carried: Carried, measured: Measured) -> Bools:
    """
    The contacts that do not say who writes: texts strange to one another quote them, as they do the
    address of a market or the number of an office. Strangers are no more alike than chance makes
    them: than one pair in a hundred, drawn among those who carry others.
    """
    ones, others, rows = tied(carried, EACH)
    telling = (measured.rest[ones] >= TELLING) & (measured.rest[others] >= TELLING)
    likely = telling & (measured.likeness(ones, others) >= _by_chance(carried, measured))
    number = len(carried.keys)
    read = np.bincount(rows[telling], minlength=number)
    right = np.bincount(rows[likely], minlength=number)
    return ((read >= MANY_PAIRS) & (right < RIGHT * read)) | _beside_many(carried)


def _by_chance(carried: Carried, measured: Measured) -> float:
    """How like one pair in a hundred is, of telling texts of two sources: ``LIKELY`` at least."""
    drawing = np.random.default_rng(3)
    texts = drawing.permutation(np.flatnonzero(measured.rest >= TELLING)).astype(np.int32)
    first = carried.first[texts]
    _, rows = np.unique(np.where(first < 0, -1 - texts, first), return_index=True)
    if rows.size < SOURCES_AT_LEAST:
        return LIKELY
    drawn = texts[rows][drawing.integers(0, rows.size, (2, DRAWN))]
    drawn = np.sort(drawn[:, drawn[0] != drawn[1]], axis=0)
    found: Floats = measured.likeness(drawn[0], drawn[1])
    return max(LIKELY, float(np.quantile(found, 1 - ONE_IN)))


def _beside_many(carried: Carried) -> Bools:
    """The contacts that most of their carriers give beside another, each its own."""
    number = len(carried.keys)
    sizes = np.diff(carried.begins)
    rows = np.repeat(np.arange(number), sizes)
    first = carried.first[carried.places].astype(np.int64)
    pairs = different((rows * number + first)[first != rows])
    own = np.bincount(pairs // max(1, number), minlength=number)
    found: Bools = (sizes >= MANY_TEXTS) & (own > sizes / 2)
    return found

"""
How little the words of a text are expected, and so what it says that two texts share some.

A word weighs what its being met tells, in nats: little when many sources use it, and little when
the word before announces it, as inside a formula that everybody writes (a chain of words, Shannon,
A mathematical theory of communication, 1948). A source is whoever has one contact: a hundred posts
of one phone make nothing common.

The likeness of two texts is the logarithm of a ratio (Fellegi and Sunter, A theory for record
linkage, 1969): how much likelier it is that they share these words and not the others if one hand
wrote them than if chance put them together. How often a hand keeps a word is read from texts that
carry one contact: a town changes from post to post, a turn of phrase does not. Chance gives a
likeness of ``L`` or more to at most ``exp(-L)`` of the pairs (Ville, 1939), if words come one by
one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.clustering.corpus import Corpus, Floats, Hashes, Ints, Longs, Reals

# Below so many sources, a phrase is somebody's own and no formula.
FORMULA = 30.0
# What is known of a word before any source is read, and how many sources that is worth.
USUAL, SOURCES = 0.05, 10.0
# Texts without a contact that have this part of their words in common are of one source.
COPIED, BANDS, ROWS = 0.5, 10, 4
LEAST = 0.02
READ_AT_MOST = 200_000
# How often a hand keeps a word, before anything is read, and how many readings that is worth.
KEPT, READINGS, PER_WORD = 0.6, 20.0, 4.0
NEARLY, READABLE = 0.995, 0.3
Pairs = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Rarity:
    """
    ``words``: hashes, sorted. ``weights``: of each, in nats; 0 for what one text alone has.
    ``unseen``: what a word weighs that no source is known to use.
    """

    words: Hashes
    weights: Reals
    unseen: float


@dataclass(frozen=True, slots=True)
class Persistence:
    """
    Of each word and each way of writing, what it adds to a likeness that two texts share it, and
    that one of them alone has it. ``usual``: how often a hand keeps a word, whatever it is.
    """

    gains: Floats
    losses: Floats
    usual: float


@dataclass(frozen=True, slots=True)
class Words:
    """Distinctive words: those of text ``i`` are ``held[begins[i]]`` to ``held[begins[i + 1]]``."""

    held: Ints
    begins: Longs


@dataclass(frozen=True, slots=True)
class Measured:
    """``rest``: what the words of each text weigh, but for three of them."""

    words: Words
    weights: Reals
    gains: Floats
    bases: Floats
    rest: Floats

    def likeness(self, ones: Ints, others: Ints) -> Floats:
        """Of each pair of texts, in nats."""
        from fanal.engines.clustering.kernels.nearness import likenesses

        found: Floats = likenesses(
            self.words.held, self.words.begins, self.gains, self.bases, ones, others
        )
        return found


def rarity(corpus: Corpus, first: Ints) -> tuple[Rarity, Ints]:
    """
    What each word of a corpus weighs, and the row of each word that its texts hold.

    ``first``: a contact of each text, or -1. Texts without one are of one source if half of their
    words are the same.
    """
    from fanal.engines.clustering.kernels import words as kernels

    known, numbers = kernels.numbered(corpus.hashes)
    sources = _sources(corpus, first)
    order = np.argsort(sources, kind="stable")[:READ_AT_MOST]
    used, where, pairs = kernels.followed(numbers, corpus.begins, order, sources, known.size)
    weights = kernels.surprises(
        numbers, corpus.begins, order, used, where, pairs, FORMULA, USUAL, SOURCES
    )
    weights[kernels.carried(numbers, corpus.begins, known.size) < 2] = 0  # noqa: PLR2004
    sort = np.argsort(known)
    ranks = np.empty(known.size, dtype=np.int32)
    ranks[sort] = np.arange(known.size, dtype=np.int32)
    unseen = float(np.log((used[-1] - 1 + SOURCES) / (USUAL * SOURCES)))
    return Rarity(known[sort], weights[sort], unseen), ranks[numbers]


def _sources(corpus: Corpus, first: Ints) -> Ints:
    """The source of each text; in an order drawn by chance, so that some may stand for all."""
    sources = first.astype(np.int64)
    without = np.flatnonzero(first < 0)
    sources[without] = first.max(initial=-1) + 1 + _copied(corpus, without)
    different, rows = np.unique(sources, return_inverse=True)
    drawn: Ints = np.random.default_rng(0).permutation(different.size).astype(np.int32)
    return drawn[rows]


def _copied(corpus: Corpus, texts: Longs) -> Longs:
    """Of each of these texts, a number that copies share (Broder, 1997)."""
    from fanal.engines.clustering.kernels import words as kernels
    from fanal.engines.clustering.kernels.graphs import roots

    above = np.arange(texts.size)
    held, begins = kernels.sets(corpus.hashes, corpus.begins, texts)
    for band in range(BANDS):
        keys = kernels.least_words(held, begins, band, ROWS)
        kernels.copies(held, begins, keys, np.argsort(keys, kind="stable"), above, COPIED)
    found: Longs = roots(above)
    return found


def distinctive(rare: Rarity, rows: Ints, begins: Longs) -> Words:
    """The distinctive words of each text, sorted. ``rows``: of all its words."""
    from fanal.engines.clustering.kernels import nearness

    return Words(*nearness.distinctive(rows, begins, rare.weights, LEAST))


def persistence(rare: Rarity, words: Words, pairs: Pairs) -> Persistence:
    """How often a hand keeps each word, out of pairs of texts that carry one contact."""
    from fanal.engines.clustering.kernels.nearness import kept

    seen, both = kept(words.held, words.begins, pairs[0], pairs[1], rare.weights.size)
    readable = rare.weights >= READABLE
    usual = (both[readable].sum() + KEPT * READINGS) / (seen[readable].sum() + READINGS)
    often = (both + PER_WORD * usual) / (seen + PER_WORD)
    return Persistence(*ways(often, rare.weights), float(usual))


def ways(often: Reals, weights: Reals) -> tuple[Floats, Floats]:
    """
    What words add to a likeness, shared or not. ``often``: how often a hand keeps each.

    Three ways of writing: as the corpus shows; changing half of it; copying.
    """
    met = np.minimum(np.exp(-weights), NEARLY)[:, np.newaxis]
    each = np.stack([often, often / 2, 1 - (1 - often) / 3], axis=1)
    each = np.maximum(np.minimum(each, NEARLY), met)
    losses = np.log1p(-each) - np.log1p(-met)
    gains = np.log(each) - np.log(met) - losses
    return gains.astype(np.float32), losses.astype(np.float32)


def measure(rare: Rarity, words: Words, persisting: Persistence) -> Measured:
    """The texts, so that any two of them may be compared."""
    from fanal.engines.clustering.kernels.nearness import sums

    bases, rest = sums(words.held, words.begins, persisting.losses, rare.weights)
    return Measured(words, rare.weights, persisting.gains, bases, rest)

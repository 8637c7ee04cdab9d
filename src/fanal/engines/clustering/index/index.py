"""
An index of texts that were grouped, to which others are added.

A new text is compared as the first ones were, by the same weights of words and the same limits,
and only the groups that it may join are judged again, whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from fanal.engines.clustering.bands import (
    BANDS,
    LEAST,
    OF_ONE,
    SOUGHT_LEAST,
    WORTH,
    some_of_each,
)  # fmt: skip
from fanal.engines.clustering.cards import Shown
from fanal.engines.clustering.carriers import ByContact
from fanal.engines.clustering.corpus import Corpus, Ints, read
from fanal.engines.clustering.grouping import Grouping
from fanal.engines.clustering.index.carrying import Carrying
from fanal.engines.clustering.index.keys import Keys
from fanal.engines.clustering.index.vocabulary import Vocabulary, grown
from fanal.engines.clustering.judging import judge, provisional
from fanal.engines.clustering.kernels import nearness
from fanal.engines.clustering.linking import TELLING, Limits, kinds_of
from fanal.engines.clustering.pairs import Bools, Pairs, different
from fanal.engines.clustering.rarity import LEAST as WEIGHTY
from fanal.engines.clustering.rarity import Measured, Words
from fanal.engines.clustering.reading import Texts
from fanal.engines.clustering.running import Clustering
from fanal.engines.clustering.wholes import Wholes
from fanal.engines.contacts.extracting import Contact

OF_A_KEY = 30


@dataclass(frozen=True, slots=True)
class Added:
    """
    ``texts``: places of the new texts and of all those of the groups that were judged again.
    ``grouping``: what joined or parted them; its places are rows of ``texts``.
    """

    texts: Ints
    grouping: Grouping


@dataclass(slots=True)
class Index:
    """
    Texts in the order in which they came. ``clusters``: the number of each one's group: a group
    keeps its number, and takes the least when two are joined.
    """

    names: list[str]
    said: list[str]
    contacts: list[tuple[Contact, ...]]
    clusters: Ints
    vocabulary: Vocabulary
    measured: Measured
    carrying: Carrying
    sharing: ByContact
    near: Pairs
    limits: Limits
    keys: Keys
    groups: Keys

    @classmethod
    def of(cls, found: Clustering) -> Index:
        """The index of texts that were grouped."""
        first = found.carried.first
        groups = provisional(first.size, found.sharing, found.measured.rest, found.limits.sure)
        some = some_of_each(groups, kinds_of(groups, first))
        all_of_them = np.arange(first.size, dtype=np.int32)
        weight, wide = log(max(2, first.size)), max(SOUGHT_LEAST, log(max(1, some.size) / OF_A_KEY))
        return cls(
            names=list(found.texts.names),
            said=list(found.texts.texts),
            contacts=list(found.corpus.contacts),
            clusters=np.array(found.clusters, dtype=np.int32),
            vocabulary=Vocabulary.of(found.rarity, found.persistence, found.corpus),
            measured=found.measured,
            carrying=Carrying.of(found.carried, found.quoted),
            sharing=found.sharing,
            near=found.near,
            limits=found.limits,
            keys=Keys.of(found.measured, all_of_them, 0, BANDS, weight),
            groups=Keys.of(found.measured, some, BANDS, BANDS, wide),
        )

    def __len__(self) -> int:
        return len(self.names)

    def add(self, texts: Texts) -> Added:
        """
        Add texts, none of whose names is known.

        What may differ from grouping all of them at once: the weights of words, the limits and the
        contacts that strangers quote are those of the first texts.
        """
        first = len(self)
        if not len(texts):
            return Added(np.empty(0, dtype=np.int32), Grouping.of_one(0))
        corpus = read(texts.texts)
        woken = self._measure(corpus, first)
        new = np.arange(first, first + len(corpus), dtype=np.int32)
        self.names += texts.names
        self.said += texts.texts
        self.contacts += corpus.contacts
        last = int(self.clusters.max(initial=0))
        self.clusters = np.append(self.clusters, last + 1 + np.arange(len(corpus), dtype=np.int32))
        touched = np.concatenate([self._share(corpus), self._resemble(new, woken)])
        return self._judge(np.append(touched, new))

    def shown(self, added: Added) -> Shown:
        """The groups that were judged again, to be shown."""
        places = added.texts.tolist()
        quoted = [key for key, row in self.carrying.rows.items() if row in self.carrying.quoted]
        return Shown(
            [self.names[place] for place in places],
            [self.said[place] for place in places],
            [self.contacts[place] for place in places],
            self.clusters[added.texts].tolist(),
            added.grouping,
            self.limits,
            quoted,
        )

    def _measure(self, corpus: Corpus, first: int) -> Ints:
        """Read the words of new texts, and of the old ones that share one they had alone."""
        vocabulary, words = self.vocabulary, self.measured.words
        rows, woken = vocabulary.learn(corpus, first)
        held, begins = grown(words.held, words.begins, woken)
        mine, mine_begin = nearness.distinctive(rows, corpus.begins, vocabulary.weights, WEIGHTY)
        held = np.append(held, mine)
        begins = np.append(begins, begins[-1] + mine_begin[1:])
        bases = np.concatenate([self.measured.bases, np.empty((len(corpus), 3), dtype=np.float32)])
        rest = np.append(self.measured.rest, np.empty(len(corpus), dtype=np.float32))
        for text in {*(owner for _, owner in woken), *range(first, first + len(corpus))}:
            row = held[begins[text] : begins[text + 1]]
            ends = np.array([0, row.size])
            base, left = nearness.sums(row, ends, vocabulary.losses, vocabulary.weights)
            bases[text], rest[text] = base[0], left[0]
        self.measured = Measured(
            Words(held, begins), vocabulary.weights, vocabulary.gains, bases, rest
        )
        return np.array(sorted({owner for _, owner in woken}), dtype=np.int32)

    def _share(self, corpus: Corpus) -> Ints:
        """Compare new texts with those that share a contact; the old ones that may be joined."""
        ones, others, personal = self.carrying.add(corpus.contacts)
        size = len(self)
        codes, rows = np.unique(ones.astype(np.int64) * size + others, return_inverse=True)
        ones, others = (codes // size).astype(np.int32), (codes % size).astype(np.int32)
        of_somebody = np.zeros(codes.size, dtype=np.bool_)
        np.logical_or.at(of_somebody, rows, personal)
        pairs = Pairs(ones, others, self.measured.likeness(ones, others))
        self.sharing = ByContact(
            self.sharing.pairs.and_(pairs), np.append(self.sharing.personal, of_somebody)
        )
        rest = self.measured.rest
        mute = of_somebody & ((rest[ones] < TELLING) | (rest[others] < TELLING))
        found: Ints = ones[mute | (pairs.likeness >= self.limits.likely)]
        return found

    def _resemble(self, new: Ints, woken: Ints) -> Ints:
        """
        Compare new texts with those that have a key of theirs; the old ones that are alike.

        ``woken``: old texts, whose keys are no longer what they were.
        """
        made = self.keys.read(self.measured, new)
        self.keys.add(self.keys.read(self.measured, woken), woken)
        self.keys.add(made, new)
        found = [(new[rows], texts) for rows, texts in self.keys.found(made, OF_A_KEY)]
        without = new[self.carrying.first[new] < 0]
        wanted = self.groups.read(self.measured, without)
        found += [(without[rows], texts) for rows, texts in self.groups.found(wanted, OF_A_KEY)]
        mine = np.concatenate([rows for rows, _ in found])
        theirs = np.concatenate([texts for _, texts in found])
        pairs = self._alike(mine, theirs, WORTH)
        more = self._of_the_same_groups(pairs, new[0])
        pairs = self._alike(*more, LEAST)
        self.near = self.near.and_(pairs)
        return np.append(pairs.ones, pairs.others)

    def _alike(self, mine: Ints, theirs: Ints, least: float) -> Pairs:
        size = len(self)
        low, high = np.minimum(mine, theirs).astype(np.int64), np.maximum(mine, theirs)
        codes = different((low * size + high)[low != high])
        ones, others = (codes // size).astype(np.int32), (codes % size).astype(np.int32)
        pairs = Pairs(ones, others, self.measured.likeness(ones, others))
        return pairs.where(pairs.likeness >= least)

    def _of_the_same_groups(self, pairs: Pairs, first: int) -> tuple[Ints, Ints]:
        """The same pairs, and those of a new text with the others of a group, some of them."""
        number = self.clusters[pairs.ones]
        wanted = different(number[pairs.ones < first])
        members = np.flatnonzero(np.isin(self.clusters, wanted)).astype(np.int32)
        members = members[np.argsort(self.clusters[members], kind="stable")]
        begins = np.searchsorted(self.clusters[members], wanted)
        ends = np.searchsorted(self.clusters[members], wanted, side="right")
        mine, theirs = [pairs.ones], [pairs.others]
        for group, new in {*zip(number.tolist(), pairs.others.tolist(), strict=True)}:
            row = int(np.searchsorted(wanted, group))
            if row < wanted.size and wanted[row] == group:
                some = members[begins[row] : ends[row]]
                some = some[:: max(1, -(-some.size // OF_ONE))]
                mine.append(some)
                theirs.append(np.full(some.size, new, dtype=np.int32))
        return np.concatenate(mine), np.concatenate(theirs)

    def _judge(self, touched: Ints) -> Added:
        """Judge again the groups of these texts."""
        wanted = np.isin(self.clusters, np.unique(self.clusters[touched]))
        texts = np.flatnonzero(wanted).astype(np.int32)
        rank = np.cumsum(wanted, dtype=np.int32) - 1
        sharing = _within(self.sharing.pairs, wanted)
        near = _within(self.near, wanted)
        grouping = judge(
            self.carrying.first[texts],
            Wholes(self.measured, texts),
            ByContact(
                _ranked(self.sharing.pairs.where(sharing), rank), self.sharing.personal[sharing]
            ),
            _ranked(self.near.where(near), rank),
            self.limits,
        )
        self._number(texts, grouping.groups())
        return Added(texts, grouping)

    def _number(self, texts: Ints, groups: Ints) -> None:
        """A group takes the least number of its texts that no group before it has taken."""
        before = self.clusters[texts]
        _, first = np.unique(before, return_index=True)
        least = np.full(texts.size, -1, dtype=np.int32)
        for row in first[np.argsort(before[first])].tolist():
            if least[groups[row]] < 0:
                least[groups[row]] = before[row]
        free = int(self.clusters.max()) + 1
        for root in np.flatnonzero(least[groups] < 0).tolist():
            if least[groups[root]] < 0:
                least[groups[root]] = free
                free += 1
        self.clusters[texts] = least[groups]


def _within(pairs: Pairs, wanted: Bools) -> Bools:
    found: Bools = wanted[pairs.ones] & wanted[pairs.others]
    return found


def _ranked(pairs: Pairs, rank: Ints) -> Pairs:
    return Pairs(rank[pairs.ones], rank[pairs.others], pairs.likeness)

"""Texts in, groups out: words and contacts, likenesses, pairs, links, groups; step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fanal.engines.clustering.believing import believed
from fanal.engines.clustering.carriers import ByContact, by_contact, tied
from fanal.engines.clustering.chance import Chance, chance_of
from fanal.engines.clustering.corpus import Carried, Corpus, Ints, carried
from fanal.engines.clustering.grouping import Grouping
from fanal.engines.clustering.judging import judge, limits, provisional
from fanal.engines.clustering.linking import SURE, Limits, kinds_of
from fanal.engines.clustering.pairs import Bools, Pairs
from fanal.engines.clustering.rarity import (
    Measured,
    Persistence,
    Rarity,
    measure,
    persistence,
)  # fmt: skip
from fanal.engines.clustering.reading import Texts
from fanal.engines.clustering.wholes import Wholes
from fanal.engines.clustering.work import Here, Work

Told = Callable[[str], None]


def unheard(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """
    Texts, what they were judged by, and their groups.

    ``clusters``: the number of each text's group, from 1, in the order of the texts. ``quoted``:
    the contacts that do not say who writes. ``chance``: what chance gives in this corpus.
    """

    texts: Texts
    corpus: Corpus
    carried: Carried
    quoted: Bools
    rarity: Rarity
    persistence: Persistence
    measured: Measured
    sharing: ByContact
    near: Pairs
    limits: Limits
    grouping: Grouping
    clusters: tuple[int, ...]
    chance: Chance


def cluster(texts: Texts, heard: Told = unheard, on: Work | None = None) -> Clustering:
    """
    The groups of these texts. Nothing but the texts is read.

    ``heard``: each step's name. ``on``: the machine that does what is long; this one by default.
    """
    work = on or Here()
    corpus = work.read(texts.texts, heard)
    everyone = carried(corpus.contacts)
    heard("Rareté des mots")
    found = believed(corpus, everyone)
    rare, words, carrying = found.rarity, found.words, found.carried
    persisting = persistence(rare, words, tied(carrying, 1)[:2])
    measured = measure(rare, words, persisting)
    heard("Contacts communs")
    sharing = by_contact(carrying, measured)
    groups = provisional(len(texts), sharing, measured.rest, SURE)
    given = chance_of(measured, groups, carrying.first)
    groups = provisional(len(texts), sharing, measured.rest, given.sure)
    heard("Textes proches")
    near = work.by_words(measured, groups, kinds_of(groups, carrying.first))
    limited = limits(groups, carrying.first, near, given)
    heard("Groupes")
    everything = Wholes(measured, np.arange(len(texts), dtype=np.int32))
    grouping = judge(carrying.first, everything, sharing, near, limited)
    return Clustering(
        texts, corpus, carrying, found.quoted, rare, persisting, measured, sharing, near, limited,
        grouping, numbered(grouping.groups()), given,
    )  # fmt: skip


def numbered(groups: Ints) -> tuple[int, ...]:
    """The number of each text's group, from 1, in the order in which groups are met."""
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(root, len(numbers) + 1) for root in groups.tolist())

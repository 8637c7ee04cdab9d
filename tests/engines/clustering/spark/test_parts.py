"""Parts of a corpus, worked apart, give what the whole corpus gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pickle import dumps, loads

import numpy as np
import pytest

from engines.clustering.worlds import named, posts
from fanal.engines.clustering.bands import Kinds, by_words, search_of
from fanal.engines.clustering.corpus import Corpus, Ints, part_of, read, together
from fanal.engines.clustering.linking import WITHOUT
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured
from fanal.engines.clustering.running import cluster
from fanal.engines.clustering.spark import parts
from fanal.engines.clustering.work import Here
from fanal.engines.spark.mapping import Table

# One in five gives no contact: it is looked for among those who do.
SAID = [
    post.split(", tél")[0] if place % 5 == 0 else post
    for place, post in enumerate(posts(seed=3, writers=25, each=12))
]


def rows(told: Table, kept: np.ndarray) -> Table:
    return {name: column[kept] for name, column in told.items()}


def all_of(told: Sequence[Table]) -> Table:
    return {name: np.concatenate([one[name] for one in told]) for name in told[0]}


def once(told: Table) -> Table:
    """Spark's ``distinct``, in another order."""
    different = np.unique(np.stack(list(told.values())), axis=1)[:, ::-1]
    return dict(zip(told, different, strict=True))


class InParts:
    """What Spark does, without Spark."""

    def read(self, texts: Sequence[str], heard: Callable[[str], None]) -> Corpus:
        return together([part_of(texts[first : first + 37]) for first in range(0, len(texts), 37)])

    def by_words(self, measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
        given = parts.Keying(measured, groups, search_of(groups, kinds))
        keying: parts.Keying = loads(dumps(given))  # noqa: S301  (ours)
        cut = np.array_split(np.random.default_rng(1).permutation(keying.rows), 5)
        keyed = all_of([parts.keyed(keying, {"row": some}) for some in cut])
        shuffled = rows(keyed, np.random.default_rng(2).permutation(keyed["key"].size))
        here = zip(shuffled["band"].tolist(), shuffled["part"].tolist(), strict=True)
        of = np.array([hash(one) for one in here])
        found = all_of([parts.paired(keying, rows(shuffled, of == each)) for each in np.unique(of)])
        met = once(all_of([parts.met(keying, found)]))
        pairs = once(all_of([found, parts.crossed(keying, met)]))
        half = pairs["one"] % 2 == 0
        told = all_of([parts.alike(keying, rows(pairs, which)) for which in (half, ~half)])
        order = np.lexsort((told["other"], told["one"]))
        return Pairs(told["one"][order], told["other"][order], told["likeness"][order])


@pytest.mark.parametrize("part", [1_000_000, 40])
def test_the_pairs_of_parts_are_those_of_the_corpus(
    monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(parts, "PART", part)
    compared: list[tuple[Pairs, Pairs]] = []

    class Both(Here):
        def by_words(self, measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
            assert (kinds == WITHOUT).any()
            whole = by_words(measured, groups, kinds)
            compared.append((whole, InParts().by_words(measured, groups, kinds)))
            return whole

    cluster(named(SAID), on=Both())

    ((whole, found),) = compared
    assert len(whole) > 100
    assert (found.ones == whole.ones).all()
    assert (found.others == whole.others).all()
    assert (found.likeness == whole.likeness).all()


def test_the_words_and_contacts_of_parts_are_those_of_the_corpus() -> None:
    whole, found = read(SAID), InParts().read(SAID, print)

    assert (found.hashes == whole.hashes).all()
    assert (found.begins == whole.begins).all()
    assert found.contacts == whole.contacts


def test_the_groups_are_the_same() -> None:
    assert cluster(named(SAID), on=InParts()).clusters == cluster(named(SAID)).clusters

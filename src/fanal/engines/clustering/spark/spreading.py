"""The work of the engine, spread out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fanal.engines.clustering.bands import Kinds, search_of
from fanal.engines.clustering.corpus import AT_ONCE, Corpus, Ints, part_of, together
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured
from fanal.engines.clustering.spark import parts
from fanal.engines.spark.mapping import brought, on_groups, on_parts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Parts of the corpus, by core, so that all of them end together.
PARTS, LEAST = 4, 500
ROWS = 50_000
KEYED = "band int, part int, side int, place int, key bigint"
PAIRED, ALIKE = "one int, other int", "one int, other int, likeness float"


class Spread:
    """``fanal.engines.clustering.work.Work``, on the machines of a session of Spark."""

    def __init__(self, spark: SparkSession) -> None:
        self.spark, self.context = spark, spark.sparkContext

    def read(self, texts: Sequence[str], heard: Callable[[str], None]) -> Corpus:
        heard("Contacts et mots")
        size = len(texts) // (PARTS * self.context.defaultParallelism)
        size = max(LEAST, min(AT_ONCE, size))
        some = [texts[first : first + size] for first in range(0, len(texts), size)]
        if not some:
            return part_of(())
        return together(self.context.parallelize(some, len(some)).map(part_of).collect())

    def by_words(self, measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
        keying = parts.Keying(measured, groups, search_of(groups, kinds))
        shared = self.context.broadcast(keying)
        cut = max(self.context.defaultParallelism, keying.rows // ROWS)
        rows = self.spark.range(0, keying.rows, 1, cut).withColumnRenamed("id", "row")
        keyed = on_parts(rows, parts.keyed, KEYED, shared)
        found = on_groups(keyed, ["band", "part"], parts.paired, PAIRED, shared).distinct()
        found = found.persist()
        met = on_parts(found, parts.met, "groups bigint", shared).distinct()
        more = on_parts(met, parts.crossed, PAIRED, shared)
        pairs = found.union(more).distinct()
        told = brought(on_parts(pairs, parts.alike, ALIKE, shared))
        order = np.lexsort((told["other"], told["one"]))
        return Pairs(told["one"][order], told["other"][order], told["likeness"][order])

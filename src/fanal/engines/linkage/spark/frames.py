"""Which records share a key, as tables of Spark: the rule of the blocks is that of ``blocking``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np

from fanal.engines.linkage.blocking import largest, pairs_in
from fanal.engines.spark.mapping import brought

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

BLOCK = ["key", "held"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """
    ``pairs``: one row for each key that two records share, of blocks that are kept. ``sharing``:
    how many rows there are for each key, by its place.
    """

    pairs: DataFrame
    sharing: Mapping[int, int]


def blocks(keys: DataFrame, records: int) -> Blocks:
    """
    Args:
        keys: one row for each record and key that it holds: key, held, record.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as of

    sized = keys.withColumn("size", of.count("*").over(Window.partitionBy(BLOCK))).persist()
    limits, sharing = _limits(sized, records)
    kept = reduce(
        or_,
        ((of.col("key") == key) & (of.col("size") <= limit) for key, limit in limits.items()),
        of.lit(False),
    )
    held = sized.where(kept & (of.col("size") > 1))
    ones = held.select(*BLOCK, of.col("record").alias("one"))
    others = held.select(*BLOCK, of.col("record").alias("other"))
    pairs = ones.join(others, BLOCK).where("one < other").select("key", "one", "other")
    return Blocks(pairs, sharing)


def _limits(sized: DataFrame, records: int) -> tuple[dict[int, int], dict[int, int]]:
    """How large a block may be for each key, and how many pairs those kept hold."""
    told = brought(sized.groupBy("key", "size").count())
    limits, sharing = {}, {}
    for key in np.unique(told["key"]).tolist():
        mine = told["key"] == key
        order = np.argsort(told["size"][mine])
        sizes = told["size"][mine][order]
        many = told["count"][mine][order] // sizes
        limits[key] = largest(sizes, many, records)
        sharing[key] = int((many * pairs_in(sizes))[sizes <= limits[key]].sum())
    return limits, sharing

"""The work of the engine, spread out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from fanal.engines.linkage.encoding import Encoded
from fanal.engines.linkage.learning import Levels, Sides, columns
from fanal.engines.linkage.spark import parts
from fanal.engines.linkage.spark.frames import Blocks, blocks
from fanal.engines.linkage.spark.learning import splink_on
from fanal.engines.linkage.weighing import Weights, logarithms
from fanal.engines.linkage.work import Weighed
from fanal.engines.spark.mapping import brought, on_parts
from fanal.engines.spark.session import quick

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Records in a part of the file, at most.
PART = 50_000
KEYED = "key int, held bigint, record int"
WEIGHED = "one int, other int, worth double"


class Spread:
    """``fanal.engines.linkage.work.Work``, on the machines of a session of Spark."""

    def __init__(self, spark: SparkSession, encoded: Encoded) -> None:
        self.spark, self.encoded = spark, encoded
        self.shared = spark.sparkContext.broadcast(encoded.numbers())

    @cached_property
    def blocks(self) -> Blocks:
        records = len(self.encoded)
        cut = max(self.spark.sparkContext.defaultParallelism, records // PART)
        places = self.spark.range(0, records, 1, cut).withColumnRenamed("id", "record")
        return blocks(on_parts(places, parts.keyed, KEYED, self.shared), records)

    def taught(self) -> list[tuple[tuple[str, ...], Levels]]:
        profile = self.encoded.profile
        places = [profile.keys.index(key) for key in profile.learning]
        fields = [f"field_{place}" for place in range(len(columns(profile)))]
        schema = ", ".join(["key int", *(f"{field} tinyint" for field in fields)])
        sharing = self.spark.sparkContext.broadcast(self.blocks.sharing)
        pairs = self.blocks.pairs.where(self.blocks.pairs["key"].isin(places))
        told = brought(on_parts(pairs, parts.levelled, schema, self.shared, sharing))
        levels = np.stack([told[field] for field in fields], axis=1)
        return [
            (key, levels[told["key"] == place])
            for key, place in zip(profile.learning, places, strict=True)
        ]

    def tables(self, sides: Sides) -> Sequence[Any]:
        from pyarrow import Table

        spark = quick(self.spark)
        frame = spark.createDataFrame(Table.from_pydict(dict(sides)))
        # Otherwise Spark would carry all the rows about in each of its plans.
        frame.localCheckpoint().createOrReplaceTempView("sides")
        api = splink_on(spark)
        return [api.register("sides", dataset_display_name=name) for name in ("one", "other")]

    def weighed(self, weights: Weights) -> Weighed:
        from pyspark.sql import Observation
        from pyspark.sql import functions as of

        logs = self.spark.sparkContext.broadcast(logarithms(self.encoded, weights))
        homes = self.spark.sparkContext.broadcast(weights.homes)
        seen = Observation()
        pairs = self.blocks.pairs.select("one", "other").distinct()
        pairs = pairs.observe(seen, of.count("*").alias("compared"))
        told = brought(on_parts(pairs, parts.weighed, WEIGHED, self.shared, logs, homes))
        order = np.lexsort((told["other"], told["one"]))
        found = np.stack([told["one"][order], told["other"][order]], axis=1)
        return Weighed(found, told["worth"][order], int(seen.get["compared"]))

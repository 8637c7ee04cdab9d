"""Splink on Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# How Splink calls the table that each turn of its learning reads.
WAYS_OF_AGREEING = "__splink__agreement_pattern_counts"


def splink_on(spark: SparkSession) -> Any:
    """What Splink wants to work on a session; none of its own functions for Java is needed."""
    from splink import SparkAPI

    class Kept(SparkAPI):
        def _break_lineage_and_repartition(self, frame: DataFrame, called: str, kept: str) -> Any:
            # Splink would count all the pairs again at each turn.
            if called == WAYS_OF_AGREEING:
                return frame.localCheckpoint()
            otherwise: Any = super()._break_lineage_and_repartition
            return otherwise(frame, called, kept)

    untyped: Any = Kept
    return untyped(
        spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False
    )

"""A function of numbers, run by Spark on parts of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

# Numbers by column.
Table = Mapping[str, npt.NDArray[Any]]


def on_parts(
    frame: DataFrame, work: Callable[..., Table], schema: str, *shared: Broadcast[Any]
) -> DataFrame:
    """
    Args:
        work: takes what is shared, then some of the rows; another module must be able to name it.
        schema: of what it returns, as Spark writes it.
        shared: what every machine is given once.
    """

    def told(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        from pyarrow import RecordBatch

        for batch in batches:
            rows = work(*(one.value for one in shared), as_table(batch))
            yield RecordBatch.from_pydict(dict(rows))

    return frame.mapInArrow(told, schema)


def on_groups(
    frame: DataFrame,
    by: Sequence[str],
    work: Callable[..., Table],
    schema: str,
    *shared: Broadcast[Any],
) -> DataFrame:
    """As ``on_parts``; each part is all the rows that have the same values of ``by``."""

    def told(rows: Any) -> Any:
        from pyarrow import Table as Arrow

        return Arrow.from_pydict(dict(work(*(one.value for one in shared), as_table(rows))))

    return frame.groupBy(*by).applyInArrow(told, schema)


def brought(frame: DataFrame) -> Table:
    """The whole table, in this process."""
    return as_table(frame.toArrow())


def as_table(rows: Any) -> Table:
    """
    Columns of Arrow, copied: those of Arrow cannot be written in, and a function would be compiled
    again for them.
    """
    return {
        name: np.array(rows.column(name).to_numpy(zero_copy_only=False))
        for name in rows.schema.names
    }

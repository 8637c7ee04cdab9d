"""
What is done with a part of the file, by column; nothing here knows Spark.

``encoded``: the whole file, as numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fanal.engines.linkage.blocking import Pairs, holding
from fanal.engines.linkage.encoding import Encoded
from fanal.engines.linkage.homes import Homes
from fanal.engines.linkage.learning import taught_on
from fanal.engines.linkage.sampling import is_a_way_in
from fanal.engines.linkage.weighing import world
from fanal.engines.spark.mapping import Table


def keyed(encoded: Encoded, told: Table) -> Table:
    """
    One row for each of these records and each key that it holds.

    Returns:
        ``key``: its place among those of the profile. ``held``: its number.
    """
    records = told["record"].astype(np.int32)
    here = encoded.among(records)
    rows = [holding(here, key) for key in here.profile.keys]
    return {
        "key": np.repeat(np.arange(len(rows), dtype=np.int32), [len(held) for _, held in rows]),
        "held": np.concatenate([held for _, held in rows]),
        "record": records[np.concatenate([places for places, _ in rows])],
    }


def levelled(encoded: Encoded, sharing: Mapping[int, int], told: Table) -> Table:
    """
    The levels of the pairs to learn on, field after field, and the key that they share.

    Args:
        sharing: how many pairs share each key, by its place.
    """
    from fanal.engines.linkage.kernels.likelihood import levels_of_pairs

    pairs, keys = _pairs(told), told["key"]
    taught = np.zeros(len(pairs), dtype=np.bool_)
    for key in np.unique(keys):
        mine = keys == key
        taught[mine] = taught_on(pairs[mine], sharing[int(key)])
    levels = levels_of_pairs(world(encoded, Homes()), pairs[taught])
    return {
        "key": keys[taught],
        **{f"field_{place}": column for place, column in enumerate(levels.T)},
    }


def weighed(encoded: Encoded, logs: tuple[Any, ...], homes: Homes, told: Table) -> Table:
    """
    The pairs that may lead into a group, and the worth of each.

    Args:
        logs, homes: what is learnt, as the kernels read it.
    """
    from fanal.engines.linkage.kernels.likelihood import of_pairs

    pairs = _pairs(told)
    worth = of_pairs(world(encoded, homes), logs, pairs)
    way = is_a_way_in(worth, len(encoded))
    return {"one": pairs[way, 0], "other": pairs[way, 1], "worth": worth[way]}


def _pairs(told: Table) -> Pairs:
    return np.stack([told["one"], told["other"]], axis=1).astype(np.int32)

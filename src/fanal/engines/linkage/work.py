"""What grows as the square of the records, and the machine that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fanal.engines.linkage.blocking import Pairs, candidates, pairs_sharing
from fanal.engines.linkage.encoding import Encoded, Floats
from fanal.engines.linkage.homes import Homes
from fanal.engines.linkage.learning import Levels, Sides, taught_on
from fanal.engines.linkage.sampling import is_a_way_in
from fanal.engines.linkage.weighing import Weights, logarithms, world


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    ``pairs``, ``worth``: those that may lead into a group, the lower record first and in their
    order, and the logarithm of how likely each is alone. ``compared``: how many share a key.
    """

    pairs: Pairs
    worth: Floats
    compared: int


class Work(Protocol):
    """Whatever the machine, the same pairs, levels and worths, to the last bit."""

    def taught(self) -> list[tuple[tuple[str, ...], Levels]]:
        """For each key to learn on, the levels of the pairs that share it."""
        ...

    def tables(self, sides: Sides) -> Sequence[Any]:
        """The pairs that Splink learns on, one side after the other, where it reads them."""
        ...

    def weighed(self, weights: Weights) -> Weighed:
        """The pairs that share a key."""
        ...


class Here:
    """This process."""

    def __init__(self, encoded: Encoded) -> None:
        self.encoded, self.world = encoded, world(encoded, Homes())

    def taught(self) -> list[tuple[tuple[str, ...], Levels]]:
        from fanal.engines.linkage.kernels.likelihood import levels_of_pairs

        told = []
        for key in self.encoded.profile.learning:
            pairs = pairs_sharing(self.encoded, key)
            pairs = pairs[taught_on(pairs, len(pairs))]
            told.append((key, levels_of_pairs(self.world, pairs)))
        return told

    def tables(self, sides: Sides) -> Sequence[Any]:
        import duckdb
        from splink import DuckDBAPI

        connection = duckdb.connect(config={"threads": 1})
        connection.register("told", dict(sides))
        connection.execute("CREATE TABLE sides AS SELECT * FROM told")
        api = DuckDBAPI(connection=connection)
        return [api.register("sides", dataset_display_name=name) for name in ("one", "other")]

    def weighed(self, weights: Weights) -> Weighed:
        from fanal.engines.linkage.kernels.likelihood import of_pairs

        pairs = candidates(self.encoded)
        worth = of_pairs(
            world(self.encoded, weights.homes), logarithms(self.encoded, weights), pairs
        )
        way = is_a_way_in(worth, len(self.encoded))
        return Weighed(pairs[way], worth[way], len(pairs))

"""What the tables of one release ask of one another: cells to hide beside the small ones, sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fanal.engines.disclosure.attacks.published import Flags
from fanal.engines.disclosure.counting import count
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.linking import Integers, Kind, Linked, link
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.primary import Zeros, below
from fanal.engines.disclosure.refusals import Refused
from fanal.engines.disclosure.release.rows import Rows
from fanal.engines.disclosure.rounding import round_together
from fanal.engines.disclosure.suppression import suppress

# Beyond, the pattern of least loss takes minutes; the attacks hide what is needed without it.
CELLS_AT_MOST = 10_000


def complement(
    tables: Sequence[Table], rows: Rows, hidden: Sequence[Flags], policy: Policy
) -> list[Flags]:
    """
    Args:
        hidden: for each table, the cells that the rule hides.

    Returns:
        The same and the cells that protect them, at the least loss of people; ``hidden`` itself
        when the tables are too large, or when no pattern is found.
    """
    linked = link(tables)
    if linked.size > CELLS_AT_MOST:
        return list(hidden)
    counts = _counts(linked, rows)
    # A small difference of two figures is protected too; a cell is small by its table's own rule.
    primary = below(linked, counts, policy.threshold) & (linked.kinds == Kind.DIFFERENCE)
    for cells, flags in zip(linked.shown, hidden, strict=True):
        np.logical_or.at(primary, cells, flags.ravel())
    found = suppress(linked, counts, primary, zeros=Zeros.MAY_HIDE, width=policy.width)
    if isinstance(found, Refused):
        return list(hidden)
    return [
        found.hidden[cells].reshape(table.shape) | flags
        for table, cells, flags in zip(tables, linked.shown, hidden, strict=True)
    ]


def adding_up(tables: Sequence[Table], rows: Rows, base: int) -> list[Integers] | None:
    """
    Multiples of a base beside the counts, such that every total is the sum of its parts.

    Returns:
        One array for each table; ``None`` when they are too large, or have no such rounding.
    """
    linked = link(tables, joint=False)
    if linked.size > CELLS_AT_MOST:
        return None
    found = round_together(linked, _counts(linked, rows), base=base)
    if isinstance(found, Refused):
        return None
    return [
        found.counts[cells].reshape(table.shape)
        for table, cells in zip(tables, linked.shown, strict=True)
    ]


def _counts(linked: Linked, rows: Rows) -> Integers:
    columns = {one.name: rows.codes[one.name] for one in linked.coding.variables}
    return count(linked, columns, weights=rows.people)

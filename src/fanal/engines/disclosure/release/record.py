"""A published table as JSON, for the ledger and for whoever attacks a release; and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.cubes import Dimension, Table

HIDDEN = "hidden"


def structure(one: Published) -> dict[str, Any]:
    """What the cells of a table are, without what they hold."""
    return {
        "name": one.table.name,
        "dimensions": [
            {
                "name": dimension.name,
                "role": one.roles.get(dimension.name, "fact"),
                "atoms": list(dimension.atoms),
                "groups": {
                    code: [a for i, a in enumerate(dimension.atoms) if mask >> i & 1]
                    for code, mask in dimension.groups.items()
                    if code in one.table.codes(dimension)
                },
                "total": dimension.total,
                "codes": list(one.table.codes(dimension)),
            }
            for dimension in one.table.dimensions
        ],
    }


def as_record(one: Published) -> dict[str, Any]:
    """
    With what a reader knows of each cell: its bounds, and ``HIDDEN`` after those of a hidden one;
    ``null`` when nothing is known.
    """
    cells = zip(one.low.ravel(), one.high.ravel(), one.hidden.ravel(), strict=True)
    return {
        **structure(one),
        "cells": [_cell(float(low), float(high), bool(hidden)) for low, high, hidden in cells],
    }


def _cell(low: float, high: float, hidden: bool) -> list[int | str] | None:
    if hidden and np.isinf(high):
        return None
    return [int(low), int(high), *([HIDDEN] if hidden else [])]


def table_of(record: Mapping[str, Any]) -> tuple[Table, dict[str, str]]:
    """
    Raises:
        KeyError, TypeError, UnreadableCube: it is no record of a table.
    """
    dimensions, only, roles = [], {}, {}
    for one in record["dimensions"]:
        dimension = Dimension.flat(one["name"], one["atoms"], total=one["total"])
        for code, members in one["groups"].items():
            dimension = dimension.also(code, members)
        dimensions.append(dimension)
        only[one["name"]] = tuple(one["codes"])
        roles[one["name"]] = str(one["role"])
        for code in one["codes"]:
            dimension.mask(code)
    return Table(record["name"], tuple(dimensions), only), roles


def from_record(record: Mapping[str, Any], *, release: str) -> Published:
    """
    Raises:
        KeyError, TypeError, ValueError: it is no record of a table.
    """
    table, roles = table_of(record)
    cells = record["cells"]
    hidden = np.array([one is None or HIDDEN in one for one in cells], dtype=bool)
    low = np.array([0 if one is None else one[0] for one in cells], dtype=np.float64)
    high = np.array([np.inf if one is None else one[1] for one in cells], dtype=np.float64)
    return Published(
        release, table, low.reshape(table.shape), high.reshape(table.shape),
        hidden.reshape(table.shape), roles,
    )  # fmt: skip

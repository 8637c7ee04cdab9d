"""Reading a release as its public does, to attack it: figures from its CSV, nothing else."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.battery import Verdict, attack
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.system import TooLinked
from fanal.engines.disclosure.attacks.worlds import Contradictory
from fanal.engines.disclosure.policies import Policy, UnknownPolicy, policy
from fanal.engines.disclosure.release.record import table_of
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.writing import STRUCTURE


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A release that was read: its rule, and its tables if their figures bound anybody."""

    name: str
    series: str
    rule: Policy
    day: date
    tables: tuple[Published, ...]


def attack_folders(folders: Sequence[Path]) -> tuple[list[Release], Verdict | None]:
    """
    Attack releases together, under the strictest of their rules.

    Returns:
        The releases, oldest first, and what was found; ``None`` when no figure bounds anybody
        (private releases alone).

    Raises:
        NotReleased: one of the folders is no release, or they are of several series.
    """
    releases = sorted((read_release(one) for one in folders), key=lambda one: (one.day, one.name))
    if len({one.series for one in releases}) > 1:
        raise NotReleased(
            Reason.UNREADABLE_RELEASE,
            "Ces publications sont de plusieurs séries, et ne comptent pas les mêmes personnes.",
        )
    tables = [table for one in releases for table in one.tables]
    if not tables:
        return releases, None
    rule = max((one.rule for one in releases), key=lambda one: (one.threshold, one.width))
    try:
        return releases, attack(tables, rule, rng=np.random.default_rng(0))
    except (TooLinked, Contradictory) as error:
        raise NotReleased(Reason.UNREADABLE_RELEASE, str(error)) from None


def read_release(folder: Path) -> Release:
    """
    Raises:
        NotReleased: the folder is not a whole release.
    """
    try:
        described = json.loads((folder / STRUCTURE).read_text(encoding="utf-8"))
        day = date.fromisoformat(described["date"])
        tables = tuple(
            _table(folder, described["name"], record)
            for record in described["tables"]
            if record["bounded"]
        )
        rule = policy(described["policy"], on=day)
        return Release(described["name"], described["series"], rule, day, tables)
    except (OSError, KeyError, TypeError, ValueError, IndexError, UnknownPolicy):
        raise NotReleased(
            Reason.UNREADABLE_RELEASE,
            f"{folder} n'est pas une publication entière : {STRUCTURE} et ses tableaux ne se "
            "lisent pas.",
        ) from None


def _table(folder: Path, release: str, record: dict[str, Any]) -> Published:
    table, roles = table_of(record)
    axes = record["crossed"]
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order = [*axes, *(axis for axis in range(len(table.shape)) if axis not in axes)]
    shape = [table.shape[axis] for axis in order]
    hidden = np.array([row["statut"] == "masqué" for row in rows], dtype=bool)
    low = np.array([float(row["au_moins"] or 0) for row in rows])
    high = np.array([float(row["au_plus"]) if row["au_plus"] else np.inf for row in rows])
    back = np.argsort(order)
    low, high, hidden = (np.transpose(one.reshape(shape), back) for one in (low, high, hidden))
    return Published(release, table, low, high, hidden, roles)

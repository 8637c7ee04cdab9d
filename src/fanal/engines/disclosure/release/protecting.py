"""What each method shows of a table at first, before the attacks, and what a reader then knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.published import Flags, Floats, Published, code_sets
from fanal.engines.disclosure.cellkey import Keys, Perturbation
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.policies import Policy

Wholes = npt.NDArray[np.int64]
UNIFORM = 2**32


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """
    The numbers to print, and the same as a reader of them knows it.

    Args:
        values: int, shape of the table; what is printed where ``published.hidden`` is false.
        small: cells that the rule itself hides.
        dominated: cells hidden because one contributor made most of them.
    """

    values: Wholes
    published: Published
    small: Flags
    dominated: Flags


def first_hidden(
    counts: Wholes, policy: Policy, threshold: int, largest: tuple[Wholes, Wholes] | None
) -> tuple[Flags, Flags]:
    """Cells under the threshold, and cells that one contributor, or too few, made up."""
    small = (counts < threshold) & ((counts > 0) | policy.hides_zeros)
    dominated = np.zeros(counts.shape, dtype=bool)
    if largest is not None:
        most, several = largest
        dominated = (several < policy.contributors) & (counts > 0)
        if policy.share_at_most:
            dominated |= most > policy.share_at_most * counts
    return small, dominated & ~small


def suppress(
    release: str,
    table: Table,
    counts: Wholes,
    hidden: tuple[Flags, Flags],
    policy: Policy,
    *,
    threshold: int,
    roles: dict[str, str],
    secret: bytes = b"",
) -> Shown:
    """
    Small cells hidden; the others as they are, or rounded if the rule says so.

    Where the rule hides zeros too, a small cell is told to be small: the attacks hold against
    whoever knows it. Where it shows them, that would say that somebody is there.
    """
    small, dominated = hidden
    if not policy.rounding:
        published = Published.exact(release, table, counts, small | dominated, roles)
        return Shown(counts, _told(published, small, policy, threshold), small, dominated)
    values = rounded(table, counts, policy.rounding, secret=secret)
    lowest = -(-threshold // policy.rounding) * policy.rounding
    values = np.where(counts > 0, np.maximum(values, lowest), 0)
    low, high = _around(values, policy.rounding - 1)
    low = np.where(values > 0, np.maximum(low, threshold), 0.0)
    high = np.where(values > 0, high, 0.0)
    published = _published(release, table, low, high, small | dominated, roles)
    return Shown(values, _told(published, small, policy, threshold), small, dominated)


def round_all(
    release: str,
    table: Table,
    counts: Wholes,
    *,
    base: int,
    dominated: Flags,
    roles: dict[str, str],
    secret: bytes,
    adding_up: Wholes | None = None,
) -> Shown:
    """
    Every cell shown, but the dominated ones, as a multiple of a base not under the threshold.

    Args:
        adding_up: multiples beside the counts whose sums hold, when there are some.
    """
    values = rounded(table, counts, base, secret=secret) if adding_up is None else adding_up
    low, high = _around(values, base - 1)
    published = _published(release, table, low, high, dominated, roles)
    return Shown(values, published, np.zeros(counts.shape, dtype=bool), dominated)


def perturb(
    release: str,
    table: Table,
    counts: Wholes,
    keys: Keys,
    hidden: tuple[Flags, Flags],
    policy: Policy,
    *,
    threshold: int,
    roles: dict[str, str],
    secret: bytes,
    perturbation: Perturbation | None = None,
) -> Shown:
    """Cell-key perturbation; results under the threshold are hidden, the others may be rounded."""
    noise = perturbation or Perturbation()
    values = noise.apply(counts, keys)
    small = (values < threshold) & ((values > 0) | policy.hides_zeros)
    spread = noise.most
    if policy.rounding:
        lowest = -(-threshold // policy.rounding) * policy.rounding
        after = rounded(table, values, policy.rounding, secret=secret)
        values = np.where(values > 0, np.maximum(after, lowest), 0)
        spread += policy.rounding - 1
    low, high = _around(values, spread)
    low = np.where(values > 0, np.maximum(low, threshold - noise.most), 0.0)
    return Shown(
        values, _published(release, table, low, high, small | hidden[1], roles), small, hidden[1]
    )


def rounded(table: Table, counts: Wholes, base: int, *, secret: bytes) -> Wholes:
    """
    Each count to the multiple just under or over it, over with a chance that keeps the mean.

    The draw is a keyed hash of what the cell covers and of its count: the same cell is rounded
    alike wherever it is shown, and nobody without the secret can replay the draw. Source: Fellegi
    (1975, Statistical Research 11) for unbiased random rounding.
    """
    draws = np.array(
        [
            int.from_bytes(
                blake2b(f"{address}={value}".encode(), key=secret, digest_size=4).digest()
            )
            for address, value in zip(addresses(table), counts.ravel().tolist(), strict=True)
        ],
        dtype=np.float64,
    ).reshape(counts.shape)
    under = counts // base * base
    up = draws / UNIFORM < (counts - under) / base
    return np.asarray(np.where(up, under + base, under), dtype=np.int64)


def addresses(table: Table) -> list[str]:
    """What each cell covers, as text: the same for the same people in every release."""
    sides: list[list[str]] = []
    for axis, dimension in enumerate(table.dimensions):
        every = frozenset(dimension.atoms)
        sides.append(
            [
                "" if members == every else f"{dimension.name}={'|'.join(sorted(members))}"
                for members in code_sets(table, axis)
            ]
        )
    found = [""]
    for side in sides:
        found = ["&".join(filter(None, (one, other))) for one in found for other in side]
    return found


def show_only(shown: Sequence[Shown], tables: Sequence[Published]) -> list[Shown]:
    """The same after the attacks have made more cells hidden."""
    return [replace(one, published=table) for one, table in zip(shown, tables, strict=True)]


def _told(published: Published, small: Flags, policy: Policy, threshold: int) -> Published:
    if not policy.hides_zeros:
        return published
    return replace(published, high=np.where(small, threshold - 1.0, published.high))


def _around(values: Wholes, spread: int) -> tuple[Floats, Floats]:
    return np.maximum(values - spread, 0).astype(np.float64), (values + spread).astype(np.float64)


def _published(
    release: str, table: Table, low: Floats, high: Floats, hidden: Flags, roles: dict[str, str]
) -> Published:
    low, high = np.where(hidden, 0.0, low), np.where(hidden, np.inf, high)
    return Published(release, table, low, high, hidden, roles)

"""
Groups that nobody published and that a subtraction gives away.

Two published figures, one of which counts the other's people and a few more: this year's
cumulative count and last year's, all ages and 15 and over, a région and its départements, with a
filter and without. And in one row, what is left once every figure shown is taken from the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.published import Flags, Floats, Published, code_sets
from fanal.engines.disclosure.attacks.system import System


class Attack(StrEnum):
    """Part of the published format: names are added, never changed."""

    INTERVAL = "interval"
    DIFFERENCING = "differencing"
    COMPLEMENT = "complement"
    CUMULATIVE = "cumulative"
    GEOGRAPHIC = "geographic"
    GROUP = "group"
    HOMOGENEITY = "homogeneity"
    DOMINANCE = "dominance"


@dataclass(frozen=True, slots=True)
class Small:
    """What the rule calls a small group: ``1..most`` people, known within less than ``width``."""

    most: int
    width: int

    def holds(self, low: Floats, high: Floats) -> npt.NDArray[np.bool_]:
        return (high >= 1) & (low <= self.most) & (high - low < self.width)


@dataclass(frozen=True, slots=True)
class Group:
    """
    The people of the boxes ``plus``, less those of ``minus``.

    ``reach``: how many of them there must be able to be.
    """

    attack: Attack
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    reach: float = 0.0


def nested(system: System, small: Small) -> Iterator[tuple[int, int]]:
    """Pairs of shown boxes, the second inside the first, whose difference is a small group."""
    shown = np.flatnonzero(~system.hidden)
    packed = np.concatenate(
        [np.packbits(side[shown], axis=1) for side in system.sides.values()], axis=1
    )
    low, high = system.low[shown], system.high[shown]
    order = np.argsort(high, kind="stable")
    sorted_high = high[order]
    first = np.searchsorted(sorted_high, low + 1, side="left")
    last = np.searchsorted(sorted_high, low + small.most + small.width, side="right")
    for inner in range(len(shown)):
        outer = order[first[inner] : last[inner]]
        rest = np.maximum(low[outer] - high[inner], 0.0)
        outer = outer[small.holds(rest, high[outer] - low[inner])]
        held = ~(packed[inner] & ~packed[outer]).any(axis=1) & (outer != inner)
        for one in outer[held]:
            yield int(shown[one]), int(shown[inner])


def pairs(system: System, tables: Sequence[Published], small: Small) -> list[Group]:
    """Each small difference of two published boxes, with the name of the attack that finds it."""
    releases = _releases(system, tables)
    roles = {name: role for one in tables for name, role in one.roles.items()}
    found = []
    for outer, inner in nested(system, small):
        differ = [name for name, side in system.sides.items() if (side[outer] != side[inner]).any()]
        kinds = {roles.get(name) for name in differ}
        if "territory" in kinds:
            attack = Attack.GEOGRAPHIC
        elif "time" in kinds:
            attack = Attack.CUMULATIVE
        elif releases[outer] & releases[inner]:
            attack = Attack.COMPLEMENT
        else:
            attack = Attack.DIFFERENCING
        found.append(Group(attack, (outer,), (inner,)))
    return found


def _releases(system: System, tables: Sequence[Published]) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(system.boxes.shape[0])]
    for one, places in zip(tables, system.where, strict=True):
        for box in np.unique(places[~one.hidden.ravel()]):
            found[box].add(one.release)
    return found


def children(one: Published, axis: int) -> dict[int, tuple[list[int], bool]]:
    """
    For each code of an axis the largest codes inside it, when they are disjoint.

    Returns:
        position -> (positions of the codes inside, whether together they are the whole of it).
    """
    sets = code_sets(one.table, axis)
    below = {}
    for place, members in enumerate(sets):
        inside = [p for p, other in enumerate(sets) if other < members]
        top = [p for p in inside if not any(sets[p] < sets[q] for q in inside)]
        held = sum(len(sets[p]) for p in top)
        if top and held == len(frozenset().union(*(sets[p] for p in top))):
            below[place] = (top, held == len(members))
    return below


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """
    One code of one variable of a table, and the largest codes inside it; ``whole``: they fill it.

    Arrays have the parent's shape, the table's without that variable; those of the codes inside
    have one axis more, the first.
    """

    variable: str
    whole: bool
    low: Floats
    high: Floats
    hidden: Flags
    box: npt.NDArray[np.int64]
    inside_low: Floats
    inside_high: Floats
    inside_shown: Flags
    inside_box: npt.NDArray[np.int64]


def lines(system: System, tables: Sequence[Published]) -> Iterator[tuple[Published, Line]]:
    for one, places in zip(tables, system.where, strict=True):
        boxes = places.reshape(one.table.shape)
        for axis, dimension in enumerate(one.table.dimensions):
            low, high = np.moveaxis(one.low, axis, 0), np.moveaxis(one.high, axis, 0)
            hidden, box = np.moveaxis(one.hidden, axis, 0), np.moveaxis(boxes, axis, 0)
            for parent, (inside, whole) in children(one, axis).items():
                yield (
                    one,
                    Line(
                        dimension.name, whole,
                        np.asarray(low[parent]), np.asarray(high[parent]),
                        np.asarray(hidden[parent]), np.asarray(box[parent]),
                        low[inside], high[inside], ~hidden[inside], box[inside],
                    ),
                )  # fmt: skip


def leftovers(system: System, tables: Sequence[Published], small: Small) -> list[Group]:
    """In each row, what is left of a shown total once the cells shown below it are taken away."""
    found: dict[tuple[int, tuple[int, ...]], Group] = {}
    for _, line in lines(system, tables):
        shown = line.inside_shown
        least = line.low - np.where(shown, line.inside_high, 0).sum(axis=0)
        greatest = line.high - np.where(shown, line.inside_low, 0).sum(axis=0)
        something = (~shown).any(axis=0) | (not line.whole)
        # With one cell shown it is a difference of two figures: see ``pairs``.
        several = shown.sum(axis=0) > 1
        told = small.holds(np.maximum(least, 0), greatest) & something & several & ~line.hidden
        for place in map(tuple, np.argwhere(told)):
            spot = (slice(None), *place)
            minus = tuple(sorted(line.inside_box[spot][shown[spot]].tolist()))
            plus = (int(line.box[place]),)
            found[plus[0], minus] = Group(Attack.COMPLEMENT, plus, minus)
    return list(found.values())


def one_value(
    system: System, tables: Sequence[Published], *, same_at_most: float, width: int
) -> list[Group]:
    """
    Rows where everybody, or nearly, has the same value of a sensitive variable (role "fact").

    Group disclosure when every other value is known to be empty, homogeneity when one value holds
    more than ``same_at_most``. The rest of the row is the group that must be able to be larger.
    Source: Machanavajjhala et al. (2007, ACM TKDD 1, 3), l-diversity.
    """
    found: list[Group] = []
    for one, line in lines(system, tables):
        if one.roles.get(line.variable, "fact") != "fact" or not line.whole:
            continue
        open_ = ~line.hidden & (line.low > 0)
        filled = line.inside_high > 0
        alone = (filled.sum(axis=0) == 1) & open_
        found += _rest(Attack.GROUP, alone, filled, line, np.full(alone.shape, float(width)))
        if same_at_most:
            most = line.inside_low > same_at_most * line.high
            nearly = most.any(axis=0) & open_ & ~alone
            with np.errstate(invalid="ignore"):
                reach = line.high * (1 - same_at_most)
            found += _rest(Attack.HOMOGENEITY, nearly, most, line, reach)
    return found


def _rest(attack: Attack, rows: Flags, held: Flags, line: Line, reach: Floats) -> Iterator[Group]:
    for place in map(tuple, np.argwhere(rows)):
        main = int(np.argmax(held[(slice(None), *place)]))
        yield Group(
            attack,
            (int(line.box[place]),),
            (int(line.inside_box[(main, *place)]),),
            reach=float(np.ceil(reach[place])),
        )

"""All the attacks on a set of releases, and what they found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.published import Flags, Published
from fanal.engines.disclosure.attacks.subtracting import (
    Attack,
    Group,
    Small,
    leftovers,
    one_value,
    pairs,
)
from fanal.engines.disclosure.attacks.system import System
from fanal.engines.disclosure.attacks.worlds import Hull, bound
from fanal.engines.disclosure.policies import Policy


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """
    Sums of boxes that must not be known, ``rows`` sparse (targets, columns).

    Args:
        groups: what each row is.
        always: whether any count of it counts, or only one of the rule's small groups.
    """

    rows: Any
    groups: tuple[Group, ...]
    always: Flags

    def failing(self, hull: Hull, small: Small, *, zeros: bool) -> Flags:
        """
        The targets that an attacker knows too well.

        Args:
            zeros: whether a zero that was hidden must not be known to be one.
        """
        reach = np.array([one.reach for one in self.groups])
        narrow = hull.certain & (hull.width < small.width)
        if not zeros:
            narrow &= hull.high >= 1
        wanted = self.always | ((hull.low <= small.most) & (hull.high >= 1))
        return np.asarray((narrow & wanted) | (hull.high < reach))


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the attacks found; counts of cells or groups, never of people.

    Args:
        tried: attack -> how many cells, rows or groups it looked at.
        found: attack -> how many it learnt too much about.
        exact: hidden cells recovered exactly.
        narrow: hidden cells known within less than the width of the rule, exact ones included.
        hidden: hidden cells looked at.
    """

    tried: Mapping[str, int]
    found: Mapping[str, int]
    exact: int
    narrow: int
    hidden: int

    @property
    def sound(self) -> bool:
        return not any(self.found.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "sound": self.sound,
            "hidden_cells": self.hidden,
            "recovered_exactly": self.exact,
            "narrower_than_the_rule": self.narrow,
            "attacks": {
                name: {"tried": self.tried[name], "found": self.found[name]} for name in self.tried
            },
        }


def small_of(policy: Policy) -> Small:
    return Small(policy.threshold - 1, policy.width)


def targets_of(system: System, tables: Sequence[Published], policy: Policy) -> Targets:
    """Every hidden cell, every blurred small one, and every group that a subtraction gives."""
    small = small_of(policy)
    blurred = ~system.hidden & (system.low < system.high) & (system.low <= small.most)
    cells = np.flatnonzero(system.hidden | blurred)
    groups = [Group(Attack.INTERVAL, (int(cell),)) for cell in cells]
    groups += pairs(system, tables, small)
    groups += leftovers(system, tables, small)
    groups += one_value(
        system, tables, same_at_most=policy.same_at_most, width=max(policy.width, 1)
    )
    return targets(system, groups)


def targets(system: System, groups: Sequence[Group]) -> Targets:
    from scipy.sparse import csr_array

    places = [place for one in groups for place in (*one.plus, *one.minus)]
    signs = [sign for one in groups for sign in [1.0] * len(one.plus) + [-1.0] * len(one.minus)]
    ends = np.cumsum([0, *(len(one.plus) + len(one.minus) for one in groups)])
    chosen = csr_array(
        (np.array(signs), np.array(places, dtype=np.int64), ends),
        shape=(len(groups), system.boxes.shape[0]),
    )
    hidden = [one.attack is Attack.INTERVAL and system.hidden[one.plus[0]] for one in groups]
    return Targets(csr_array(chosen @ system.boxes), tuple(groups), np.array(hidden, dtype=bool))


def judge(
    system: System, wanted: Targets, hull: Hull, policy: Policy, tables: Sequence[Published]
) -> Verdict:
    whole = hull.whole()
    failing = wanted.failing(whole, small_of(policy), zeros=policy.hides_zeros)
    attacks = np.array([str(one.attack) for one in wanted.groups], dtype=object)
    cells = attacks == str(Attack.INTERVAL)
    hidden = wanted.always & cells
    tried = _tried(system, tables)
    tried[str(Attack.INTERVAL)] = int(cells.sum())
    return Verdict(
        tried=tried,
        found={name: int((failing & (attacks == name)).sum()) for name in tried},
        exact=int((failing & hidden & (whole.width <= 0)).sum()),
        narrow=int((failing & hidden).sum()),
        hidden=int(hidden.sum()),
    )


def _tried(system: System, tables: Sequence[Published]) -> dict[str, int]:
    """How much each attack had to look at: shown cells for subtractions, rows for the others."""
    shown = int((~system.hidden).sum())
    rows = 0
    for one in tables:
        for axis, dimension in enumerate(one.table.dimensions):
            if one.roles.get(dimension.name, "fact") == "fact" and one.table.shape[axis] > 1:
                rows += one.low.size // one.table.shape[axis]
    subtractions = (Attack.DIFFERENCING, Attack.COMPLEMENT, Attack.CUMULATIVE, Attack.GEOGRAPHIC)
    looked = {str(Attack.INTERVAL): 0, **{str(one): shown for one in subtractions}}
    return {**looked, str(Attack.GROUP): rows, str(Attack.HOMOGENEITY): rows}


def attack(
    tables: Sequence[Published], policy: Policy, *, rng: np.random.Generator, enough: bool = True
) -> Verdict:
    """
    Attack everything published together.

    Args:
        tables: of all releases, oldest first.
        enough: stop at a cell once it is proved wide enough.

    Raises:
        TooLinked, Contradictory: see ``assemble`` and ``bound``.
    """
    from fanal.engines.disclosure.attacks.system import assemble

    system = assemble(tables)
    wanted = targets_of(system, tables, policy)
    hull = bound(
        system, wanted.rows, width=policy.width, rng=rng, enough=enough, reach=reaches(wanted)
    )
    return judge(system, wanted, hull, policy, tables)


def reaches(wanted: Targets) -> Any:
    return np.array([one.reach for one in wanted.groups])

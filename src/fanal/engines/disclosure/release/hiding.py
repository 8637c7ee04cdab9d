"""
Hide more, until no attack on all the releases together learns too much.

What earlier releases show cannot be taken back: only cells of the new one may be hidden. For the
targets that an attacker knows too well, one linear programme looks for a world where each of them
is larger, and pays for every shown cell of the new release that must move; the cells that moved
are hidden, and that world then agrees with everything published. Repeated until the attacks find
nothing, or until hiding changes nothing more.

Sources: Kelly, Golden and Assad (1992, Networks 22, 397-417) for this linear programme; Fischetti
and Salazar (2001, JASA 96, 1008-1026) for cells that several tables share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.battery import (
    Targets,
    Verdict,
    judge,
    reaches,
    small_of,
    targets,
    targets_of,
)
from fanal.engines.disclosure.attacks.published import Flags, Floats, Published
from fanal.engines.disclosure.attacks.subtracting import Attack, Group
from fanal.engines.disclosure.attacks.system import System, assemble, with_bounds
from fanal.engines.disclosure.attacks.worlds import Hull, Programme, bound, bounded, most
from fanal.engines.disclosure.policies import Policy

ROUNDS = 25
# Hiding a cell costs its people, up to so many; a target left short costs more than many of them.
DEAREST, SHORT = 1e4, 1e7
MOVED = 1e-6
BATCHES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """The new tables after hiding, the last verdict, and how many cells the attacks made hide."""

    tables: tuple[Published, ...]
    verdict: Verdict
    added: int
    rounds: int


def hide_until_safe(
    earlier: Sequence[Published],
    new: Sequence[Published],
    policy: Policy,
    *,
    rng: np.random.Generator,
    progress: Callable[[str], None] = lambda _: None,
) -> Hidden:
    """
    Args:
        earlier: what is already public; never changed.
        new: the tables to publish, their first cells already hidden.

    Returns:
        The verdict is sound, unless hiding every cell of the new tables is not enough.

    Raises:
        TooLinked, Contradictory: see the attacks.
    """
    tables = tuple(new)
    system = assemble([*earlier, *tables])
    kept: dict[tuple[tuple[int, ...], tuple[int, ...]], Group] = {}
    added = 0
    for number in range(1, ROUNDS + 1):
        everything = [*earlier, *tables]
        wanted = _with(system, targets_of(system, everything, policy), kept)
        hull = bound(system, wanted.rows, width=policy.width, rng=rng, reach=reaches(wanted))
        verdict = judge(system, wanted, hull, policy, everything)
        progress(f"Attaques, tour {number} : {sum(verdict.found.values())}")
        if verdict.sound:
            break
        failing = wanted.failing(hull.whole(), small_of(policy), zeros=policy.hides_zeros)
        chosen = _open(system, wanted, hull, failing, earlier, policy, rng, number)
        hidden_now = tuple(hide(one, part) for one, part in _of(system, earlier, tables, chosen))
        grown = sum(int(one.hidden.sum()) for one in hidden_now)
        grown -= sum(int(one.hidden.sum()) for one in tables)
        if not grown:
            break
        added += grown
        tables = hidden_now
        system = with_bounds(system, [*earlier, *tables])
    return Hidden(tables, verdict, added, number)


def _with(
    system: System, wanted: Targets, kept: dict[tuple[tuple[int, ...], tuple[int, ...]], Group]
) -> Targets:
    """Groups once found stay targets: hiding one of two figures may leave the group narrow."""
    now = {(one.plus, one.minus): one for one in wanted.groups}
    more = [group for key, group in kept.items() if key not in now]
    kept.update((key, one) for key, one in now.items() if one.attack is not Attack.INTERVAL)
    if not more:
        return wanted
    return targets(system, [*wanted.groups, *more])


def _of(
    system: System, earlier: Sequence[Published], tables: Sequence[Published], chosen: Flags
) -> list[tuple[Published, Flags]]:
    places = system.where[len(earlier) :]
    return [
        (one, chosen[p].reshape(one.table.shape)) for one, p in zip(tables, places, strict=True)
    ]


def hide(one: Published, more: Flags) -> Published:
    """The same table with more cells hidden."""
    more = more & ~one.hidden
    low, high = np.where(more, 0.0, one.low), np.where(more, np.inf, one.high)
    return replace(one, low=low, high=high, hidden=one.hidden | more)


def _open(
    system: System,
    wanted: Targets,
    hull: Hull,
    failing: Flags,
    earlier: Sequence[Published],
    policy: Policy,
    rng: np.random.Generator,
    number: int,
) -> Flags:
    """The boxes to hide so that each failing target can be larger."""
    fixed = np.zeros(system.boxes.shape[0], dtype=bool)
    for one, places in zip(earlier, system.where[: len(earlier)], strict=True):
        fixed[places[~one.hidden.ravel()]] = True
    places = rng.permutation(np.flatnonzero(failing))
    reach = np.maximum(hull.low + policy.width, reaches(wanted))
    chosen = np.zeros(system.boxes.shape[0], dtype=bool)
    for batch in np.array_split(places, min(BATCHES, places.size)):
        demand = np.ceil(reach[batch] - MOVED)
        moved, short = _move(system, fixed, chosen, wanted.rows[batch], demand)
        chosen |= moved
        left = batch[short > MOVED]
        if not left.size:
            continue
        # What cannot be larger may be smaller: the width is between the two.
        reached = np.floor((demand - short)[short > MOVED] + MOVED)
        chosen |= _move(system, fixed, chosen, -wanted.rows[left], policy.width - reached)[0]
        if number > 1:
            # And if no single world is enough, its own figures go.
            for group in (wanted.groups[place] for place in left):
                chosen[[*group.plus, *group.minus]] = True
    return chosen & ~fixed


def _move(
    system: System, fixed: Flags, chosen: Flags, rows: Any, demand: Floats
) -> tuple[Flags, Floats]:
    """Shown boxes that move in the cheapest world that meets the demands, and what it misses."""
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    told = np.flatnonzero(bounded(system) & ~chosen)
    movable = np.flatnonzero(~system.hidden & ~chosen & ~fixed)
    spots = np.searchsorted(told, movable)
    slack = csr_array(
        (np.ones(movable.size), (spots, np.arange(movable.size))), shape=(told.size, movable.size)
    )
    blank = csr_array((rows.shape[0], 2 * movable.size))
    agreements = system.agree.shape[0]
    matrix = vstack(
        [
            hstack([system.agree, csr_array((agreements, 2 * movable.size + rows.shape[0]))]),
            hstack([system.boxes[told], slack, -slack, csr_array((told.size, rows.shape[0]))]),
            hstack([rows, blank, eye_array(rows.shape[0])]),
        ],
        format="csr",
    )
    low = np.concatenate([np.zeros(agreements), system.low[told], demand])
    high = np.concatenate([np.zeros(agreements), system.high[told], np.full(rows.shape[0], np.inf)])
    limits = most(system)
    limits = np.where(limits == 0, limits.max(), limits)
    size = 2 * movable.size + rows.shape[0]
    programme = Programme(
        csr_array(matrix), low, high, np.concatenate([limits, np.full(size, np.inf)]), presolve="on"
    )
    price = np.minimum(1 + system.low[movable], DEAREST)
    cost = np.concatenate([np.zeros(system.columns), price, price, np.full(rows.shape[0], SHORT)])
    world = programme.minimise(cost)
    rest = world[system.columns :]
    amounts = rest[: movable.size] + rest[movable.size : 2 * movable.size]
    moved = np.zeros(system.boxes.shape[0], dtype=bool)
    moved[movable[amounts > MOVED]] = True
    return moved, rest[2 * movable.size :]

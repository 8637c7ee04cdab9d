"""One policy, day after day, and how long children waited under it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fanal.engines.placement.nights import arcs_of
from fanal.engines.placement.online.in_turn import InTurn
from fanal.engines.placement.online.world import World
from fanal.engines.placement.people import PENALTY, examine
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.rare import rare_price
from fanal.engines.placement.solving import solve
from fanal.engines.programmes.clock import Clock

URGENT = 4
LEARNT_FROM = 14
# An urgent child is never left out for others, however long they have waited.
FIRST = 50
LONGEST = 20
UNSEEN = 14
BUDGET = 5.0


class Policy(StrEnum):
    """How the requests of the day are placed."""

    AT_ONCE = "at_once"
    URGENT_FIRST = "urgent_first"
    TOGETHER = "together"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Waits:
    """``same_day`` is a share; waits are mean days; ``slowest`` is of the processor, for a day."""

    same_day: float
    wait: float
    urgent_wait: float
    waiting: int
    slowest: float


class Simulation:
    """A policy in a world; nobody knows who comes tomorrow."""

    def __init__(self, world: World, policy: Policy) -> None:
        self.world, self.policy = world, policy
        self.arcs = arcs_of([examine(request, world.units) for request in world.requests])
        self.urgency = np.array([request.urgency for request in world.requests])
        self.free = world.units.places.copy()
        self.unit = np.full(world.day.size, -1, dtype=np.int64)
        self.placed_on = np.full(world.day.size, -1, dtype=np.int64)
        self.inside: set[int] = set()
        self.ends: dict[int, list[int]] = {}
        self.waiting: list[int] = []
        self.slowest = 0.0

    def run(self, days: int) -> Waits:
        has_option = np.diff(self.arcs.start) > 0
        possible = has_option.copy()
        for kin in self.world.together:
            possible[list(kin)] = has_option[list(kin)].all()
        for today in range(days):
            for one in self.ends.pop(today, ()):
                self.free[self.unit[one]] += 1
                self.inside.discard(one)
            came = np.flatnonzero((self.world.day == today) & possible)
            self.waiting = sorted([*self.waiting, *came.tolist()])
            if self.waiting:
                clock = Clock(BUDGET)
                self._place(today)
                self.slowest = max(self.slowest, clock.spent())
        seen = has_option & (self.world.day < days - UNSEEN)
        placed = self.placed_on >= 0
        wait = (np.where(placed, self.placed_on, days) - self.world.day)[seen]
        urgent = wait[self.urgency[seen] == URGENT]
        return Waits(
            same_day=float((wait == 0).mean()),
            wait=float(wait.mean()),
            urgent_wait=float(urgent.mean()),
            waiting=len(self.waiting),
            slowest=self.slowest,
        )

    def _place(self, today: int) -> None:
        waiting = np.array(self.waiting)
        problem = self._problem(waiting, today)
        units = self._chosen(problem, waiting)
        for one, at in zip(waiting.tolist(), units.tolist(), strict=True):
            if at >= 0:
                self.unit[one] = at
                self.placed_on[one] = today
                self.free[at] -= 1
                self.inside.add(one)
                self.ends.setdefault(today + int(self.world.stay[one]), []).append(one)
        self.waiting = waiting[units < 0].tolist()

    def _chosen(self, problem: Problem, waiting: Ints) -> Ints:
        if self.policy in {Policy.TOGETHER, Policy.RARE}:
            return solve(problem, budget=BUDGET).unit
        day = self.world.day[waiting]
        if self.policy is Policy.AT_ONCE:
            return InTurn(problem).place(np.argsort(day, kind="stable"))
        options = np.bincount(problem.request, minlength=waiting.size)
        return InTurn(problem).place(np.lexsort((options, day, -self.urgency[waiting])))

    def _problem(self, waiting: Ints, today: int) -> Problem:
        arcs = self.arcs
        mine = np.concatenate([np.arange(arcs.start[one], arcs.start[one + 1]) for one in waiting])
        facility = self.world.units.facility
        mine = mine[self.free[arcs.unit[mine]] > 0]
        shut = self._shut(set(waiting.tolist()))
        mine = (
            mine[
                [
                    int(facility[at]) not in shut.get(int(one), ())
                    for one, at in zip(arcs.request[mine], arcs.unit[mine], strict=True)
                ]
            ]
            if shut
            else mine
        )
        cost = arcs.cost[mine]
        urgency = self.urgency[waiting]
        if self.policy is Policy.RARE and today >= LEARNT_FROM:
            cost = cost + self._price(today)[arcs.unit[mine]]
        age = np.minimum(today - self.world.day[waiting], LONGEST)
        return Problem(
            request=np.searchsorted(waiting, arcs.request[mine]),
            unit=arcs.unit[mine],
            cost=cost,
            facility=facility,
            places=self.free,
            penalty=PENALTY * np.where(urgency == URGENT, FIRST, urgency) * (1 + age),
            apart=_among(self.world.apart, waiting),
            together=_among(self.world.together, waiting),
        )

    def _price(self, today: int) -> Ints:
        past = self.world.day[self.arcs.request] < today
        request, unit = self.arcs.request[past], self.arcs.unit[past]
        return rare_price(request, unit, self.world.units.places)

    def _shut(self, waiting: set[int]) -> dict[int, set[int]]:
        """Facilities where someone already lives whom a waiting request must not meet."""
        shut: dict[int, set[int]] = {}
        for group in self.world.apart:
            there = {
                int(self.world.units.facility[self.unit[one]]) for one in self.inside & set(group)
            }
            if there:
                for one in waiting & set(group):
                    shut.setdefault(one, set()).update(there)
        return shut


def _among(groups: list[tuple[int, ...]], waiting: Ints) -> tuple[tuple[int, ...], ...]:
    number = {one: at for at, one in enumerate(waiting.tolist())}
    kept = (tuple(number[one] for one in group if one in number) for group in groups)
    return tuple(group for group in kept if len(group) > 1)

"""One policy, day after day, and how long children waited under it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fanal.engines.placement.nights import arcs_of
from fanal.engines.placement.online.doors import Doors, Why
from fanal.engines.placement.online.in_turn import InTurn
from fanal.engines.placement.online.world import STAY, World
from fanal.engines.placement.people import URGENT, examine, penalty_of
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.rare import rare_price
from fanal.engines.placement.siblings import Siblings
from fanal.engines.placement.solving import solve
from fanal.engines.programmes.clock import Clock

LEARNT_FROM = 14
LEARNT_AGAIN = 7
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
    """
    Attributes:
        same_day: the share of requests that have a unit.
        wait, urgent_wait: mean days; who still waits at the end counts until then.
        waiting: how many wait at the end.
        without_unit: how many no unit could ever take; they are in no other figure.
        cost: mean kilometres and what stands for them, of those who were placed.
        slowest: seconds of the processor, for a day.
        why: how many wait at the end for each reason.
    """

    same_day: float
    wait: float
    urgent_wait: float
    waiting: int
    without_unit: int
    cost: float
    slowest: float
    why: dict[str, int]


class Simulation:
    """A policy in a world; nobody knows who comes tomorrow."""

    def __init__(
        self, world: World, policy: Policy, siblings: Siblings = Siblings.TOGETHER
    ) -> None:
        self.world, self.policy = world, policy
        self.arcs = arcs_of(examine(request, world.units) for request in world.requests)
        self.doors = Doors(world, self.arcs, siblings)
        self.urgency = np.array([request.urgency for request in world.requests])
        self.free = world.units.places.copy()
        self.unit = np.full(world.day.size, -1, dtype=np.int64)
        self.placed_on = np.full(world.day.size, -1, dtype=np.int64)
        self.cost: list[int] = []
        self.where: dict[int, int] = {}
        self.ends: dict[int, list[int]] = {}
        self.waiting: list[int] = []
        self.slowest = 0.0
        self.price = np.zeros(self.free.size, dtype=np.int64)

    def run(self, days: int) -> Waits:
        has_option = np.diff(self.arcs.start) > 0
        for today in range(days):
            for one in self.ends.pop(today, ()):
                self.free[self.unit[one]] += 1
                del self.where[one]
            came = np.flatnonzero((self.world.day == today) & has_option)
            self.waiting = sorted([*self.waiting, *came.tolist()])
            if self.waiting:
                clock = Clock(BUDGET)
                self._place(today)
                self.slowest = max(self.slowest, clock.spent())
        seen = has_option & (self.world.day < days - UNSEEN)
        placed = self.placed_on >= 0
        wait = (np.where(placed, self.placed_on, days) - self.world.day)[seen]
        urgent = wait[self.urgency[seen] == URGENT]
        why = Counter(self.why(one) for one in self.waiting)
        return Waits(
            same_day=float((wait == 0).mean()),
            wait=float(wait.mean()),
            urgent_wait=float(urgent.mean()),
            waiting=len(self.waiting),
            without_unit=int((~has_option).sum()),
            cost=float(np.mean(self.cost)),
            slowest=self.slowest,
            why={reason.value: why[reason] for reason in Why if why[reason]},
        )

    def why(self, one: int) -> Why:
        """Why this request waits, as things stand."""
        return self.doors.why(one, self.where, self.free, set(self.waiting))

    def _place(self, today: int) -> None:
        waiting = np.array(self.waiting)
        open_ = [self.doors.open(one, self.where) for one in self.waiting]
        mine = np.concatenate(open_)
        mine = mine[self.free[self.arcs.unit[mine]] > 0]
        units = self._chosen(self._problem(waiting, mine, today), waiting)
        cost = dict(
            zip(
                zip(self.arcs.request[mine].tolist(), self.arcs.unit[mine].tolist(), strict=True),
                self.arcs.cost[mine].tolist(),
                strict=True,
            )
        )
        for one, at in zip(waiting.tolist(), units.tolist(), strict=True):
            if at >= 0:
                self.unit[one], self.placed_on[one] = at, today
                self.free[at] -= 1
                self.cost.append(cost[one, at])
                self.where[one] = int(self.world.units.facility[at])
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

    def _problem(self, waiting: Ints, mine: Ints, today: int) -> Problem:
        """
        Args:
            mine: the arcs that are open to those who wait.
        """
        unit = self.arcs.unit[mine]
        if self.policy is Policy.RARE:
            self._learn(today)
        return Problem(
            request=np.searchsorted(waiting, self.arcs.request[mine]),
            unit=unit,
            cost=self.arcs.cost[mine] + self.price[unit],
            facility=self.world.units.facility,
            places=self.free,
            penalty=penalty_of(self.urgency[waiting], today - self.world.day[waiting]),
            apart=_among(self.world.apart, waiting),
            together=_among(self.doors.families, waiting),
        )

    def _learn(self, today: int) -> None:
        """What rare units are worth, from the requests of all the days before; once a week."""
        if today < LEARNT_FROM or today % LEARNT_AGAIN:
            return
        past = np.flatnonzero(self.world.day < today)
        arcs = np.flatnonzero(self.world.day[self.arcs.request] < today)
        problem = Problem(
            request=np.searchsorted(past, self.arcs.request[arcs]),
            unit=self.arcs.unit[arcs],
            cost=self.arcs.cost[arcs],
            facility=self.world.units.facility,
            places=self.world.units.places,
            penalty=np.zeros(past.size, dtype=np.int64),
        )
        self.price = rare_price(problem, self.urgency[past], days=today, stay=STAY)


def _among(groups: list[tuple[int, ...]], waiting: Ints) -> tuple[tuple[int, ...], ...]:
    number = {one: at for at, one in enumerate(waiting.tolist())}
    kept = (tuple(number[one] for one in group if one in number) for group in groups)
    return tuple(group for group in kept if len(group) > 1)

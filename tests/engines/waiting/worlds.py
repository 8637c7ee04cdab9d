"""A queue played event by event: nothing in common with the engine but what it is about."""

from __future__ import annotations

import heapq
from collections.abc import Callable

import numpy as np

from fanal.engines.waiting.plans import QUARTER, Plan

Draw = Callable[[], float]


def offered_waits(
    plan: Plan, rng: np.random.Generator, *, arrivals: float = 1.0, duration: Draw | None = None
) -> list[tuple[int, float, bool]]:
    """
    Of each who comes: their quarter, the minutes they would wait, whether they left before.

    First come first served; places may open and never close.
    """
    length = duration or (lambda: rng.exponential(plan.duration))
    free = [0.0] * plan.quarters[0].places
    heapq.heapify(free)
    met = []
    for number, quarter in enumerate(plan.quarters):
        for _ in range(quarter.places - len(free)):
            heapq.heappush(free, number * float(QUARTER))
        moments = number * QUARTER + QUARTER * np.sort(
            rng.random(rng.poisson(quarter.arrivals * arrivals))
        )
        for moment in moments:
            # A place that opens later may come before those that are taken now.
            opens = _next_opening(plan, float(moment), len(free))
            wait = max(0.0, min(free[0], opens) - float(moment))
            leaves = rng.exponential(plan.patience) < wait
            met.append((number, wait, leaves))
            if not leaves:
                begun = float(moment) + wait
                if opens < free[0]:
                    heapq.heappush(free, begun + length())
                else:
                    heapq.heapreplace(free, begun + length())
    return met


def _next_opening(plan: Plan, moment: float, there: int) -> float:
    for number, quarter in enumerate(plan.quarters):
        if number * QUARTER > moment and quarter.places > there:
            return number * float(QUARTER)
    return float("inf")


def tagged_waits(plan: Plan, rng: np.random.Generator, quarter: int, runs: int) -> list[float]:
    """
    Minutes that one person waits who comes in a quarter and never leaves, once a run.

    Only how many are there counts: those in a place that closes wait again, before the others.
    """
    found = []
    for _ in range(runs):
        comes = QUARTER * (quarter + rng.random())
        people = _play(plan, rng, 0, 0.0, comes, coming=True)[0]
        found.append(_play(plan, rng, people, comes, np.inf, coming=False)[1] - comes)
    return found


def _play(
    plan: Plan, rng: np.random.Generator, people: int, now: float, until: float, *, coming: bool
) -> tuple[int, float]:
    """Goes on until a moment, or until there is a place free of those who were there."""
    while now < until:
        number = min(int(now // QUARTER), len(plan.quarters) - 1)
        here = plan.quarters[number]
        if not coming and people < here.places:
            break
        rate = here.arrivals / QUARTER if coming else 0.0
        going = min(people, here.places) / plan.duration
        going += max(people - here.places, 0) / plan.patience
        last = number == len(plan.quarters) - 1
        end = min(until, np.inf if last else (number + 1) * float(QUARTER))
        step = rng.exponential(1 / (rate + going)) if rate + going else np.inf
        if now + step >= end:
            now = end
            continue
        now += step
        people += 1 if rng.random() < rate / (rate + going) else -1
    return people, now

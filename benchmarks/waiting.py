"""The forecast of waits, measured: ``python benchmarks/waiting.py``. Its time, and whether its
range holds when durations are not what it supposes."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from engines.waiting.worlds import offered_waits
from fanal.engines.waiting.forecasting import Wait, forecast
from fanal.engines.waiting.plans import Plan, Quarter
from fanal.engines.waiting.position import wait_behind

DAYS = 1_000
# Places that only open: the played queue closes none.
SHAPES = {
    "quiet": [(3, 6)] * 24,
    "busy": [(8, 6)] * 24,
    "overwhelmed": [(14, 6)] * 24,
    "a rush, then help": [(3, 3)] * 8 + [(10, 3)] * 4 + [(10, 7)] * 12,
}


def lognormal(rng: np.random.Generator, mean: float, dispersion: float) -> float:
    spread = math.sqrt(math.log(1 + dispersion**2))
    return float(rng.lognormal(math.log(mean) - spread**2 / 2, spread))


def coverage(plan: Plan, said: list[Wait | None], dispersion: float | None) -> tuple[float, float]:
    """Share of waits in the range, and beyond its end."""
    rng = np.random.default_rng(119)
    inside, beyond, total = 0, 0, 0
    for _ in range(DAYS):
        factor = lognormal(rng, 1.0, plan.arrivals_doubt)
        mean = plan.duration * lognormal(rng, 1.0, plan.duration_doubt)
        law: Callable[[], float] = (
            (lambda mean=mean: rng.exponential(mean))
            if dispersion is None
            else (lambda mean=mean: lognormal(rng, mean, dispersion))
        )
        for number, wait, _ in offered_waits(plan, rng, arrivals=factor, duration=law):
            one = said[number]
            if one is None or one.low is None:
                continue
            high = math.inf if one.high is None else one.high
            total += 1
            inside += one.low <= wait <= high
            beyond += wait > high
    return inside / total, beyond / total


def main() -> None:
    for name, shape in SHAPES.items():
        plan = Plan(tuple(Quarter(*one) for one in shape), duration=20, patience=12)
        begun = time.process_time()
        said = forecast(plan)
        spent = time.process_time() - begun
        for law, dispersion in (
            ("exponential", None),
            ("lognormal, 2/3", 0.67),
            ("lognormal, 1.3", 1.3),
        ):
            inside, beyond = coverage(plan, said, dispersion)
            print(
                f"{name}, durations {law}: {inside:.1%} in the range, {beyond:.1%} beyond "
                f"({DAYS} days)"
            )
        print(f"{name}: {len(shape)} quarters in {spent:.2f} s of processor")
    day = Plan(tuple(Quarter(6 + number % 7, 4 + number // 24) for number in range(96)), 20, 12)
    begun = time.process_time()
    forecast(day)
    print(f"a day of 96 quarters: {time.process_time() - begun:.2f} s of processor")
    begun = time.process_time()
    for ahead in range(1_000):
        wait_behind(ahead % 40, places=6, duration=20, patience=12)
    print(f"one's own wait: {(time.process_time() - begun) * 1000:.0f} µs")


if __name__ == "__main__":
    main()

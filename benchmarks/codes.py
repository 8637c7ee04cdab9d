"""
Whether the time of an answer tells what was wrong with a code: ``python benchmarks/codes.py``.

A code given under duress, wrong, over or tried too often is timed in turn with one that nobody was
given. First with a digest that costs nothing, so that what the database does shows; then as served.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4

import django

QUICK, SERVED = 1_500, 60
WARM = 30
RESAMPLES = 1_000
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
Words = tuple[str, ...]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.test"
    from fanal.config.postgres.roles import APPLICATION, OWNER
    from fanal.config.postgres.trials import start_for_tests

    server = start_for_tests()
    name = f"bench_{os.getpid()}"
    server.create_database(name)
    try:
        os.environ["DATABASE_URL"] = server.url_for(name, APPLICATION)
        os.environ["DATABASE_OWNER_URL"] = server.login_url_for(name, OWNER)
        django.setup()
        _prepare()
        _measure()
    finally:
        from django.db import connections

        connections.close_all()
        server.drop_database(name)
        server.stop()


def _prepare() -> None:
    from django.core.management import call_command

    from fanal.config.postgres.roles import APPLICATION
    from fanal.ground.access.grants import grant_application

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)


def _measure() -> None:
    from fanal.ground.codes import hashing

    served, cheap = hashing.COST, replace(hashing.COST, iterations=1, lanes=1, kibibytes=8)
    clock = _Clock()
    measures = ((cheap, QUICK, "digest that costs nothing"), (served, SERVED, "as served"))
    for cost, pairs, said in measures:
        for name in ("forced", "wrong", "over", "too often"):
            low, middle, high = _interval(_ratios(name, pairs, cost, cheap, clock))
            print(
                f"{said}: {name} / never given, {pairs} interleaved pairs, median ratio of times "
                f"{middle:.3f}, 95 % interval [{low:.3f}, {high:.3f}]"
            )
    hashing.COST = served
    begun = time.perf_counter()
    hashing.digests_of(("abeille", "citron", "farine", "zebre", "zenith"))
    print(f"the slow digest: {(time.perf_counter() - begun) * 1000:.0f} ms")


class _Clock:
    """Thirty seconds between two tries: no bucket is full, but where it should be."""

    def __init__(self) -> None:
        self.now = NOON

    def tick(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now


def _prepared(name: str, clock: _Clock, choose: Any) -> Words:
    """Words of a code of its own, to be typed now."""
    from fanal.ground.codes.terms import LASTS, Kind
    from fanal.ground.codes.use_cases import issue_code, redeem_code
    from fanal.ground.codes.words import draw_other

    now = clock.tick()
    given = now - LASTS if name == "over" else now
    code = issue_code(kind=Kind.CHAT, opens=uuid4(), now=given, choose=choose)
    if name == "forced":
        return code.duress
    if name == "wrong":
        return draw_other(code.words, choose)
    if name == "too often":
        for _ in range(5):
            redeem_code(typed=" ".join(draw_other(code.words, choose)), now=clock.now)
    return code.words


def _ratios(name: str, pairs: int, cost: Any, cheap: Any, clock: _Clock) -> list[float]:
    from fanal.ground.codes import hashing
    from fanal.ground.codes.words import draw

    drawing, ratios = Random(f"{name} {cost}"), []
    for rank in range(pairs + WARM):
        hashing.COST = cheap
        asked = {"one": _prepared(name, clock, drawing.choice), "never": draw(drawing.choice)}
        hashing.COST = cost
        order = drawing.sample(sorted(asked), 2)
        spent = {which: _seconds(asked[which], clock.tick()) for which in order}
        if rank >= WARM:
            ratios.append(spent["one"] / spent["never"])
    return ratios


def _seconds(words: Words, at: datetime) -> float:
    from fanal.ground.codes.terms import Answer
    from fanal.ground.codes.use_cases import redeem_code

    typed, clock = " ".join(words), time.perf_counter
    begun = clock()
    found = redeem_code(typed=typed, now=at)
    spent = clock() - begun
    assert found.answer is Answer.UNKNOWN
    return spent


def _interval(ratios: list[float]) -> tuple[float, float, float]:
    """Bootstrap of the median."""
    drawing = Random(119)
    resampled: Callable[[], float] = lambda: median(drawing.choices(ratios, k=len(ratios)))  # noqa: E731
    medians = sorted(resampled() for _ in range(RESAMPLES))
    return medians[RESAMPLES // 40], median(ratios), medians[-RESAMPLES // 40]


if __name__ == "__main__":
    main()

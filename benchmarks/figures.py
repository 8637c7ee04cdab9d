"""A figure, its bar, and the best peer's: what every benchmark of an engine gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``holds``: whether the bar is reached; None where there is none."""

    engine: str
    what: str
    measured: str
    bar: str = ""
    holds: bool | None = None
    peer: str = ""


def show(figures: Iterable[Figure]) -> None:
    """One line each, as they come."""
    for one in figures:
        mark = {True: "✓", False: "✗", None: " "}[one.holds]
        bar = f" (bar: {one.bar})" if one.bar else ""
        peer = f" | {one.peer}" if one.peer else ""
        print(f"{mark} {one.engine}, {one.what}: {one.measured}{bar}{peer}", flush=True)

"""The 101 départements, drawn coarsely: a page must not weigh more than what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from fanal.ground.territory.queries import departement_outlines

# In units of the drawing, which is 640 wide.
GRID = 3
# Fewer points are an islet that the grid swallowed.
LEAST = 3
RING = re.compile(r"M([^MZ]+)Z")


@dataclass(frozen=True, slots=True)
class CoarseMap:
    view_box: str
    shapes: Mapping[str, str]


@cache
def coarse_map() -> CoarseMap:
    """Outlines on a grid, as relative paths: a sixth of the bytes."""
    outlines = departement_outlines()
    return CoarseMap(
        outlines.view_box, {code: _coarse(path) for code, path in outlines.paths.items()}
    )


def _coarse(path: str) -> str:
    return "".join(_ring(ring) for ring in RING.findall(path))


def _ring(written: str) -> str:
    """Points on a grid, so that two neighbours keep the same border; as relative steps."""
    points: list[tuple[int, int]] = []
    for pair in written.split():
        x, y = (round(float(one) / GRID) * GRID for one in pair.split(","))
        if points and points[-1] == (x, y):
            continue
        if len(points) > 1 and _in_line(points[-2], points[-1], (x, y)):
            points.pop()
        points.append((x, y))
    if len(points) < LEAST:
        return ""
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points)]
    # « 1 -2 -3 4 » and « 1-2-3 4 » are the same to a browser.
    drawn = " ".join(steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{drawn}z"


def _in_line(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> bool:
    return (two[0] - one[0]) * (three[1] - two[1]) == (two[1] - one[1]) * (three[0] - two[0])

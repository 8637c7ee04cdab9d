"""
A map of a plan, in SVG: who goes how far, who stays without a place, where places are left.

No name is on it. Homes are: it is kept like the file it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fanal.engines.placement.nights import Night
from fanal.engines.placement.problem import Floats, Ints

WIDE, MARGIN, FOOT = 800.0, 24.0, 64.0
SMALLEST, LARGEST = 3.0, 12.0
STYLE = (
    "text{font:14px sans-serif;fill:#14213d}.ground{fill:#fbf9f4}.way{stroke:#3a5a8c;"
    "stroke-width:.8;opacity:.6}.home{fill:#3a5a8c}.out{fill:#e09f1f;stroke:#14213d}"
    ".full{fill:#14213d}.free{fill:#fff;stroke:#14213d;stroke-width:1.5}"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Kilometres to the points of the drawing, north up."""

    low: Floats
    scale: float
    high: float

    @classmethod
    def around(cls, points: Floats) -> _Frame:
        low, top = points.min(axis=0), points.max(axis=0)
        span = np.maximum(top - low, 1.0)
        scale = (WIDE - 2 * MARGIN) / float(span.max())
        return cls(low, scale, 2 * MARGIN + scale * float(span[1]))

    def at(self, point: Floats) -> tuple[float, float]:
        east, north = (point - self.low) * self.scale
        return round(MARGIN + float(east), 1), round(self.high - MARGIN - float(north), 1)


def drawn(night: Night, unit: Ints) -> str:
    """
    Args:
        unit: of each request, -1 when it is left out.
    """
    homes = np.array([one.home for one in night.requests]).reshape(-1, 2)
    points = np.concatenate([homes, night.units.position])
    frame = _Frame.around(points if points.size else np.zeros((1, 2)))
    left_out = int((unit < 0).sum())
    placed = unit.size - left_out
    high = frame.high + FOOT
    title = "Qui va où ce soir"
    told = f"{placed} demandes placées, {left_out} sans place."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {high:.0f}" role="img" '
        'aria-labelledby="titre detail">',
        f'<title id="titre">{title}</title>',
        f'<desc id="detail">{told} Un trait relie un domicile à son établissement ; plus '
        "un établissement a de places, plus son carré est grand ; il est blanc s'il en reste."
        "</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDE:.0f}" height="{high:.0f}"/>',
        *_ways(night, unit, homes, frame),
        *_facilities(night, unit, frame),
        *_homes(unit, homes, frame),
        *_legend(frame.high, told),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _ways(night: Night, unit: Ints, homes: Floats, frame: _Frame) -> list[str]:
    lines = []
    for home, at in zip(homes, unit.tolist(), strict=True):
        if at >= 0:
            (x, y), (to_x, to_y) = frame.at(home), frame.at(night.units.position[at])
            lines.append(f'<line class="way" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>')
    return lines


def _facilities(night: Night, unit: Ints, frame: _Frame) -> list[str]:
    units = night.units
    if not units.facility.size:
        return []
    size = int(units.facility.max()) + 1
    places = np.bincount(units.facility, weights=units.places, minlength=size)
    taken = np.bincount(units.facility[unit[unit >= 0]], minlength=size)
    where = dict(zip(units.facility.tolist(), units.position, strict=True))
    squares = []
    for facility, position in sorted(where.items()):
        half = min(LARGEST, SMALLEST + float(np.sqrt(places[facility])))
        x, y = frame.at(position)
        kind = "free" if taken[facility] < places[facility] else "full"
        squares.append(
            f'<rect class="{kind}" x="{x - half:.1f}" y="{y - half:.1f}" '
            f'width="{2 * half:.1f}" height="{2 * half:.1f}"/>'
        )
    return squares


def _homes(unit: Ints, homes: Floats, frame: _Frame) -> list[str]:
    """Those without a place last, and larger: nothing hides them."""
    dots = []
    for placed, size, kind in ((True, 2, "home"), (False, 6, "out")):
        for home in homes[(unit >= 0) == placed]:
            x, y = frame.at(home)
            dots.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="{size}"/>')
    return dots


def _legend(top: float, told: str) -> list[str]:
    first, second = top + 18, top + 44
    return [
        f'<text x="{MARGIN}" y="{first}">{told}</text>',
        f'<circle class="out" cx="{MARGIN + 6}" cy="{second - 5}" r="6"/>',
        f'<text x="{MARGIN + 20}" y="{second}">sans place</text>',
        f'<rect class="full" x="150" y="{second - 12}" width="12" height="12"/>',
        f'<text x="170" y="{second}">établissement complet</text>',
        f'<rect class="free" x="350" y="{second - 12}" width="12" height="12"/>',
        f'<text x="370" y="{second}">il y reste des places</text>',
    ]

"""What was announced beside what held, as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

SIDE, LEFT, TOP, LEGEND = 400, 60, 16, 260
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1a1a1a}.axis,.true{stroke:#767676;fill:none}"
    ".true{stroke-dasharray:4 4}.c0{stroke:#1f4e9e;fill:#1f4e9e}.c1{stroke:#8a4803;fill:#8a4803}"
    ".c2{stroke:#1f6f5c;fill:#1f6f5c}.c3{stroke:#5b3a8c;fill:#5b3a8c}polyline{stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.axis,.true{stroke:#aaa}"
    ".c0{stroke:#8ab4f8;fill:#8ab4f8}.c1{stroke:#ffb54a;fill:#ffb54a}"
    ".c2{stroke:#6fcbb1;fill:#6fcbb1}.c3{stroke:#c3a6f0;fill:#c3a6f0}}"
    "polyline.c0,polyline.c1,polyline.c2,polyline.c3{fill:none}"
)
# Each curve has its own mark: colour is never alone.
MARKS = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0",
    "M-4,-4h8v8h-8z",
    "M0,-5L5,4H-5z",
    "M0,-5L5,0L0,5L-5,0z",
)
Bins = Sequence[tuple[float, float, int]]


def plot(curves: Mapping[str, Bins]) -> str:
    """An SVG; ``curves``: of each file, announced, true and how many, from 0 to 1."""
    height, width = SIDE + TOP + 44, LEFT + SIDE + LEGEND
    shapes = [
        f'<rect class="axis" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="true" x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}"/>',
        f'<text x="{LEFT + SIDE / 2}" y="{height - 6}" text-anchor="middle">annoncé</text>',
        f'<text x="4" y="{TOP + 12}">vrai</text>',
    ]
    for tenth in (0, 0.5, 1):
        x, y = _at(tenth, tenth)
        said = f"{tenth:g}".replace(".", ",")
        shapes += [
            f'<text x="{x:.0f}" y="{TOP + SIDE + 18}" text-anchor="middle">{said}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{said}</text>',
        ]
    for place, (name, bins) in enumerate(curves.items()):
        kind = f"c{place % len(MARKS)}"
        points = [_at(announced, true) for announced, true, _ in bins]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        shapes.append(f'<polyline class="{kind}" points="{line}"/>')
        row = TOP + 20 + 24 * place
        shapes += [_mark(kind, place, x, y) for x, y in [*points, (LEFT + SIDE + 20, row)]]
        shapes.append(f'<text x="{LEFT + SIDE + 34}" y="{row + 5}">{escape(name)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Ce qui est annoncé et ce qui est vrai, par dixièmes">'
        f"<style>{STYLE}</style>{''.join(shapes)}</svg>\n"
    )


def _mark(kind: str, place: int, x: float, y: float) -> str:
    shape = MARKS[place % len(MARKS)]
    return f'<path class="{kind}" d="{shape}" transform="translate({x:.1f} {y:.1f})"/>'


def _at(announced: float, true: float) -> tuple[float, float]:
    return LEFT + SIDE * announced, TOP + SIDE * (1 - true)

"""Rows of intervals: a name, its interval in words, and its bar under both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fanal.engines.population.names import short
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import said
from fanal.engines.population.reporting.scales import Scale

ROW, BAR, AXIS = 46.0, 29.0, 26.0
# Marks nearer than so many percents are written one above the other.
MARK, NEAR = 17.0, 18.0
# Letters of a name that fit beside an interval: on a desk, on a telephone.
NAME, SHORTER = 44, 20
RADIUS = 4.5


@dataclass(frozen=True, slots=True)
class Row:
    """
    ``upper`` None is an interval without an end. ``silent`` says why there is nothing to draw.

    ``value`` is the interval in words; ``wide`` is added before it where there is room.
    """

    name: str
    lower: float | None = None
    point: float | None = None
    upper: float | None = None
    value: str = ""
    wide: str = ""
    silent: str | None = None
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of people that is spoken of, with its words."""

    at: float
    words: str


def forest(
    key: str,
    title: str,
    description: str,
    rows: Sequence[Row],
    scale: Scale,
    ticks: Sequence[float],
    words: Callable[[float], str],
    *,
    marks: Sequence[Mark] = (),
    around: tuple[float, float] | None = None,
) -> str:
    """
    Args:
        words: how a number is written along the axis.
        around: an interval that all rows are compared with, as a band behind them.
    """
    levels = _levels([scale.at(mark.at) for mark in marks])
    top = MARK * (max(levels, default=-1) + 1) + 5
    bottom = top + ROW * len(rows)
    parts = [svg.box(0, top, 100, bottom - top, "ground")]
    if around:
        left, right = scale.at(around[0]), scale.at(around[1])
        parts.append(svg.box(left, top, right - left, bottom - top, "around"))
    for tick in ticks:
        parts.append(svg.line(scale.at(tick), top, scale.at(tick), bottom, "grid"))
        parts.append(svg.text(scale.at(tick), bottom + 17, words(tick), "tick", scale.anchor(tick)))
    for mark, level in zip(marks, levels, strict=True):
        x, y = scale.at(mark.at), top - 6 - MARK * level
        parts.append(svg.line(x, y + 3, x, bottom, "mark"))
        parts.append(svg.text(x, y, mark.words, "mark-words", scale.anchor(mark.at)))
    for number, row in enumerate(rows):
        parts += _drawn(row, scale, top + number * ROW)
    return svg.drawing(key, title, description, bottom + AXIS, parts)


def _name(name: str) -> str:
    name = short(name, NAME)
    if len(name) <= SHORTER + 2:
        return said(name)
    end = f'<tspan class="wide">{said(name[SHORTER:])}</tspan><tspan class="narrow">…</tspan>'
    return f"{said(name[:SHORTER])}{end}"


def _levels(places: Sequence[float]) -> list[int]:
    """Places in their order; a mark goes above the one that it would cover."""
    levels: list[int] = []
    for number, place in enumerate(places):
        close = number and abs(place - places[number - 1]) < NEAR
        levels.append(levels[-1] + 1 if close else 0)
    return levels


def _drawn(row: Row, scale: Scale, top: float) -> list[str]:
    kind = "grey" if row.grey else "plain"
    parts = [svg.raw_text(0, top + 16, _name(row.name), f"name {kind}-words")]
    if row.silent is not None or row.lower is None:
        return [*parts, svg.text(0, top + BAR + 5, row.silent or "", "silent")]
    wide = f'<tspan class="wide">{said(row.wide)} </tspan>' if row.wide else ""
    parts.append(
        svg.raw_text(100, top + 16, f"{wide}{said(row.value)}", f"value {kind}-words", "end")
    )
    open_end = row.upper is None or row.upper > scale.high
    left = scale.at(row.lower)
    right = 100.0 if open_end else scale.at(row.upper or 0)
    parts.append(svg.line(left, top + BAR, right, top + BAR, f"bar {kind}"))
    if open_end:
        parts.append(svg.arrow(top + BAR, f"open-end {kind}"))
    if row.point is not None:
        parts.append(svg.dot(scale.at(row.point), top + BAR, RADIUS, f"dot {kind}"))
    return parts

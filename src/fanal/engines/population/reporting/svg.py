"""
Drawings that need no script: widths in percent, so that letters keep their size on a telephone.

Heights and radii are pixels, horizontal places are percents of the drawing; what must be a path is
put in a box of its own, stretched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fanal.engines.population.reporting.markup import said

LINE = 16


def drawing(key: str, title: str, description: str, height: float, parts: Iterable[str]) -> str:
    """An image with its words, for those who do not see it."""
    return (
        f'<svg class="drawing" role="img" aria-labelledby="{key}-t {key}-d" '
        f'width="100%" height="{height:.0f}">'
        f'<title id="{key}-t">{said(title)}</title><desc id="{key}-d">{said(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    return raw_text(x, y, said(words), kind, anchor)


def raw_text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words that are markup already, ``tspan`` for instance."""
    return (
        f'<text x="{x:.2f}%" y="{y:.1f}" text-anchor="{anchor}" class="{kind or "said"}">'
        f"{words}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}" class="{kind}"></line>'


def dot(x: float, y: float, radius: float, kind: str) -> str:
    return f'<circle cx="{x:.2f}%" cy="{y:.1f}" r="{radius:.1f}" class="{kind}"></circle>'


def box(x: float, y: float, width: float, height: float, kind: str, opacity: float = 1) -> str:
    shade = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return (
        f'<rect x="{x:.2f}%" y="{y:.1f}" width="{max(width, 0):.2f}%" '
        f'height="{max(height, 0):.1f}" class="{kind}"{shade}></rect>'
    )


def arrow(y: float, kind: str = "open-end") -> str:
    """At the right edge: what goes on beyond it."""
    return (
        f'<svg x="100%" y="{y - 5:.1f}" width="8" height="10" overflow="visible">'
        f'<path d="M-8 0 L0 5 L-8 10" class="{kind}"></path></svg>'
    )


def stretched(
    y: float, height: float, paths: Iterable[tuple[str, Sequence[tuple[float, float]]]]
) -> str:
    """
    Args:
        paths: class and points; x in percents of the drawing, y in pixels from the top of the box.
            A class that begins with ``band`` is closed.
    """
    drawn = []
    for kind, points in paths:
        steps = " ".join(f"{x:.2f},{place:.2f}" for x, place in points)
        name = "polygon" if kind.startswith("band") else "polyline"
        drawn.append(f'<{name} points="{steps}" class="{kind}"></{name}>')
    return (
        f'<svg x="0" y="{y:.1f}" width="100%" height="{height:.1f}" '
        f'viewBox="0 0 100 {height:.1f}" preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )

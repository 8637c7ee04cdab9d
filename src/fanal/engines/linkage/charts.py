"""One card as a picture: each field pushes the odds to the right, or to the left."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

WIDTH, LABELS, ROW, MARGIN = 800, 280, 30, 16
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1a1a1a}.for{fill:#1f6f5c}.against{fill:#a63a3a}"
    ".start{fill:#767676}.axis{stroke:#767676;stroke-width:1}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.for{fill:#6fcbb1}.against{fill:#f09a9a}"
    ".start{fill:#aaa}}"
)


def waterfall(told: Mapping[str, Any]) -> str:
    """
    An SVG of a card: bars one after the other, from the odds before to those after.

    It needs no colour to be read: each bar has its sign and its number.
    """
    rows = _rows(told)
    ends = [0.0]
    for _, bits, _ in rows:
        ends.append(ends[-1] + bits)
    low, high = min(ends), max(ends)
    scale = (WIDTH - LABELS - 90) / max(high - low, 1.0)
    height = MARGIN * 2 + ROW * (len(rows) + 1)
    zero = LABELS + (0.0 - low) * scale
    shapes = [
        f'<line class="axis" x1="{zero:.1f}" x2="{zero:.1f}" y1="{MARGIN}" y2="{height - MARGIN}"/>'
    ]
    for place, (label, bits, kind) in enumerate(rows):
        start, end = sorted((ends[place], ends[place + 1]))
        top = MARGIN + ROW * place
        sign = "+" if bits >= 0 else "−"
        number = f"{sign}{abs(bits):.1f}".replace(".", ",")
        shapes.append(
            f'<text x="0" y="{top + 19}">{escape(label)}</text>'
            f'<rect class="{kind}" x="{LABELS + (start - low) * scale:.1f}" y="{top + 6}" '
            f'width="{max((end - start) * scale, 1.0):.1f}" height="{ROW - 12}"/>'
            f'<text x="{LABELS + (end - low) * scale + 6:.1f}" y="{top + 19}">{number}</text>'
        )
    percent = f"{100 * told['probability']:.1f}".replace(".", ",")
    title = f"{' et '.join(told['records'])} : probabilité {percent} %"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}"><style>{STYLE}</style>{"".join(shapes)}'
        f'<text x="0" y="{height - MARGIN}" font-weight="bold">{escape(title)}</text></svg>\n'
    )


def _rows(told: Mapping[str, Any]) -> list[tuple[str, float, str]]:
    rows = [("au départ", float(told["before"]), "start")]
    rows += [
        (f"{field['field']} : {field['said']}"[:36], float(field["bits"]), _kind(field["bits"]))
        for field in told["fields"]
        if field["bits"]
    ]
    return [*rows, ("les autres fiches du groupe", told["group"], _kind(told["group"]))]


def _kind(bits: float) -> str:
    return "for" if bits >= 0 else "against"

"""Which lists see the same people: a row for each combination, the largest first."""

from __future__ import annotations

from fanal.engines.population.names import of_history, short
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure, said
from fanal.engines.population.reporting.protection import LARGEST, SMALLEST, Bounds
from fanal.engines.population.reporting.voice import count
from fanal.engines.population.tables import CaptureTable

ROW, SHOWN = 24.0, 40
LETTER, NAME = 7.0, 16
# Percents: a column, all the columns, where they begin and where the bars end.
COLUMN, COLUMNS, BEGINS, ENDS = 6.4, 44.0, 2.6, 84.0


def upset(table: CaptureTable) -> str:
    """
    Args:
        table: as it may be shown; a cell with bounds is drawn up to its upper one.
    """
    held = [
        (history, low, high)
        for history, (low, high) in enumerate(zip(table.low, table.high, strict=True))
        if high
    ]
    held.sort(key=lambda one: (-one[2], -one[1], one[0].bit_count(), one[0]))
    shown = held[:SHOWN]
    top = LETTER * max(min(len(name), NAME) for name in table.lists) + 14
    parts = _heads(table, top, ROW * len(shown))
    largest = max([high for _, _, high in held], default=1)
    for number, (history, low, high) in enumerate(shown):
        parts += _row(table, history, (low, high), largest, top + number * ROW)
    drawing = svg.drawing(
        "combinaisons",
        "Personnes vues par chaque combinaison de listes",
        "Une ligne par combinaison, de la plus nombreuse à la moins nombreuse : les points disent "
        "quelles listes, la barre combien de personnes. Les chiffres sont dans le tableau.",
        top + ROW * len(shown) + 6,
        parts,
    )
    return figure(drawing, _numbers(table, held), _note(len(held), bool(_hidden(table))))


def _heads(table: CaptureTable, top: float, height: float) -> list[str]:
    parts = []
    for place, name in enumerate(table.lists):
        x = _at(table, place)
        parts.append(svg.line(x, top - 2, x, top + height, "grid"))
        # A word that stands up: in a box of its own, as a turn has no percents.
        parts.append(
            f'<svg x="{x:.2f}%" y="{top - 8:.1f}" width="1" height="1" overflow="visible">'
            '<text x="0" y="4" transform="rotate(-90)" class="name">'
            f"{said(short(name, NAME))}</text></svg>"
        )
    return parts


def _row(table: CaptureTable, history: int, bounds: Bounds, largest: int, top: float) -> list[str]:
    middle = top + ROW / 2
    several = history.bit_count() > 1
    seen = [place for place in range(table.t) if history >> place & 1]
    parts = []
    if several:
        ends = _at(table, seen[0]), _at(table, seen[-1])
        parts.append(svg.line(ends[0], middle, ends[1], middle, "joined"))
    for place in range(table.t):
        kind = "seen" if place in seen else "unseen"
        parts.append(svg.dot(_at(table, place), middle, 4.5 if place in seen else 2, kind))
    start = _at(table, table.t)
    width = (ENDS - start) * bounds[1] / largest
    hidden = bounds[0] < bounds[1]
    kind = "hidden-bar" if hidden else "bar-several" if several else "bar-alone"
    parts.append(svg.box(start, top + 5, max(width, 0.4), ROW - 10, kind))
    parts.append(svg.text(start + width + 1.2, middle + 4.5, count(bounds), "value"))
    return parts


def _at(table: CaptureTable, place: int) -> float:
    return BEGINS + min(COLUMN, COLUMNS / table.t) * place


def _hidden(table: CaptureTable) -> list[int]:
    return [cell for cell in range(1, 1 << table.t) if table.low[cell] < table.high[cell]]


def _note(held: int, hidden: bool) -> str:
    told = []
    if hidden:
        told.append(
            f"Une case de {SMALLEST} à {LARGEST} personnes n'est pas montrée : sa barre va au plus "
            "haut qu'elle puisse être."
        )
    if held > SHOWN:
        told.append(f"Les {SHOWN} combinaisons les plus nombreuses ; toutes sont dans le tableau.")
    return " ".join(told)


def _numbers(table: CaptureTable, held: list[tuple[int, int, int]]) -> Table:
    return Table(
        "Personnes par combinaison de listes",
        ("Vues par", "Personnes"),
        [(of_history(table.lists, history), count((low, high))) for history, low, high in held],
        frozenset({1}),
    )

"""How lists go together, two by two: a half square, its names along the edge."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fanal.engines.population.analyses.odds import Odds
from fanal.engines.population.names import short
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure
from fanal.engines.population.reporting.voice import count, decimal
from fanal.engines.population.tables import CaptureTable

ROW, ROOM, NAME = 34.0, 26.0, 15
FAINTEST, STRONGEST, AT = 0.06, 0.38, 16.0
NOBODY = "∅"


def pairs(table: CaptureTable, odds: Sequence[Odds]) -> str:
    """
    Args:
        table, odds: as they may be shown.
    """
    width = (100 - ROOM) / table.t
    by_pair = {frozenset(one.pair): one for one in odds}
    parts = []
    for row, name in enumerate(table.lists):
        for column in range(row):
            one = by_pair[frozenset((name, table.lists[column]))]
            parts += _cell(one, column * width, row * ROW, width)
        x = row * width + 1.2
        parts.append(svg.text(x, row * ROW + 22, short(name, NAME), "name"))
    drawing = svg.drawing(
        "paires",
        "Rapport de cotes de chaque paire de listes",
        "Une case par paire de listes : plus elle est foncée, plus les deux listes voient les "
        "mêmes personnes. Le signe ∅ marque une paire sans aucune personne commune. Les rapports "
        "et leurs intervalles sont dans le tableau.",
        ROW * table.t + 4,
        parts,
    )
    return figure(
        drawing,
        _numbers(odds),
        "Rapport de cotes, parmi les personnes qu'une autre liste a vues ; en gras, celui dont "
        "l'intervalle exclut 1 ; ∅ : aucune personne commune.",
    )


def _cell(one: Odds, x: float, y: float, width: float) -> list[str]:
    place, middle = x + 0.3, x + width / 2
    if one.empty:
        return [
            svg.box(place, y + 1, width - 0.6, ROW - 2, "empty-pair"),
            svg.text(middle, y + 22, NOBODY, "name", "middle"),
        ]
    if one.ratio is None or one.lower is None or one.upper is None:
        return [svg.box(place, y + 1, width - 0.6, ROW - 2, "unknown-pair")]
    kind = "together" if one.ratio > 1 else "apart"
    strength = min(abs(math.log(one.ratio)) / math.log(AT), 1)
    sure = one.lower > 1 or one.upper < 1
    return [
        svg.box(
            place, y + 1, width - 0.6, ROW - 2, kind, FAINTEST + (STRONGEST - FAINTEST) * strength
        ),
        svg.text(middle, y + 22, _ratio(one.ratio), "sure" if sure else "value", "middle"),
    ]


def _ratio(ratio: float) -> str:
    return decimal(ratio, 1 if ratio < 1 or ratio >= 10 else 2)  # noqa: PLR2004


def _numbers(odds: Sequence[Odds]) -> Table:
    return Table(
        "Paires de listes",
        ("Paire", "Personnes communes", "Rapport de cotes", "Intervalle à 95 %"),
        [_row(one) for one in odds],
        frozenset({1, 2, 3}),
    )


def _row(one: Odds) -> tuple[str, str, str, str]:
    pair = f"{one.pair[0]} et {one.pair[1]}"
    common = "aucune" if one.empty else count((one.low, one.high))
    if one.ratio is None or one.lower is None or one.upper is None:
        return pair, common, "—", "aucune autre liste"
    limits = f"{decimal(one.lower)} à {decimal(one.upper)}"
    return pair, common, decimal(one.ratio), limits

"""Why, in words: what each rule closed to a request, and what would open."""

from __future__ import annotations

import numpy as np

from fanal.engines.placement.people import Examined, Rule
from fanal.engines.placement.problem import Ints

SAID = {
    Rule.AGE: ("pour l'âge", "pour l'âge"),
    Rule.SEX: ("pour le sexe accueilli", "pour le sexe accueilli"),
    Rule.CAPABILITY: ("sans ce qu'il faut", "sans ce qu'il faut"),
    Rule.DANGER: ("trop près d'un lieu de danger", "trop près d'un lieu de danger"),
    Rule.TRAVEL: ("trop loin pour la famille", "trop loin pour la famille"),
    Rule.FULL: ("pleine", "pleines"),
    Rule.OPEN: ("possible", "possibles"),
}
ORDER = (*list(SAID)[:-1], Rule.OPEN)


def reasons(examined: Examined, left: Ints, unit: int = -1) -> str:
    """
    One sentence on one request.

    Args:
        left: places still free in each unit once the plan is made, shape (units,).
        unit: the one the plan proposes, -1 when there is none.
    """
    rule = examined.rule.copy()
    rule[(rule == Rule.OPEN) & (left <= 0)] = Rule.FULL
    if unit >= 0:
        rule[unit] = Rule.OPEN
    parts = []
    for name in ORDER:
        count = int((rule == name).sum())
        if count:
            parts.append(f"{count} {SAID[name][count > 1]}")
    total = rule.size
    said = f"{total} unité{'s' * (total > 1)} examinée{'s' * (total > 1)}"
    sentence = f"{said} : {', '.join(parts)}" if parts else said
    opening = opens_at(examined, left)
    if opening is not None and unit < 0:
        sentence += f" ; une unité s'ouvrirait à {opening} km des lieux de danger"
    return f"{sentence}."


def opens_at(examined: Examined, left: Ints) -> int | None:
    """The distance to danger points, rounded down, at which a unit with a place would open."""
    near = examined.nearest[examined.danger_alone & (left > 0)]
    return int(np.floor(near.max())) if near.size else None

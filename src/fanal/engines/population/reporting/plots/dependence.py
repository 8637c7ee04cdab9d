"""How far the estimate goes with a dependence that no table can show."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fanal.engines.population.limits.bounds import Region
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure
from fanal.engines.population.reporting.scales import CUT_AT, Scale, of_people
from fanal.engines.population.reporting.voice import Voice, decimal, whole

HEIGHT, TOP = 260.0, 10.0
TICKS = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0)
TOLD, CONTRASTS = 5, 6
ROOM = 32.0


def dependence(region: Region, voice: Voice) -> str:
    curve = region.curve
    asked = [one.population for one in region.thresholds]
    points = [one.estimate or one.lower for one in curve]
    uppers = [one.upper for one in curve if one.upper is not None]
    people = of_people([*uppers, *points, *asked], curve[0].lower, CUT_AT * max([*points, *asked]))
    upright = Scale(people.low, people.high, people.log, start=HEIGHT, end=0)
    across = Scale(curve[0].at, curve[-1].at, log=True, start=1.5, end=98.5)
    parts = [svg.box(0, TOP, 100, HEIGHT, "ground")]
    for tick in upright.ticks(4):
        y = TOP + upright.at(tick)
        parts.append(svg.line(0, y, 100, y, "grid"))
        if tick:
            parts.append(svg.text(0.6, y - 4, voice.people(tick), "tick"))
    parts.append(svg.stretched(TOP, HEIGHT, _paths(region, across, upright)))
    for tick in TICKS:
        if curve[0].at * 0.99 <= tick <= curve[-1].at * 1.01:
            x, words = across.at(tick), _times(tick)
            parts.append(svg.text(x, TOP + HEIGHT + 18, words, "tick", across.anchor(tick)))
    parts += _asked(asked, people, upright)
    drawing = svg.drawing(
        "dependance",
        "Personnes selon la dépendance entre listes",
        "De gauche à droite, des listes qui s'évitent puis des listes qui s'adressent les mêmes "
        "personnes, par rapport au modèle ; en hauteur, l'estimation et la bande de son "
        "intervalle. Les chiffres sont dans le tableau.",
        TOP + HEIGHT + 26,
        parts,
    )
    return figure(
        drawing,
        _numbers(region, voice),
        "En travers : par combien être sur une liste multiplie la cote d'être sur une autre, parmi "
        "les personnes qu'aucune autre liste ne voit. Aucune donnée ne peut le dire.",
    )


def _asked(asked: Sequence[int], people: Scale, upright: Scale) -> list[str]:
    parts, above = [], -math.inf
    for population in sorted(asked, reverse=True):
        if population <= people.high:
            y = TOP + upright.at(population)
            # Under its line when the one above leaves it no room.
            place = y - 5 if y - above > ROOM else y + 13
            above = y
            parts.append(svg.line(0, y, 100, y, "mark"))
            parts.append(svg.text(100, place, whole(population), "mark-words", "end"))
    return parts


def _paths(
    region: Region, across: Scale, upright: Scale
) -> list[tuple[str, list[tuple[float, float]]]]:
    curve = region.curve
    upper = [
        (across.at(one.at), upright.at(upright.high if one.upper is None else one.upper))
        for one in curve
    ]
    lower = [(across.at(one.at), upright.at(one.lower)) for one in reversed(curve)]
    middle = [
        (across.at(one.at), upright.at(one.estimate)) for one in curve if one.estimate is not None
    ]
    return [("band interval", [*upper, *lower]), ("estimate", middle)]


def _times(ratio: float) -> str:
    if ratio == 1:
        return "modèle"
    return f"×{decimal(ratio, 1)}" if ratio > 1 else f"÷{decimal(1 / ratio, 1)}"


def _numbers(region: Region, voice: Voice) -> Table:
    curve = region.curve
    step = max((len(curve) - 1) // (TOLD - 1), 1)
    rows = [
        (_times(one.at), voice.estimate(one.estimate or one.lower, one.lower, one.upper))
        for one in curve[::step]
    ]
    rows += [
        (f"contraste {decimal(one.at)}", f"de {voice.between(one.lower, one.upper)}")
        for one in region.contrasts[:: max(len(region.contrasts) // CONTRASTS, 1)]
    ]
    return Table(
        "Personnes selon ce que l'on suppose",
        ("Dépendance ou contraste", "Estimation (intervalle à 95 %)"),
        rows,
        frozenset({1}),
    )

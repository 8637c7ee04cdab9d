"""The estimate as the data grow."""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.population.analyses.trajectory import Stage
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure
from fanal.engines.population.reporting.scales import CUT_AT, Scale, of_people
from fanal.engines.population.reporting.voice import Voice, percent

HEIGHT, TOP = 220.0, 10.0
WRITTEN = (0.2, 0.4, 0.6, 0.8, 1.0)


def growth(stages: Sequence[Stage], seen: float, voice: Voice) -> str:
    medians = [one.median for one in stages if one.median is not None]
    uppers = [one.upper for one in stages if one.upper is not None]
    people = of_people([*medians, *uppers], seen, CUT_AT * max(medians, default=seen + 1))
    upright = Scale(people.low, people.high, people.log, start=HEIGHT, end=0)
    across = Scale(stages[0].share, stages[-1].share, start=1.5, end=98.5)
    parts = [svg.box(0, TOP, 100, HEIGHT, "ground")]
    for tick in upright.ticks(4):
        y = TOP + upright.at(tick)
        parts.append(svg.line(0, y, 100, y, "grid"))
        if tick:
            parts.append(svg.text(0.6, y - 4, voice.people(tick), "tick"))
    upper = [
        (across.at(one.share), upright.at(upright.high if one.upper is None else one.upper))
        for one in stages
    ]
    lower = [
        (across.at(one.share), upright.at(upright.high if one.lower is None else one.lower))
        for one in stages
    ]
    middle = [
        (across.at(one.share), upright.at(one.median)) for one in stages if one.median is not None
    ]
    parts.append(
        svg.stretched(
            TOP, HEIGHT, [("band interval", [*upper, *reversed(lower)]), ("estimate", middle)]
        )
    )
    parts += [svg.dot(x, TOP + y, 3.5, "dot plain") for x, y in middle]
    for share in WRITTEN:
        anchor = across.anchor(share)
        parts.append(svg.text(across.at(share), TOP + HEIGHT + 18, percent(share), "tick", anchor))
    drawing = svg.drawing(
        "trajectoire-dessin",
        "Estimation selon la part des données",
        "De gauche à droite, de 10 % à toutes les personnes vues ; en hauteur, l'estimation "
        "médiane et la bande de 95 % des tirages. Les chiffres sont dans le tableau.",
        TOP + HEIGHT + 26,
        parts,
    )
    return figure(
        drawing,
        _numbers(stages, voice),
        "Trait : la médiane des tirages ; bande : 95 % d'entre eux. En travers, la part des "
        "personnes vues ; l'estimation est ramenée au tout.",
    )


def _numbers(stages: Sequence[Stage], voice: Voice) -> Table:
    rows = []
    for one in stages:
        told = (
            "la moitié des tirages n'ont aucune estimation"
            if one.median is None
            else voice.estimate(one.median, one.lower, one.upper)
        )
        rows.append((percent(one.share), told, percent(one.without_estimate)))
    return Table(
        "Estimation selon la part des personnes vues",
        ("Part", "Médiane (95 % des tirages)", "Tirages sans estimation"),
        rows,
        frozenset({1, 2}),
    )

"""What every model says, against how well it is supported."""

from __future__ import annotations

from fanal.engines.population.analyses.cloud import FIRST, Cloud, Weighed
from fanal.engines.population.reporting import svg
from fanal.engines.population.reporting.markup import Table, figure
from fanal.engines.population.reporting.scales import Scale
from fanal.engines.population.reporting.voice import Voice, percent, whole

HEIGHT, TOP, RANKED = 240.0, 36.0, 5
BIG = 9.5


def models(cloud: Cloud, scale: Scale, voice: Voice, chosen: str | None) -> str:
    """
    Args:
        chosen: the model that the stepwise method chose, drawn even when it is not among the first.
    """
    heaviest = cloud.models[0].weight
    upright = Scale(0, heaviest * 1.08, start=TOP + HEIGHT, end=TOP)
    parts = [svg.box(0, TOP, 100, HEIGHT, "ground")]
    for tick in upright.ticks(4):
        if tick:
            parts.append(svg.line(0, upright.at(tick), 100, upright.at(tick), "grid"))
            parts.append(svg.text(0.6, upright.at(tick) - 4, percent(tick), "tick"))
    for tick in scale.ticks():
        parts.append(svg.line(scale.at(tick), TOP, scale.at(tick), TOP + HEIGHT, "grid"))
        words = voice.people(tick)
        parts.append(svg.text(scale.at(tick), TOP + HEIGHT + 18, words, "tick", scale.anchor(tick)))
    parts.append(svg.text(0, 13, "Poids du modèle", "axis"))
    drawn = [(place, model) for place, model in enumerate(cloud.models) if _inside(model, scale)]
    for place, model in reversed(drawn):
        parts += _point(place, model, scale.at(model.estimate), upright.at(model.weight), chosen)
    drawing = svg.drawing(
        "modeles",
        "Estimation de chaque modèle contre son poids",
        "Un point par modèle : à droite, plus de personnes ; en haut, mieux soutenu par les "
        "données. Les cinq premiers portent leur rang. Les chiffres sont dans le tableau.",
        TOP + HEIGHT + 26,
        parts,
    )
    return figure(drawing, _numbers(cloud, voice), _note(cloud, chosen))


def _inside(model: Weighed, scale: Scale) -> bool:
    return scale.low <= model.estimate <= scale.high


def _point(place: int, model: Weighed, x: float, y: float, chosen: str | None) -> list[str]:
    if place < RANKED:
        return [
            svg.dot(x, y, BIG, "ranked"),
            svg.text(x, y + 4.5, str(place + 1), "rank", "middle"),
        ]
    if model.name == chosen:
        return [svg.dot(x, y, 5, "chosen")]
    return [svg.dot(x, y, 3, "model")]


def _note(cloud: Cloud, chosen: str | None) -> str:
    place = next((n for n, model in enumerate(cloud.models) if model.name == chosen), None)
    rank = "" if place is None else f" La méthode pas à pas a choisi le modèle de rang {place + 1}."
    return (
        "Un point par modèle, ses personnes en travers, son poids (BIC) en hauteur ; les cinq "
        f"premiers portent leur rang.{rank}"
    )


def _numbers(cloud: Cloud, voice: Voice) -> Table:
    rows = [
        (
            f"{place}. {model.name}",
            percent(model.weight),
            voice.estimate(model.estimate, model.lower, model.upper),
        )
        for place, model in enumerate(cloud.models[:FIRST], start=1)
    ]
    return Table(
        "Les premiers modèles, leur intervalle supposant chacun vrai",
        ("Modèle", "Poids", "Estimation (intervalle à 95 %)"),
        rows,
        frozenset({1, 2}),
    )


def tops(cloud: Cloud, voice: Voice) -> Table:
    """How the interval widens with the models that each draw may choose."""
    return Table(
        "Intervalle selon le nombre de modèles que chaque tirage peut choisir",
        ("Modèles essayés", "Estimation (intervalle à 95 %)"),
        [(whole(top.first), voice.answer(top.answer)) for top in cloud.tops],
        frozenset({1}),
    )

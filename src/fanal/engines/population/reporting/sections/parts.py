"""The parts of the population, in the order of their names: a list, and no ranking."""

from __future__ import annotations

from fanal.engines.population.answers import Answer
from fanal.engines.population.reporting.findings import Findings, Strata
from fanal.engines.population.reporting.markup import Table, figure, paragraph, section
from fanal.engines.population.reporting.plots.forest import forest
from fanal.engines.population.reporting.scales import of_answers
from fanal.engines.population.reporting.sections.compared import row_of
from fanal.engines.population.reporting.voice import Voice, percent


def parts(findings: Findings, voice: Voice) -> str:
    strata = findings.strata
    if strata is None:
        return ""
    named: list[tuple[str, Answer]] = sorted(strata.parts, key=lambda one: one[0])
    named.append(("Ensemble, d'un coup", strata.whole))
    if strata.together is not None:
        named.append(("Somme des parties", strata.together))
    lowest = min((one.lower for _, one in named if one.lower is not None), default=1)
    scale = of_answers([answer for _, answer in named], max(lowest, 1))
    drawing = forest(
        "strates-dessin",
        "Estimation de chaque partie et de l'ensemble",
        "Une ligne par partie, dans l'ordre des noms. Les chiffres sont dans le tableau.",
        [row_of(name, answer, voice) for name, answer in named],
        scale,
        scale.ticks(),
        voice.people,
    )
    table = Table(
        "Estimation de chaque partie",
        ("Partie", "Estimation (intervalle à 95 %)", "Réserve"),
        [(name, voice.answer(answer), " ".join(answer.warnings) or "—") for name, answer in named],
        frozenset({1}),
    )
    return section(
        "strates",
        "Par partie",
        paragraph(_told(strata)),
        figure(drawing, table),
    )


def _told(strata: Strata) -> str:
    told = (
        "Dans l'ordre des noms : ces nombres ne se classent pas, car leurs intervalles se "
        "recouvrent souvent."
    )
    points = [answer.estimate for _, answer in strata.parts if answer.estimate is not None]
    whole = strata.whole.estimate
    if whole is None or not points:
        return told
    silent = len(strata.parts) - len(points)
    gap = (sum(points) - whole) / whole
    way = "de plus" if gap >= 0 else "de moins"
    without = f", {silent} parties sans réponse comptant pour zéro" if silent else ""
    return (
        f"{told} Additionnées, les parties font {percent(abs(gap))} {way} que l'ensemble estimé "
        f"d'un coup{without}."
    )

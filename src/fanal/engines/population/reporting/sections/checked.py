"""Two checks: a list that is known, found again; and the estimate as the data grow."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fanal.engines.population.analyses import Found, Minimum, Record, Stage, records
from fanal.engines.population.names import method, silent, times
from fanal.engines.population.refusals import Refused
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import (
    Table,
    figure,
    folded,
    paragraph,
    section,
)
from fanal.engines.population.reporting.plots.forest import Mark, Row, forest
from fanal.engines.population.reporting.plots.growth import growth
from fanal.engines.population.reporting.protection import seen_by
from fanal.engines.population.reporting.scales import Scale, of_ratios
from fanal.engines.population.reporting.voice import FIRM, Voice, count, decimal, percent
from fanal.engines.population.tables import CaptureTable

RATIOS = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0, 5.0, 10.0, 20.0)
GROWS = 1.2
HAD_FEWER = "Si l'on n'avait vu qu'une part de ces personnes, qu'aurait-on dit ?"


def consistency(findings: Findings, shown: CaptureTable) -> str:
    found = findings.analyses.consistency
    title = "Retrouver une liste que l'on connaît"
    if not found:
        return ""
    return section(
        "coherence",
        title,
        paragraph(checked(found)),
        _drawn(found, shown),
        folded(_records(records(found))),
    )


def _drawn(found: Sequence[Found], shown: CaptureTable) -> str:
    """The lists by the first method; its numbers alone when it has no answer for any."""
    mine = [one for one in found if one.method == found[0].method]
    ratios = [ratio for one in mine for ratio in _ratios(one) if ratio]
    if not ratios:
        return folded(_numbers(found, shown))
    scale = of_ratios(ratios)
    drawing = forest(
        "coherence-dessin",
        "Chaque liste prise comme population connue",
        "Une ligne par liste : l'estimation de ses personnes, divisée par leur nombre vrai ; "
        "l'intervalle devrait contenir 1. Les chiffres sont dans le tableau.",
        [_row(one) for one in mine],
        scale,
        _ticks(scale),
        lambda ratio: decimal(ratio, 1),
        marks=[Mark(1.0, "nombre vrai")],
    )
    return figure(
        drawing,
        _numbers(found, shown),
        f"{method(found[0].method)} : l'estimation des personnes d'une liste par les autres, "
        "divisée par leur nombre.",
    )


def _ratios(one: Found) -> tuple[float | None, float | None, float | None]:
    """The lower limit, the estimate and the upper limit, over the truth."""
    answer = one.answer
    if answer.estimate is None or not one.known:
        return None, None, None
    lower = None if answer.lower is None else answer.lower / one.known
    upper = None if answer.upper is None else answer.upper / one.known
    return lower, answer.estimate / one.known, upper


def _row(one: Found) -> Row:
    if (why := silent(one.answer)) is not None:
        return Row(one.name, silent=why)
    lower, ratio, upper = _ratios(one)
    return Row(one.name, lower, ratio, upper, _limits(lower, upper), f"{_times(ratio or 1)} ·")


def _limits(lower: float | None, upper: float | None) -> str:
    if lower is None:
        return "pas d'intervalle"
    if upper is None:
        return f"{_times(lower)} ou plus"
    return f"{_times(lower)}{FIRM}à{FIRM}{_times(upper)}"


def _times(ratio: float) -> str:
    return decimal(ratio, 2 if 0.095 <= ratio < 9.5 else 1)  # noqa: PLR2004


def _ticks(scale: Scale) -> list[float]:
    within = [ratio for ratio in RATIOS if scale.low <= ratio <= scale.high]
    return [ratio for ratio in within if len(within) <= 5 or not 0.4 < abs(math.log10(ratio)) < 0.8]  # noqa: PLR2004


def checked(found: Sequence[Found]) -> str:
    """What the check comes to, for the first method."""
    first = records(found)[0]
    told = (
        "Les personnes d'une liste sont comptées. Celles d'entre elles que les autres listes ont "
        "vues devraient permettre de retrouver ce nombre : c'est la seule épreuve que ces données "
        "permettent."
    )
    if first.cover is None or first.mean_log_bias is None:
        return f"{told} Ici, aucune liste n'est retrouvée : il n'y a pas assez de recoupements."
    way = "trop bas" if first.mean_log_bias < 0 else "trop haut"
    return (
        f"{told} {method(first.method)} : l'intervalle contient le nombre vrai "
        f"{times(round(first.cover * first.answered))} sur {first.answered}, et l'estimation est "
        f"en moyenne {percent(abs(math.expm1(first.mean_log_bias)))} {way}."
    )


def _numbers(found: Sequence[Found], shown: CaptureTable) -> Table:
    rows = []
    for one in found:
        known = count(seen_by(shown, shown.lists.index(one.name)))
        lower, ratio, upper = _ratios(one)
        told = silent(one.answer) or f"{_times(ratio or 1)} ({_limits(lower, upper)})"
        rows.append((one.name, method(one.method), known, told))
    return Table(
        "Estimation de chaque liste, divisée par son nombre vrai",
        ("Liste", "Méthode", "Nombre vrai", "Rapport (intervalle à 95 %)"),
        rows,
        frozenset({2, 3}),
    )


def _records(found: Sequence[Record]) -> Table:
    rows = [
        (
            method(one.method),
            f"{one.answered} sur {one.lists}",
            "—" if one.mean_log_bias is None else decimal(one.mean_log_bias),
            "—" if one.log_rmse is None else decimal(one.log_rmse),
            "—" if one.cover is None else f"{round(one.cover * one.answered)} sur {one.answered}",
        )
        for one in found
    ]
    return Table(
        "Bilan par méthode",
        ("Méthode", "Listes estimées", "Biais (log)", "Erreur (log)", "Intervalles justes"),
        rows,
        frozenset({1, 2, 3, 4}),
    )


def trajectory(findings: Findings, least: Minimum, voice: Voice) -> str:
    stages = findings.analyses.trajectory
    title = "Et avec moins de données"
    if isinstance(stages, Refused):
        return section("trajectoire", title, paragraph(stages.message, "quiet"))
    return section(
        "trajectoire",
        title,
        paragraph(
            f"Si l'on n'avait vu qu'une part de ces personnes, qu'aurait-on dit ? {grown(stages)}"
        ),
        growth(stages, least.seen[0], voice),
    )


def grown(stages: Sequence[Stage]) -> str:
    """Whether the estimate still moves between half of the data and all of them."""
    half, last = stages[len(stages) // 2 - 1].median, stages[-1].median
    if half is None or last is None:
        return "Avec moins de données, il n'y a souvent aucune estimation."
    if max(half, last) <= GROWS * min(half, last):
        return "De la moitié des données à toutes, l'estimation bouge peu."
    way = "monte" if last > half else "baisse"
    return (
        f"L'estimation {way} encore quand les données grandissent : d'autres personnes vues la "
        "changeraient sans doute."
    )

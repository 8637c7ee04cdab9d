"""What is read first: two sentences, the doubt among them, and what forbids to publish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanal.engines.population.analyses import Minimum, Record, records
from fanal.engines.population.analyses.minimum import OVERLAP
from fanal.engines.population.answers import Answer
from fanal.engines.population.names import listed, plural, times
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import said
from fanal.engines.population.reporting.voice import Voice, count, decimal, whole

FAR_APART, LOST = 1.5, 0.5
EXACT = (
    " : les estimations viennent du tableau exact. Qui refait le calcul pour chaque valeur "
    "possible d'une case cachée la retrouve."
)


def sentences(findings: Findings, least: Minimum, voice: Voice) -> tuple[str, str]:
    """
    The first two of the report: the estimate and its interval, then the main doubt.

    Args:
        least: what was counted, as it may be told.
    """
    seen = f"au moins {whole(least.seen[0])} personnes ont été vues"
    chao = findings.answer("chao")
    if chao and chao.estimate is not None and chao.lower is not None:
        seen += (
            f", au moins {voice.people(chao.estimate)} existent selon la borne de Chao "
            f"(intervalle à 95 % : {voice.between(chao.lower, chao.upper)})"
        )
    ends = reach(findings.answers)
    if ends is None:
        return (
            f"Estimation : {seen} ; aucune méthode ne donne d'intervalle.",
            f"Le principal doute : {doubt(findings, least, voice)}",
        )
    low, high = ends
    models = (
        f"les modèles disent {voice.least(low)} ou plus, sans borne haute"
        if high is None
        else f"les modèles disent entre {voice.least(low)} et {voice.most(high)}"
    )
    return (
        f"Estimation : {seen} ; {models}, chaque intervalle compris.",
        f"Le principal doute : {doubt(findings, least, voice)}",
    )


def models(answers: Sequence[Answer]) -> list[Answer]:
    """The answers that have an estimate and an interval, the lower bound left out."""
    return [
        one
        for one in answers
        if one.estimate is not None and one.lower is not None and one.method != "chao"
    ]


def reach(answers: Sequence[Answer]) -> tuple[float, float | None] | None:
    """From the lowest to the highest limit of all the models; no highest when one has none."""
    told = models(answers)
    if not told:
        return None
    uppers = [one.upper for one in told if one.upper is not None]
    low = min(one.lower for one in told if one.lower is not None)
    return low, max(uppers) if len(uppers) == len(told) else None


def doubt(findings: Findings, least: Minimum, voice: Voice) -> str:
    """The heaviest of what was found against the estimate."""
    if not least.enough_lists:
        return "avec deux listes, rien ne permet de vérifier qu'elles sont indépendantes."
    if not least.enough_overlap:
        return _thin(least)
    told = [one.estimate for one in models(findings.answers) if one.estimate is not None]
    checked = _checked(findings)
    if checked and checked.cover is not None and checked.cover <= LOST:
        covered = round(checked.cover * checked.answered)
        seldom = f"que {times(covered)}" if covered else times(0)
        return (
            f"quand une liste sert de population connue, l'intervalle ne la retrouve "
            f"{seldom} sur {checked.answered} ; l'intervalle affiché promet donc plus qu'il ne "
            "tient."
        )
    if told and max(told) > FAR_APART * min(told):
        return (
            "d'une méthode à l'autre l'estimation est jusqu'à "
            f"{decimal(max(told) / min(told))} fois plus grande, et aucun intervalle ne le dit à "
            "lui seul."
        )
    return (
        "chaque intervalle suppose son modèle vrai, et aucune donnée ne montre si les personnes "
        "que nul n'a vues ressemblent aux autres."
    )


def _thin(least: Minimum) -> str:
    people = plural(least.on_several[1], "personne", "personnes")
    told = f"{count(least.on_several)} {people} sur deux listes ou plus, quand il en faut {OVERLAP}"
    if least.on_several[1] < OVERLAP:
        return f"{told} : ces données ne suffisent pas à une estimation."
    return f"{told} au moins : il se peut que ces données ne suffisent pas à une estimation."


def _checked(findings: Findings) -> Record | None:
    found = records(findings.analyses.consistency)
    return found[0] if found else None


def banner(findings: Findings) -> str:
    """What forbids to publish; empty when nothing does."""
    reasons = []
    missing = [(number, title) for number, title, present, _ in findings.items if not present]
    if missing:
        points = plural(len(missing), "le point", "les points")
        named = listed(f"{number} ({_head(title)})" for number, title in missing)
        reasons.append(
            f"{said(f' : il manque {points} {named}.')} "
            '<a href="#controle">Voir la liste de contrôle</a>'
        )
    if findings.gives_cells_back:
        reasons.append(said(EXACT))
    paragraphs = "".join(f"<p><strong>Non publiable</strong>{reason}</p>" for reason in reasons)
    return f'<div class="banner">{paragraphs}</div>' if reasons else ""


def _head(title: str) -> str:
    first = re.split(r"\s?[:,;]", title, maxsplit=1)[0].strip()
    return first[:1].lower() + first[1:]

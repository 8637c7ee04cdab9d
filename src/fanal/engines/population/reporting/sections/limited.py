"""What no table shows: how far the number goes when that is bounded, and not denied."""

from __future__ import annotations

from fanal.engines.population.limits.bounds import Region, Threshold
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import bullets, paragraph, section
from fanal.engines.population.reporting.plots.dependence import dependence
from fanal.engines.population.reporting.voice import Voice, whole


def limited(findings: Findings, voice: Voice) -> str:
    region = findings.region
    title = "Ce qu'aucune donnée ne montre"
    if region is None:
        return ""
    if region.refused is not None or not region.curve:
        message = region.refused.message if region.refused else ""
        return section("bornes", title, paragraph(message, "quiet"))
    return section(
        "bornes",
        title,
        paragraph(bounded(region, voice)),
        dependence(region, voice),
        bullets([_threshold(one, region) for one in region.thresholds], "thresholds"),
        "<h3>Ce que ces bornes supposent</h3>",
        bullets(region.assumptions),
    )


def bounded(region: Region, voice: Voice) -> str:
    """From where to where, when what no data show is bounded."""
    return (
        "Tous les modèles supposent qu'ensemble les listes ne disent rien de plus de ceux que nul "
        "n'a vus. Si l'on borne cette dépendance au lieu de la nier, le nombre de personnes va de "
        f"{voice.between(region.lower or region.observed, region.upper)}, intervalles compris."
    )


def _threshold(one: Threshold, region: Region) -> str:
    if one.population < region.observed:
        # How many were seen is said elsewhere, as it may be.
        return f"{whole(one.population)} est impossible : davantage de personnes ont été vues."
    return one.said

"""The whole report: one page, which asks nothing of any network and runs nothing."""

from __future__ import annotations

import re
from pathlib import Path

from fanal.engines.population.analyses import minimum
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import paragraph, said
from fanal.engines.population.reporting.opening import banner, sentences
from fanal.engines.population.reporting.protection import shown_as
from fanal.engines.population.reporting.sections.checked import consistency, trajectory
from fanal.engines.population.reporting.sections.compared import all_models, compared, essential
from fanal.engines.population.reporting.sections.counted import seen, together
from fanal.engines.population.reporting.sections.ending import checklist, reproduce
from fanal.engines.population.reporting.sections.limited import limited
from fanal.engines.population.reporting.sections.moved import omitted, threshold
from fanal.engines.population.reporting.sections.parts import parts
from fanal.engines.population.reporting.voice import Voice
from fanal.engines.population.tables import CaptureTable

STYLE = Path(__file__).with_name("report.css")
# Nothing may be fetched nor run, whatever a name of a list would try.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HEADING = re.compile(r'<section id="([a-z]+)" aria-labelledby="[a-z-]+"><h2 [^>]*>(.*?)</h2>')
PROTECTED = "Les cases de 1 à 10 personnes ne sont pas montrées, ni aucun total qui les rendrait. "
COMPUTED = (
    "Tout est calculé sur le tableau ainsi montré : une case cachée y vaut ce que le modèle en "
    "attend. Avec le tableau exact, les estimations seraient autres."
)
ROUNDED = "Les bornes des estimations sont arrondies vers l'extérieur."


def render(findings: Findings) -> str:
    """
    The report in French, as one HTML page.

    Whatever is counted is told out of the protected table alone, unless ``findings.public``.
    """
    voice = Voice(public=not findings.gives_cells_back)
    shown = shown_as(findings.table, public=findings.public)
    least = minimum(shown)
    first, second = sentences(findings, least, voice)
    sections = "\n".join(
        [
            seen(shown, least),
            together(shown, least),
            compared(findings, least, voice),
            all_models(findings, least, voice),
            threshold(findings, least, voice),
            omitted(findings, least, voice),
            consistency(findings, shown),
            trajectory(findings, least, voice),
            limited(findings, voice),
            parts(findings, voice),
            checklist(findings),
        ]
    )
    return _PAGE.format(
        policy=POLICY,
        title=said(findings.title),
        style=STYLE.read_text(encoding="utf-8"),
        banner=banner(findings),
        first=said(first),
        second=said(second),
        essential=essential(findings, least, voice),
        protected=_protected(findings, shown),
        contents=_contents(sections),
        sections=sections,
        foot=reproduce(findings, shown),
    )


def _protected(findings: Findings, shown: CaptureTable) -> str:
    if not shown.is_protected:
        return ""
    return paragraph(PROTECTED + (ROUNDED if findings.gives_cells_back else COMPUTED), "quiet")


def _contents(sections: str) -> str:
    links = "".join(
        f'<li><a href="#{key}">{title}</a></li>' for key, title in HEADING.findall(sections)
    )
    return f'<nav class="contents" aria-label="Sommaire"><ol>{links}</ol></nav>'


_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="head"><p>Fanal · estimation de population par recoupement de listes</p></header>
<main id="contenu" tabindex="-1">
<h1>{title}</h1>
{banner}
<p class="lead">{first} <strong>{second}</strong></p>
{essential}
{protected}
{contents}
{sections}
</main>
<footer class="foot">
{foot}
</footer>
</body>
</html>
"""

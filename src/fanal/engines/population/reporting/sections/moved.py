"""How the estimate moves: with the threshold, without a list, with lists merged, by one person."""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.population.analyses import Merged, Minimum, OnePerson, Way, Without
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear.choosing import ENTERS_UNDER
from fanal.engines.population.names import listed
from fanal.engines.population.refusals import Refused
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import Table, figure, paragraph, section
from fanal.engines.population.reporting.plots.forest import Row, forest
from fanal.engines.population.reporting.plots.stairs import stairs
from fanal.engines.population.reporting.scales import of_answers
from fanal.engines.population.reporting.sections.compared import row_of
from fanal.engines.population.reporting.voice import Voice

MERGES_DRAWN = 10
CHOSEN = (
    "Quelles listes ont été prises est un choix que le résultat ne montre pas. Chacune est retirée "
    "à son tour ; la bande est l'intervalle avec toutes."
)
Changed = Sequence[tuple[str, Answer]]


def threshold(findings: Findings, least: Minimum, voice: Voice) -> str:
    path, found = findings.analyses.path, findings.analyses.stairs
    title = "Ce que fait le seuil d'entrée"
    if isinstance(path, Refused) or not found:
        message = path.message if isinstance(path, Refused) else ""
        return section("seuils", title, paragraph(message, "quiet"))
    return section(
        "seuils",
        title,
        paragraph(
            "La méthode pas à pas fait entrer une paire de listes quand le hasard l'explique mal. "
            "Où commence « mal » est un choix : voici l'estimation pour chaque seuil. "
            f"{_ties(path, findings.answer('stepwise'), voice)}"
        ),
        stairs(found, least.seen[0], voice),
    )


def _ties(path: Way, answer: Answer | None, voice: Voice) -> str:
    open_ones = path.all_at(ENTERS_UNDER)
    if len(open_ones) < 2:  # noqa: PLR2004
        return "Aucune égalité entre deux paires n'a laissé le choix au hasard."
    told = listed(voice.people(one) for one in open_ones)
    limits = ""
    if answer is not None:
        limits = f" ; intervalle de la première : {voice.between(answer.lower, answer.upper)}"
    return (
        "Deux paires avaient autant de raisons d'entrer : selon la première, l'estimation est "
        f"{told}{limits}."
    )


def omitted(findings: Findings, least: Minimum, voice: Voice) -> str:
    analyses, whole = findings.analyses, findings.answer("stepwise")
    if not analyses.without:
        return ""
    without = [(f"Sans {one.name}", one.answer) for one in analyses.without]
    merged = _furthest(analyses.merged, whole)
    return section(
        "omissions",
        "Si une liste manquait",
        paragraph(f"{CHOSEN} {left_out(analyses.without, whole)}"),
        _forest("sans", "Estimation sans une liste", without, whole, least, voice),
        paragraph(_merges(analyses.merged)),
        _forest(
            "reunies", "Estimation quand deux listes sont réunies", merged, whole, least, voice
        ),
        paragraph(one_person(analyses.one_person, whole, voice)),
    )


def left_out(without: Sequence[Without], whole: Answer | None) -> str:
    """Which lists carry the estimate out of its interval when they are left out."""
    if whole is None or whole.lower is None or whole.upper is None:
        return ""
    out = [
        one.name
        for one in without
        if one.answer.estimate is not None and not whole.lower <= one.answer.estimate <= whole.upper
    ]
    if out:
        return f"L'estimation sort de son intervalle sans {listed(out)}."
    return "Aucune liste retirée ne fait sortir l'estimation de son intervalle."


def _merges(merged: Sequence[Merged]) -> str:
    told = "Réunir deux listes est un autre choix."
    if len(merged) <= MERGES_DRAWN:
        return told
    return (
        f"{told} Voici les {MERGES_DRAWN} réunions qui changent le plus ; le tableau a les autres."
    )


def _furthest(merged: Sequence[Merged], whole: Answer | None) -> Changed:
    named = [(f"{one.names[0]} et {one.names[1]}", one.answer) for one in merged]
    if whole is None or whole.estimate is None:
        return named
    middle = whole.estimate
    return sorted(named, key=lambda one: -abs((one[1].estimate or middle) - middle))


def _forest(
    key: str,
    title: str,
    changed: Changed,
    whole: Answer | None,
    least: Minimum,
    voice: Voice,
) -> str:
    drawn = list(changed)[:MERGES_DRAWN]
    answers = [answer for _, answer in drawn] + ([whole] if whole else [])
    scale = of_answers(answers, least.seen[0])
    rows: list[Row] = [row_of("Toutes les listes", whole, voice)] if whole else []
    rows += [row_of(name, answer, voice) for name, answer in drawn]
    around = None
    if whole is not None and whole.lower is not None and whole.upper is not None:
        around = whole.lower, whole.upper
    drawing = forest(
        key,
        title,
        "Une ligne par changement ; la bande est l'intervalle avec toutes les listes. Les chiffres "
        "sont dans le tableau.",
        rows,
        scale,
        scale.ticks(),
        voice.people,
        around=around,
    )
    table = Table(
        title,
        ("Changement", "Estimation (intervalle à 95 %)"),
        [(name, voice.answer(answer)) for name, answer in changed],
        frozenset({1}),
    )
    return figure(drawing, table)


def one_person(found: OnePerson | Refused, whole: Answer | None, voice: Voice) -> str:
    if isinstance(found, Refused):
        return ""
    limits = ""
    if whole is not None and whole.lower is not None:
        limits = f" (intervalle à 95 % : {voice.between(whole.lower, whole.upper)})"
    down, up = found.estimate - found.lowest.estimate, found.highest.estimate - found.estimate
    lost = ""
    if found.without_estimate:
        lost = (
            f" Pour {found.without_estimate} de ces changements sur {found.tried}, il n'y a plus "
            "d'estimation."
        )
    return (
        "Une seule personne de plus ou de moins, dans n'importe quelle combinaison de listes, "
        f"déplace l'estimation de {voice.people(max(down, 0))} au plus vers le bas et de "
        f"{voice.people(max(up, 0))} vers le haut{limits}.{lost}"
    )

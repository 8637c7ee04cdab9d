"""What the methods say, side by side, and what all the models say."""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.population.analyses import Cloud, Minimum
from fanal.engines.population.answers import Answer
from fanal.engines.population.names import (
    GIVEN_ONE_MODEL,
    RECOMMENDED,
    method,
    plural,
    silent,
)
from fanal.engines.population.refusals import Refused
from fanal.engines.population.reporting.findings import Findings
from fanal.engines.population.reporting.markup import Table, figure, folded, paragraph, section
from fanal.engines.population.reporting.opening import reach
from fanal.engines.population.reporting.plots import models
from fanal.engines.population.reporting.plots.forest import Mark, Row, forest
from fanal.engines.population.reporting.scales import of_answers
from fanal.engines.population.reporting.voice import Voice, count, percent, whole

# From this weight on, one model speaks for nearly all.
ALONE = 0.9


def essential(findings: Findings, least: Minimum, voice: Voice) -> str:
    """All of it in four lines, with the numbers that are spoken of."""
    region, chao = findings.region, findings.answer("chao")
    seen = float(least.seen[0])
    point = seen if least.seen[0] == least.seen[1] else None
    rows = [Row("Personnes vues", seen, point, float(least.seen[1]), count(least.seen))]
    if chao is not None:
        rows.append(row_of("Borne basse de Chao", chao, voice))
    recommended = findings.answer(RECOMMENDED)
    if recommended is not None:
        rows.append(row_of("Méthode conseillée", recommended, voice))
    if ends := reach(findings.answers):
        rows.append(Row("Tous les modèles", *_ends(ends), voice.between(*ends)))
    if region is not None and region.lower is not None:
        told = voice.between(region.lower, region.upper)
        rows.append(Row("Dépendance cachée", region.lower, None, region.upper, told))
    asked = [] if region is None else [one.population for one in region.thresholds]
    furthest = [] if region is None or region.upper is None else [region.upper]
    scale = of_answers(findings.answers, seen, [*asked, *furthest])
    drawing = forest(
        "essentiel",
        "L'essentiel : personnes vues, borne basse, modèles et bornes",
        "Un intervalle par ligne, du plus sûr au plus prudent. Les chiffres sont dans le tableau.",
        rows,
        scale,
        scale.ticks(),
        whole,
        marks=[Mark(one, whole(one)) for one in asked],
    )
    table = Table(
        "L'essentiel",
        ("Ce qui est dit", "Personnes"),
        [(row.name, row.silent or f"{row.wide} {row.value}".strip()) for row in rows],
        frozenset({1}),
    )
    return figure(drawing, table)


def _ends(ends: tuple[float, float | None]) -> tuple[float, None, float | None]:
    return ends[0], None, ends[1]


def row_of(name: str, answer: Answer, voice: Voice, *, grey: bool = False) -> Row:
    """An answer as a row: the estimate where there is room, its interval always."""
    if (why := silent(answer)) is not None:
        return Row(name, silent=why)
    return Row(
        name,
        answer.lower,
        answer.estimate,
        answer.upper,
        voice.between(answer.lower, answer.upper),
        f"{voice.people(answer.estimate or 0)} ·",
        grey=grey,
    )


def compared(findings: Findings, least: Minimum, voice: Voice) -> str:
    grey = GIVEN_ONE_MODEL | findings.given_one_model
    answers = sorted(findings.answers, key=lambda one: one.method != RECOMMENDED)
    answers += _alone(findings)
    rows, told = [], []
    for answer in answers:
        name, given = method(answer.method), answer.method in grey
        rows.append(row_of(name, answer, voice, grey=given))
        told.append((name, voice.answer(answer), "suppose son modèle vrai" if given else "—"))
    scale = of_answers(answers, least.seen[0])
    drawing = forest(
        "methodes-dessin",
        "Estimation de chaque méthode et son intervalle à 95 %",
        "Une ligne par méthode ; en gris, l'intervalle suppose un seul modèle vrai. Les chiffres "
        "sont dans le tableau.",
        rows,
        scale,
        scale.ticks(),
        voice.people,
    )
    table = Table(
        "Estimation de chaque méthode",
        ("Méthode", "Estimation (intervalle à 95 %)", "Réserve"),
        told,
        frozenset({1}),
    )
    return section(
        "methodes",
        "Ce que disent les méthodes",
        paragraph(_silent_ones(findings.answers)),
        figure(
            drawing,
            table,
            "En gris : l'intervalle suppose un seul modèle vrai, et paraît plus sûr qu'il n'est.",
        ),
        _warnings(findings.answers),
    )


def _alone(findings: Findings) -> list[Answer]:
    """The intervals of a chosen model kept in every draw, beside those that choose again."""
    found = [findings.analyses.alone]
    cloud = findings.analyses.cloud
    if not isinstance(cloud, Refused):
        first = cloud.models[0]
        found.append(Answer("bic_alone", first.estimate, first.lower, first.upper))
    return [one for one in found if one.lower is not None]


def _silent_ones(answers: Sequence[Answer]) -> str:
    refused = [one for one in answers if one.refused is not None]
    told = (
        "Chaque méthode lit les mêmes listes avec d'autres hypothèses. Leur désaccord fait partie "
        "du résultat : aucune n'est la bonne à elle seule."
    )
    if refused:
        methods = plural(len(refused), "méthode n'a", "méthodes n'ont")
        told += f" {len(refused)} {methods} pas de réponse ; la raison en est dite."
    return told


def _warnings(answers: Sequence[Answer]) -> str:
    rows = [(method(one.method), " ".join(one.warnings)) for one in answers if one.warnings]
    if not rows:
        return ""
    return folded(Table("Réserves des méthodes", ("Méthode", "Ce qu'elle dit d'elle-même"), rows))


def all_models(findings: Findings, least: Minimum, voice: Voice) -> str:
    cloud = findings.analyses.cloud
    title = "Ce que disent tous les modèles"
    if isinstance(cloud, Refused):
        return section("modeles", title, paragraph(cloud.message, "quiet"))
    stepwise = findings.answer("stepwise")
    given = [
        Answer("", one.estimate, one.lower or one.estimate, one.upper or one.estimate)
        for one in cloud.models
        if one.weight > cloud.models[0].weight / 1000
    ]
    scale = of_answers(given, least.seen[0])
    return section(
        "modeles",
        title,
        paragraph(_cloud(cloud)),
        models.models(cloud, scale, voice, stepwise.model if stepwise else None),
        folded(models.tops(cloud, voice)) if cloud.tops else "",
    )


def _cloud(cloud: Cloud) -> str:
    first, which = cloud.models[0].weight, " proches de celui de la méthode pas à pas" * cloud.near
    share = percent(cloud.refused / cloud.considered)
    refused = (
        f"{whole(cloud.refused)} ({share}) n'ont aucune estimation dans ces données et sont refusés"
        if cloud.refused
        else "aucun n'est refusé"
    )
    told = f"{whole(cloud.considered)} modèles{which} ont été essayés ; {refused}."
    if first < ALONE:
        return (
            f"{told} Le mieux soutenu ne porte que {percent(first)} du poids : en choisir un seul "
            "cacherait les autres."
        )
    return f"{told} Un seul porte {percent(first)} du poids."

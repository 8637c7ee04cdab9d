"""Everything that a report holds, worked out from a table, and the page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fanal.engines.population import protected
from fanal.engines.population.analyses import gather
from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.links import linkage
from fanal.engines.population.methods import Settings, ask, ask_strata, named
from fanal.engines.population.names import RECOMMENDED
from fanal.engines.population.publishing.about import About
from fanal.engines.population.publishing.dossier import draw_up
from fanal.engines.population.reporting.findings import Findings, Strata
from fanal.engines.population.reporting.page import render
from fanal.engines.population.reporting.protection import (
    basis,
    completed_together,
    protect,
)
from fanal.engines.population.reporting.telling import for_dossier
from fanal.engines.population.resampling import Progress
from fanal.engines.population.sparse import counts_too_small
from fanal.engines.population.tables import CaptureTable
from fanal.engines.population.wording import number, people

ONE_STRATUM = "Le territoire est estimé d'un seul tenant : il n'y a rien à additionner."
# Draws of the analyses, which move the estimate many times over.
FEWER = 1000


def report_on(
    table: CaptureTable,
    *,
    settings: Settings,
    title: str,
    version: str,
    command: str,
    about: About | None = None,
    strata: Mapping[str, CaptureTable] | None = None,
    asked: Sequence[int] = (),
    told: Callable[[str], Progress | None] = lambda _: None,
) -> str:
    """
    One HTML page, in French, that needs nothing else.

    Unless ``about`` says that the counts are public, all of it is computed from ``basis``: nothing
    on the page depends on a small cell.

    Args:
        about: what people say of the lists; without it the estimate is not publishable.
        strata: the tables that ``table`` is the sum of.
        asked: numbers of people; the page says what each of them supposes.
        told: called with each thing that begins; what it returns is told how far it is.
    """
    public = about is not None and about.is_public
    of = basis(table, public=public)
    if refused := counts_too_small(table if public else protect(table)):
        # Nothing is drawn from such counts, on any part of the page.
        of, strata = CaptureTable(of.lists, (0,) * len(of.counts)), None
        answers = [Answer(one, refused=refused, digest=of.digest) for one in named("all", of)]
    else:
        answers = ask(of, named("all", of), settings, told=told)
    if of is not table and not refused:
        told("cases protégées")
        answers.append(_protected(table, settings))
    linked = _linked(of, about, settings)
    stepwise = next((one for one in answers if one.method == "stepwise"), None)
    told("bornes")
    bounds = region(of, asked=asked, answer=_whole(stepwise), seed=settings.seed)
    advised = next((one for one in answers if one.method == RECOMMENDED), None)
    parts = _strata(strata, _whole(advised), settings, told, public=public)
    draws = min(settings.replicates, FEWER)
    analyses = gather(of, seed=settings.seed, replicates=draws, progress=_progress(told))
    reproduced_by = f"{version}, graine {settings.seed}, « {command} »."
    dossier = draw_up(
        of,
        [*answers, *linked],
        about=about,
        reproduced_by=reproduced_by,
        strata=_added_up(parts) if parts else ONE_STRATUM,
    ).with_analyses(**for_dossier(analyses, bounds, stepwise=stepwise))
    return render(
        Findings(
            table=table,
            answers=answers,
            analyses=analyses,
            region=bounds,
            items=dossier.items(),
            title=title,
            version=version,
            seed=settings.seed,
            command=command,
            public=public,
            strata=parts,
        )
    )


def _protected(table: CaptureTable, settings: Settings) -> Answer:
    """The stepwise estimate, with an interval that holds what hiding small cells leaves unsure."""
    draws = max(min(settings.replicates, FEWER), 2)
    return protected.estimate(protect(table), seed=settings.seed, replicates=draws)


def _whole(answer: Answer | None) -> Answer | None:
    """The answer, if it has an interval to be moved."""
    return answer if answer is not None and answer.lower is not None else None


def _linked(table: CaptureTable, about: About | None, settings: Settings) -> list[Answer]:
    if about is None or about.linkage is None:
        return []
    found = linkage.corrected(
        table,
        missed_links=float(about.linkage["missed_links"]),
        false_links=float(about.linkage["false_links"]),
        seed=settings.seed,
        replicates=min(settings.replicates, FEWER),
    )
    return [found]


def _strata(
    strata: Mapping[str, CaptureTable] | None,
    whole: Answer | None,
    settings: Settings,
    told: Callable[[str], Progress | None],
    *,
    public: bool,
) -> Strata | None:
    """The parts told together and their sum, beside the estimate of all at once."""
    if strata is None:
        return None
    of = strata if public else completed_together(strata)
    (_, added), *parts = ask_strata(of, "all", settings, told=told)
    return Strata(tuple(parts), whole or added, added)


def _added_up(parts: Strata) -> str:
    total = sum(answer.estimate or 0.0 for _, answer in parts.parts)
    return (
        f"{len(parts.parts)} strates estimées ensemble, dont la somme est {number(total)} ; "
        f"l'ensemble : {people(parts.whole)}."
    )


def _progress(told: Callable[[str], Progress | None]) -> Callable[[str, int, int], None]:
    """One line for each analysis, begun when it is first heard of."""
    begun: dict[str, Progress | None] = {}

    def progress(name: str, done: int, of: int) -> None:
        if name not in begun:
            begun[name] = told(name)
        if one := begun[name]:
            one(done, of)

    return progress

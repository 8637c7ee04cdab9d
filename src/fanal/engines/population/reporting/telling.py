"""What the analyses come to, in words, for the items of the checklist that only they can fill."""

from __future__ import annotations

from fanal.engines.population.analyses import Analyses
from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.bounds import Region
from fanal.engines.population.refusals import Refused
from fanal.engines.population.reporting.sections.checked import checked, grown
from fanal.engines.population.reporting.sections.limited import bounded
from fanal.engines.population.reporting.sections.moved import left_out, one_person
from fanal.engines.population.reporting.voice import Voice


def for_dossier(
    analyses: Analyses, region: Region | None, *, stepwise: Answer | None
) -> dict[str, str | None]:
    """
    Texts by item: ``sensitivity``, ``consistency``, ``trajectory`` and ``dependence``.

    None where the analysis has no answer: the item is then missing.

    Args:
        analyses, region: of the table that ``basis`` gave, as all that a report says.
        stepwise: the answer that the analyses move, for its interval.
    """
    voice = Voice(public=True)
    sensitivity = None
    if analyses.stairs and not isinstance(analyses.one_person, Refused):
        person = one_person(analyses.one_person, stepwise, voice)
        sensitivity = f"{left_out(analyses.without, stepwise)} {person}"
    dependence = None
    if region is not None and region.refused is None and region.curve:
        dependence = bounded(region, voice)
    found = analyses.trajectory
    return {
        "sensitivity": sensitivity,
        "consistency": checked(analyses.consistency) if analyses.consistency else None,
        "trajectory": None if isinstance(found, Refused) else grown(found),
        "dependence": dependence,
    }

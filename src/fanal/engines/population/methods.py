"""Every method by its name, and the same question put to several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from fanal.engines.population import protected
from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.bayes.latent import latent
from fanal.engines.population.links import linkage
from fanal.engines.population.loglinear import closed
from fanal.engines.population.loglinear.selected import DRAWS, best, stepwise
from fanal.engines.population.loglinear.selection import Criterion
from fanal.engines.population.loglinear.weighing import weighed
from fanal.engines.population.moments import coverage
from fanal.engines.population.moments.chapman import chapman
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.sparse import SMALL_OVERLAP, counts_too_small, has_small_overlap
from fanal.engines.population.strata import territories
from fanal.engines.population.tables import CaptureTable, rounded, together

TWO = 2
CORRECTED = (
    "Le tableau est celui que des liens sans faute auraient donné ; l'intervalle ne porte pas "
    "l'incertitude des liens."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Args:
        replicates: draws of each bootstrap; 0 for estimates alone.
        missed_links, false_links: shares of the links that were not made, and made in error.
        protected: whether the cells given as ``low..high`` are to be read.
    """

    replicates: int = DRAWS
    seed: int = 1
    level: float = LEVEL
    missed_links: float = 0.0
    false_links: float = 0.0
    protected: bool = False

    @property
    def corrects_links(self) -> bool:
        return bool(self.missed_links or self.false_links)


Method = Callable[[CaptureTable, Settings, Progress | None], Answer]


def _criterion(criterion: Criterion) -> Method:
    def method(table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
        return best(
            table,
            criterion,
            replicates=settings.replicates,
            seed=settings.seed,
            level=settings.level,
            progress=progress,
        )

    return method


def _stepwise(table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
    return stepwise(
        table,
        replicates=settings.replicates,
        seed=settings.seed,
        level=settings.level,
        progress=progress,
    )


def _coverage(estimator: coverage.Estimator) -> Method:
    def method(table: CaptureTable, settings: Settings, _: Progress | None) -> Answer:
        return coverage.coverage(table, estimator, level=settings.level, seed=settings.seed)

    return method


def _latent(table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
    return latent(table, seed=settings.seed, level=settings.level, progress=progress)


METHODS: dict[str, Method] = {
    "independence": lambda table, settings, _: closed.independence(table, level=settings.level),
    "chao": lambda table, settings, _: closed.chao(table, level=settings.level),
    "stepwise": _stepwise,
    "bic": _criterion(Criterion.BIC),
    "aic": _criterion(Criterion.AIC),
    "average": lambda table, settings, _: weighed(table, level=settings.level),
    "dga": lambda table, settings, _: decomposable(table, level=settings.level),
    "latent": _latent,
    "darroch": lambda table, settings, _: closed.darroch(table, level=settings.level),
    "poisson": lambda table, settings, _: closed.poisson(table, level=settings.level),
    "gamma": lambda table, settings, _: closed.gamma(table, level=settings.level),
    "aicc": _criterion(Criterion.AICC),
    "all_pairs": lambda table, settings, _: closed.all_pairs(table, level=settings.level),
    "coverage_low": _coverage(coverage.Estimator.LOW),
    "coverage_high": _coverage(coverage.Estimator.HIGH),
    "chapman": lambda table, settings, _: chapman(table, level=settings.level),
}
# What « all » leaves out: Chapman's estimator reads two lists and no more, which of the estimators
# by coverage holds depends on the coverage, and the two others repeat or exceed what is there.
LEFT_OUT = {"chapman", "coverage_low", "coverage_high", "aicc", "all_pairs"}
ALL = tuple(name for name in METHODS if name not in LEFT_OUT)


def named(name: str, table: CaptureTable) -> tuple[str, ...]:
    """The methods that a name stands for: itself, or for ``all`` those that suit the table."""
    if name != "all":
        return (name,)
    return ("chapman", *ALL) if table.t == TWO else ALL


def ask(
    table: CaptureTable,
    names: Iterable[str],
    settings: Settings | None = None,
    *,
    told: Callable[[str], Progress | None] = lambda _: None,
) -> list[Answer]:
    """
    The answers of these methods, in this order.

    Args:
        told: called with each method that begins; what it returns is told the draws.
    """
    settings = settings or Settings()
    return [_one(name, table, settings, told(name)) for name in names]


def ask_strata(
    strata: Mapping[str, CaptureTable],
    name: str,
    settings: Settings | None = None,
    *,
    told: Callable[[str], Progress | None] = lambda _: None,
) -> list[tuple[str, Answer]]:
    """
    All strata fitted together: the whole (``""``), then each, which add up to it.

    A method that is named is asked of the whole and of each stratum apart as well: most of them
    have no answer, and they do not add up. ``all`` names none.
    """
    settings = settings or Settings()
    whole = together(strata.values()) if strata else None
    if whole and (refused := counts_too_small(whole)):
        return [
            (stratum, Answer(territories.METHOD, level=settings.level, refused=refused))
            for stratum in ("", *strata)
        ]
    told("territories")
    joint = territories.estimate(strata, seed=settings.seed, level=settings.level)
    found = [("", replace(joint.national, warnings=(*joint.national.warnings, *joint.warnings)))]
    found += [(one.name, _stratum(one, joint.national)) for one in joint.territories]
    if name == "all" or whole is None:
        return found
    found += [("", answer) for answer in ask(whole, (name,), settings, told=told)]
    for stratum, table in strata.items():
        found += [(stratum, answer) for answer in ask(table, (name,), settings)]
    return found


def _stratum(one: territories.Territory, national: Answer) -> Answer:
    return Answer(
        national.method,
        one.estimate,
        one.lower,
        one.upper,
        national.level,
        national.replicates,
        model=national.model,
        warnings=(one.note,) if one.note else (),
        digest=national.digest,
        details={
            "observed": one.observed,
            "on_several": one.on_several,
            "contraction": one.contraction,
            "prior_dominated": one.prior_dominated,
        },
    )


def _one(name: str, table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
    """No method is asked of counts that are too small; a small overlap is said with its answer."""
    if refused := counts_too_small(table):
        return Answer(name, level=settings.level, refused=refused, digest=table.digest)
    found = _asked(name, table, settings, progress)
    if found.refused is None and has_small_overlap(table):
        return replace(found, warnings=(*found.warnings, SMALL_OVERLAP))
    return found


def _asked(name: str, table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
    if table.is_protected and settings.protected:
        return _protected(name, table, settings)
    if settings.corrects_links:
        return _corrected(name, table, settings, progress)
    return METHODS[name](table, settings, progress)


def _protected(name: str, table: CaptureTable, settings: Settings) -> Answer:
    if name != "stepwise":
        refused = Refused.because(Code.NOT_FOR_PROTECTED_CELLS)
        return Answer(name, level=settings.level, refused=refused, digest=table.digest)
    draws = max(settings.replicates, TWO)
    return replace(protected.estimate(table, seed=settings.seed, replicates=draws), method=name)


def _corrected(
    name: str, table: CaptureTable, settings: Settings, progress: Progress | None
) -> Answer:
    rates = {"missed_links": settings.missed_links, "false_links": settings.false_links}
    if name == "stepwise":
        found = linkage.corrected(
            table,
            missed_links=settings.missed_links,
            false_links=settings.false_links,
            seed=settings.seed,
            replicates=settings.replicates,
        )
        return replace(found, method=name)
    limits = (linkage.MISSED_AT_MOST, linkage.FALSE_AT_MOST)
    if refused := linkage.unread(rates.values(), limits):
        return Answer(name, level=settings.level, refused=refused, digest=table.digest)
    true = rounded(table, linkage.corrected_table(table, **rates))
    found = METHODS[name](true, settings, progress)
    return replace(
        found,
        digest=table.digest,
        warnings=(*found.warnings, CORRECTED),
        details={**found.details, **rates},
    )

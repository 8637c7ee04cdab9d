"""Every method by its name, and the same question put to several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from fanal.engines.population import closed, linkage, protected
from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.chapman import chapman
from fanal.engines.population.decomposable import decomposable
from fanal.engines.population.latent import latent
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.resampling import Progress
from fanal.engines.population.selected import DRAWS, best, stepwise
from fanal.engines.population.selection import Criterion
from fanal.engines.population.tables import CaptureTable, rounded, together
from fanal.engines.population.weighing import weighed

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
    "chapman": lambda table, settings, _: chapman(table, level=settings.level),
}
# What « all » is: Chapman's estimator reads two lists and no more.
ALL = tuple(name for name in METHODS if name != "chapman")


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
    names: Iterable[str],
    settings: Settings | None = None,
    *,
    told: Callable[[str], Progress | None] = lambda _: None,
) -> list[tuple[str, Answer]]:
    """
    The answers of these methods in each stratum, and in all of them as one (``""``, first).

    Strata apart do not add up to the whole, and most have no answer: ``territories`` fits them
    together.
    """
    names, settings = tuple(names), settings or Settings()
    found = [("", answer) for answer in ask(together(strata.values()), names, settings, told=told)]
    for stratum, table in strata.items():
        told(stratum)
        found += [(stratum, answer) for answer in ask(table, names, settings)]
    return found


def _one(name: str, table: CaptureTable, settings: Settings, progress: Progress | None) -> Answer:
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

"""The observation grid: dated data read from a file, turned into facts and next steps."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fanal.ground.errors import Refusal

CURRENT = "GRID_FR_1"
FILES = {"GRID_FR_1": "grid_fr_1.json"}

STRONG = 2
ACT_NOW = 3


class UnknownGrid(Refusal):
    message = "Cette version de la grille n'existe pas."


class UnknownIndicator(Refusal):
    message = "Ce repère n'est pas dans la grille."


@dataclass(frozen=True, slots=True)
class Item:
    """One observable fact. ``level`` is a rule of the grid; no reading ever shows it."""

    code: str
    fact: str
    example: str
    level: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grid:
    version: str
    date: str
    source: str
    tag: str
    domain_alone: str
    domains: tuple[Domain, ...]
    steps: tuple[Step, ...]

    def codes(self) -> Iterator[str]:
        """Every indicator code in the order of the grid: a domain, then its items."""
        for domain in self.domains:
            yield domain.code
            for item in domain.items:
                yield item.code


@dataclass(frozen=True, slots=True)
class Fact:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DomainFacts:
    code: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, why, and the facts that call for it (none when it always applies)."""

    code: str
    text: str
    reason: str
    facts: tuple[str, ...] = ()

    @property
    def today(self) -> bool:
        return self.code == "SAME_DAY"


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts and next steps. By design no total, no level, no number about a child."""

    version: str
    domains: tuple[DomainFacts, ...]
    next_steps: tuple[NextStep, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(fact.code for domain in self.domains for fact in domain.facts)


@cache
def load(version: str = CURRENT) -> Grid:
    """
    Read a version of the grid.

    Raises:
        UnknownGrid: no such version.
    """
    if version not in FILES:
        raise UnknownGrid
    raw = json.loads((files(__package__) / "data" / FILES[version]).read_text("utf-8"))
    return Grid(
        version=raw["version"],
        date=raw["date"],
        source=raw["source"],
        tag=raw["tag"],
        domain_alone=raw["domain_alone"],
        domains=tuple(
            Domain(
                code=domain["code"],
                title=domain["title"],
                items=tuple(
                    Item(**(item | {"steps": tuple(item["steps"])})) for item in domain["items"]
                ),
            )
            for domain in raw["domains"]
        ),
        steps=tuple(Step(**step) for step in raw["steps"]),
    )


@cache
def known_codes(version: str = CURRENT) -> frozenset[str]:
    """Codes that a concern may carry: a domain alone (``RUN``) or one item (``RUN-1``)."""
    return frozenset(load(version).codes())


def read(observed: Iterable[str], *, version: str = CURRENT) -> Reading:
    """
    Turn ticked codes into facts by domain and next steps, in the order of the grid.

    Any fact of the third level, or facts of the second in two domains, call for a talk the
    same day with the manager and the CRIP. The grid guides and never decides: the output
    holds neither level nor count (GDPR art. 22; no validated French weight exists).

    Raises:
        UnknownIndicator: a code is not in the grid.
    """
    grid, ticked = load(version), frozenset(observed)
    if not ticked <= known_codes(version):
        raise UnknownIndicator
    domains = tuple(_facts(grid, ticked))
    return Reading(
        version=grid.version,
        domains=domains,
        next_steps=tuple(_next_steps(grid, ticked)) if ticked else (),
    )


def _facts(grid: Grid, ticked: frozenset[str]) -> Iterator[DomainFacts]:
    for domain in grid.domains:
        facts = [Fact(item.code, item.fact) for item in domain.items if item.code in ticked]
        if domain.code in ticked and not facts:
            facts = [Fact(domain.code, grid.domain_alone)]
        if facts:
            yield DomainFacts(code=domain.code, title=domain.title, facts=tuple(facts))


def _next_steps(grid: Grid, ticked: frozenset[str]) -> Iterator[NextStep]:
    causes = _causes(grid, ticked)
    for step in grid.steps:
        if step.code in causes:
            yield NextStep(step.code, step.text, step.reason, tuple(causes[step.code]))


def _causes(grid: Grid, ticked: frozenset[str]) -> dict[str, list[str]]:
    """The facts that call for each step; an empty list when the step always applies."""
    causes: dict[str, list[str]] = {"WRITE": [], "TRANSMIT": []}
    urgent = _urgent_facts(grid, ticked)
    causes["SAME_DAY" if urgent else "TEAM"] = urgent
    for domain in grid.domains:
        observed = [item for item in domain.items if item.code in ticked]
        if domain.code in ticked and not observed:
            causes.setdefault("PRECISE", []).append(domain.title)
        for item in observed:
            for step in item.steps:
                causes.setdefault(step, []).append(item.fact)
    return causes


def _urgent_facts(grid: Grid, ticked: frozenset[str]) -> list[str]:
    observed = [
        (domain.code, item)
        for domain in grid.domains
        for item in domain.items
        if item.code in ticked
    ]
    strong = {domain for domain, item in observed if item.level == STRONG}
    threshold = STRONG if len(strong) > 1 else ACT_NOW
    return [item.fact for _, item in observed if item.level >= threshold]

"""
Bayesian average over decomposable graphs.

Madigan and York (1997, *Bayesian methods for estimation of the size of a closed population*,
Biometrika 84, 19-31): each graph says which lists depend on each other; with a hyper-Dirichlet
prior the likelihood of a graph and of a number of people is a product of gamma functions over
cliques and separators. The prior on the number of people is 1/N, up to a bound that is an
assumption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from fanal.engines.population.answers import LEVEL, Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.models import Terms
from fanal.engines.population.loglinear.selection import FIVE, unfit
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.tables import CaptureTable

Floats = npt.NDArray[np.float64]

# The people whom nobody saw: 1 to so many times those seen, on so many values evenly apart.
TIMES_SEEN = 30
VALUES = 1000
# The posterior must end well before the bound, or the bound is what it says: the share that the
# last hundredth of the values may hold, without a warning and at all.
NEAR_THE_BOUND, AT_THE_BOUND = 0.005, 0.05


@dataclass(frozen=True, slots=True)
class Graph:
    """A decomposable graph: its cliques count 1, its separators less than 0."""

    parts: Mapping[int, int]
    model: Terms


def decomposable(
    table: CaptureTable,
    *,
    times_seen: int = TIMES_SEEN,
    values: int | None = VALUES,
    delta: float | None = None,
    level: float = LEVEL,
) -> Answer:
    """
    The posterior median of the number of people and its central interval.

    Args:
        times_seen: bound on the people whom nobody saw, in times those seen.
        values: how many numbers of people are tried, evenly apart; ``None`` is each of them.
        delta: prior count of each cell of the saturated table; ``2**-t`` by default.
    """
    if refused := _unfit(table):
        return Answer("dga", refused=refused, digest=table.digest)
    unseen = unseen_tried(table.n, times_seen, values)
    log_posterior, graphs = posterior(table, unseen, 2.0**-table.t if delta is None else delta)
    weights = np.exp(log_posterior - log_posterior.max())
    by_number = weights.sum(axis=0) / weights.sum()
    by_graph = weights.sum(axis=1) / weights.sum()
    cumulated = np.cumsum(by_number)
    tails = (0.5, (1 - level) / 2, (1 + level) / 2)
    median, lower, upper = (
        float(table.n + unseen[min(int(np.searchsorted(cumulated, tail)), unseen.size - 1)])
        for tail in tails
    )
    first = int(np.argmax(by_graph))
    told = {
        "graphs": len(graphs),
        "weight_of_the_first": float(by_graph[first]),
        "times_seen": times_seen,
        "step": float(unseen[-1] - unseen[0]) / max(unseen.size - 1, 1),
        "mean": float((by_number * (table.n + unseen)).sum()),
    }
    last = float(by_number[-max(unseen.size // 100, 1) :].sum())
    if last > AT_THE_BOUND:
        why = f"La borne de {times_seen} fois les personnes vues est atteinte."
        refused = Refused.because(Code.PRIOR_DOMINATED, why)
        return Answer("dga", refused=refused, digest=table.digest, details=told)
    return Answer(
        "dga",
        median,
        lower,
        upper,
        level,
        model=models.name(graphs[first].model, table.t),
        warnings=(
            f"La borne supérieure dépend du plafond de {times_seen} fois les personnes vues.",
        )
        if last > NEAR_THE_BOUND
        else (),
        digest=table.digest,
        details=told,
    )


def _unfit(table: CaptureTable) -> Refused | None:
    if refused := unfit(table):
        return refused
    if table.t > FIVE:
        return Refused.because(Code.TOO_MANY_LISTS)
    if table.impossible:
        return Refused.because(Code.NOT_FOR_IMPOSSIBLE_HISTORIES)
    return None


def unseen_tried(n: int, times_seen: int, values: int | None) -> Floats:
    """The numbers of people whom nobody saw that are tried."""
    most = times_seen * n
    if values is None or values >= most:
        return np.arange(1, most + 1, dtype=np.float64)
    return np.round(np.linspace(1, most, values))


def posterior(table: CaptureTable, unseen: Floats, delta: float) -> tuple[Floats, list[Graph]]:
    """
    Returns:
        ``(graphs, len(unseen))``: logarithm of the posterior, up to a constant; and the graphs.
    """
    from scipy.special import gammaln

    graphs = all_graphs(table.t)
    parts = sorted({part for graph in graphs for part in graph.parts})
    of_parts = np.array([_marginal(table, part, unseen, delta) for part in parts])
    signs = np.array([[graph.parts.get(part, 0) for part in parts] for graph in graphs], float)
    n = table.n
    prior = gammaln(n + unseen + 1) - gammaln(unseen + 1) - np.log(n + unseen)
    log_posterior: Floats = signs @ of_parts + prior
    return log_posterior, graphs


def _marginal(table: CaptureTable, part: int, unseen: Floats, delta: float) -> Floats:
    """Dirichlet-multinomial likelihood of the lists of ``part``, for each number unseen."""
    from scipy.special import gammaln

    size = part.bit_count()
    each = delta * 2.0 ** (table.t - size)
    counts: Counter[int] = Counter()
    for history in range(1, 1 << table.t):
        counts[history & part] += table.counts[history]
    seen = sum(gammaln(count + each) - gammaln(each) for cell, count in counts.items() if cell)
    empty = gammaln(counts[0] + unseen + each) - gammaln(each)
    total = each * 2.0**size
    likelihood: Floats = seen + empty - gammaln(table.n + unseen + total) + gammaln(total)
    return likelihood


@cache
def all_graphs(t: int) -> list[Graph]:
    """The decomposable graphs of ``t`` lists: 8, 61 and 822 for 3, 4 and 5."""
    edges = list(combinations(range(t), 2))
    found = []
    for bits in range(1 << len(edges)):
        kept = [edge for place, edge in enumerate(edges) if bits >> place & 1]
        if (parts := _parts(t, kept)) is not None:
            cliques = [part for part, sign in parts.items() if sign > 0]
            found.append(Graph(parts, models.closed(cliques, t)))
    return found


def _parts(t: int, edges: list[tuple[int, int]]) -> dict[int, int] | None:
    """
    Cliques less separators along a perfect order, or ``None`` when the graph has none.

    Tarjan and Yannakakis (1984): the order is a maximum cardinality search.
    """
    near = [0] * t
    for one, other in edges:
        near[one] |= 1 << other
        near[other] |= 1 << one
    parts: Counter[int] = Counter()
    visited = 0
    while visited != (1 << t) - 1:
        following = max(
            (node for node in range(t) if not visited >> node & 1),
            key=lambda node: ((near[node] & visited).bit_count(), -node),
        )
        before = near[following] & visited
        if any(before & ~near[node] != 1 << node for node in range(t) if before >> node & 1):
            return None
        parts[before | 1 << following] += 1
        parts[before] -= 1
        visited |= 1 << following
    return {part: sign for part, sign in parts.items() if sign}

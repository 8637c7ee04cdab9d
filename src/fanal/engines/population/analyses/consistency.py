"""
Each list taken in turn for a population that is known, and estimated out of the others.

Binette and Steorts (2022, *On the reliability of multiple systems estimation for the
quantification of modern slavery*, JRSS A 185, 640-676): the people of a list are counted; those of
them whom another list saw make a table, out of which a method should find that count again. The
only check of an estimate that these data allow, short of a truth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fanal.engines.population.analyses.again import TWO, again
from fanal.engines.population.analyses.parts import within
from fanal.engines.population.answers import Answer
from fanal.engines.population.bayes.decomposable import decomposable
from fanal.engines.population.loglinear.closed import independence
from fanal.engines.population.loglinear.selection import FIVE
from fanal.engines.population.loglinear.weighing import weighed
from fanal.engines.population.resampling import Progress
from fanal.engines.population.tables import CaptureTable

Method = Callable[[CaptureTable], Answer]


@dataclass(frozen=True, slots=True)
class Found:
    """
    The people of a list, ``known`` many, ``elsewhere`` of them seen by another, estimated so.

    ``log_bias`` is the logarithm of the estimate over the truth; both are None for a refusal.
    """

    name: str
    known: int
    elsewhere: int
    method: str
    answer: Answer
    log_bias: float | None
    covered: bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a method is worth over all the lists: ``answered`` of ``lists``."""

    method: str
    lists: int
    answered: int
    log_rmse: float | None
    mean_log_bias: float | None
    cover: float | None


def methods(table: CaptureTable, *, replicates: int, seed: int) -> dict[str, Method]:
    """Those that are quick enough; of two lists, Chapman's alone."""
    usual: dict[str, Method] = {
        "stepwise": lambda part: again(part, replicates=replicates, seed=seed)
    }
    others = table.t - 1
    if others == TWO:
        return {"chapman": usual["stepwise"]}
    usual["average"] = weighed
    usual["independence"] = independence
    if others <= FIVE:
        usual["dga"] = decomposable
    return usual


def consistency(
    table: CaptureTable,
    by: Mapping[str, Method],
    *,
    progress: Progress | None = None,
) -> tuple[Found, ...]:
    """
    Args:
        by: the methods, by name; each is given a table of one list fewer.

    Returns:
        For each list and each method, in this order; nothing for a table of two lists, or one with
        protected cells.
    """
    if table.t <= TWO or table.is_protected:
        return ()
    found = []
    for number, name in enumerate(table.lists):
        known, part = table.overlap(number), within(table, number)
        for method, estimated in by.items():
            found.append(_found(name, known, part, method, estimated(part)))
        if progress:
            progress(number + 1, table.t)
    return tuple(found)


def _found(name: str, known: int, part: CaptureTable, method: str, answer: Answer) -> Found:
    if answer.estimate is None or known == 0:
        return Found(name, known, part.n, method, answer, None, None)
    covered = None
    if answer.lower is not None and answer.upper is not None:
        covered = answer.lower <= known <= answer.upper
    log_bias = math.log(answer.estimate / known)
    return Found(name, known, part.n, method, answer, log_bias, covered)


def records(found: Sequence[Found]) -> tuple[Record, ...]:
    """One for each method, in the order of their first appearance."""
    told = []
    for method in dict.fromkeys(one.method for one in found):
        mine = [one for one in found if one.method == method]
        biases = [one.log_bias for one in mine if one.log_bias is not None]
        covers = [one.covered for one in mine if one.covered is not None]
        told.append(
            Record(
                method,
                len(mine),
                len(biases),
                math.sqrt(sum(bias**2 for bias in biases) / len(biases)) if biases else None,
                sum(biases) / len(biases) if biases else None,
                sum(covers) / len(covers) if covers else None,
            )
        )
    return tuple(told)

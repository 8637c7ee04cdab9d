"""One person against those that are known already: the search before a file is created."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fanal.engines.linkage.evidence import Compared, Comparison

MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """``place``: in the list that was given. ``compared``: why, field by field."""

    place: int
    compared: Compared


def nearest(
    comparison: Comparison,
    person: Mapping[str, str],
    known: Sequence[Mapping[str, str]],
    *,
    most: int = MOST,
    least: float = 0.0,
) -> list[Candidate]:
    """
    Those of ``known`` that may be ``person``, the likeliest first, each with its reasons.

    Args:
        most: how many at most.
        least: the probability below which one is left out.
    """
    weighed = sorted((-bits, place) for place, bits in enumerate(comparison.weigh(person, known)))
    told = (
        Candidate(place, comparison.compare(person, known[place])) for _, place in weighed[:most]
    )
    return [one for one in told if one.compared.probability >= least]

"""
One group per person, out of the pairs: what a screen shows, and what a person may undo.

Two groups become one when their records are, on average, more likely together than apart: one pair
that is sure does not bring along all those that are not.
"""

from __future__ import annotations

from collections import defaultdict

from fanal.engines.linkage.blocking import Pairs
from fanal.engines.linkage.encoding import Floats

TOGETHER = 0.5


def group(records: int, pairs: Pairs, probability: Floats) -> list[int]:
    """
    The person of each record, numbered from 1 in the order of the records.

    Args:
        pairs, probability: those that are likely, the likeliest first; all others count for none.
    """
    of = list(range(records))
    members = {place: [place] for place in range(records)}
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), likely in zip(pairs.tolist(), probability.tolist(), strict=True):
        beside[one][other] = beside[other][one] = likely
    for one, other in pairs.tolist():
        first, second = sorted((of[one], of[other]))
        if first == second:
            continue
        between = sum(
            beside[here].get(there, 0.0) for here in members[first] for there in members[second]
        )
        if between >= TOGETHER * len(members[first]) * len(members[second]):
            for place in members[second]:
                of[place] = first
            members[first] += members.pop(second)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(group, len(numbers) + 1) for group in of]

"""Which rules an assignment breaks, read from the problem alone: it trusts no solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fanal.engines.placement.problem import Problem


def broken_rules(problem: Problem, unit: Sequence[int]) -> list[str]:
    """
    Args:
        unit: of each request, -1 when it is left out.

    Returns:
        One French sentence a broken rule; none when the assignment is sound.
    """
    where = [int(one) for one in unit]
    placed = {one: at for one, at in enumerate(where) if at >= 0}
    allowed = set(zip(problem.request.tolist(), problem.unit.tolist(), strict=True))
    facility = {one: int(problem.facility[at]) for one, at in placed.items()}
    said = [
        f"La demande {one} ne peut pas aller dans l'unité {at}."
        for one, at in placed.items()
        if (one, at) not in allowed
    ]
    said += [
        f"L'unité {at} reçoit {count} demandes pour {problem.places[at]} places."
        for at, count in Counter(placed.values()).items()
        if count > problem.places[at]
    ]
    for group in problem.apart:
        met = Counter(facility[one] for one in set(group) if one in facility)
        said += [f"Le groupe séparé {group} se retrouve." for most in met.values() if most > 1]
    for group in problem.together:
        if len({facility.get(one, -1) for one in group}) > 1:
            said.append(f"La fratrie {group} est séparée.")
    return said


def value_of(problem: Problem, unit: Sequence[int]) -> int:
    """Costs of those who are placed, penalties of those left out."""
    cost = {
        (one, at): asked
        for one, at, asked in zip(
            problem.request.tolist(), problem.unit.tolist(), problem.cost.tolist(), strict=True
        )
    }
    return sum(
        cost[one, int(at)] if at >= 0 else int(problem.penalty[one]) for one, at in enumerate(unit)
    )

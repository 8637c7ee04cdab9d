"""What becomes of siblings whom no facility could take together."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from fanal.engines.placement.columns import can_be_together
from fanal.engines.placement.problem import Problem


class Siblings(StrEnum):
    """Always together, or only those whom some facility could take."""

    TOGETHER = "together"
    IF_POSSIBLE = "if_possible"


def as_the_rule_says(problem: Problem, rule: Siblings) -> Problem:
    """The same problem, without the families that the rule lets part."""
    if rule is Siblings.TOGETHER:
        return problem
    kept = tuple(kin for kin in problem.blocks() if can_be_together(problem, kin))
    return replace(problem, together=kept)

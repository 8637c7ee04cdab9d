"""
The privacy budget: what all the private releases of one series cost together.

Epsilons add up (sequential composition: Dwork and Roth 2014, theorem 3.16), whoever reads the
releases and however long after. The budget is that of the series, never of a reader. What was
spent is read from the release ledger, which is written at once or not at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Sums of decimal numbers are not exact.
ROUNDING = 1e-9


class Exhausted(ValueError):
    """Not enough of the budget is left; French message."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Epsilons: ``total`` is set by the policy, ``spent`` by the releases already out."""

    total: float
    spent: float

    @property
    def left(self) -> float:
        return max(0.0, self.total - self.spent)

    def after(self, epsilon: float) -> Budget:
        """
        The budget once ``epsilon`` is spent.

        Raises:
            Exhausted: it is more than what is left, or no positive number.
        """
        if not (math.isfinite(epsilon) and epsilon > 0):
            raise Exhausted("Il faut un ε positif, par exemple « epsilon = 0.5 ».")
        if epsilon > self.left + ROUNDING:
            raise Exhausted(
                f"Le budget de confidentialité ne suffit pas : {_said(epsilon)} demandé, "
                f"{_said(self.left)} de reste sur {_said(self.total)}. Un ε dépensé ne se rend "
                "pas : publiez moins, ou réutilisez ce qui est déjà publié."
            )
        return Budget(self.total, self.spent + epsilon)


def budget(entries: Iterable[Mapping[str, Any]], *, series: str, total: float) -> Budget:
    """The budget of a series after the releases of a ledger."""
    spent = math.fsum(
        entry.get("epsilon") or 0.0 for entry in entries if entry.get("series") == series
    )
    return Budget(total, spent)


def _said(epsilon: float) -> str:
    return f"ε = {epsilon:.6g}".replace(".", ",")

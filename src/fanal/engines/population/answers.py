"""What a method answers: a number with its interval, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fanal.engines.population.refusals import Refused

LEVEL = 0.95
# An answer beyond so many times the people seen is the noise of a model, not a population.
BEYOND_REASON = 1e6


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One method on one table.

    ``estimate`` counts all the people there are, those whom nobody saw included. An answer holds
    either a finite estimate, or ``refused``, and never both. ``monte_carlo_error`` is the larger of
    the standard errors that the draws leave in the two limits, in people; ``details`` is for what
    one method alone has to say.
    """

    method: str
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = LEVEL
    replicates: int | None = None
    monte_carlo_error: float | None = None
    model: str | None = None
    refused: Refused | None = None
    warnings: tuple[str, ...] = ()
    digest: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.estimate is None) == (self.refused is None):
            raise ValueError("an answer is an estimate or a refusal")
        for number in (self.estimate, self.lower, self.upper, self.monte_carlo_error):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{self.method}: {number} is no number of people")

    def as_json(self) -> dict[str, Any]:
        refused = self.refused
        return {
            "method": self.method,
            "estimate": self.estimate,
            "lower": self.lower,
            "upper": self.upper,
            "level": self.level,
            "replicates": self.replicates,
            "monte_carlo_error": self.monte_carlo_error,
            "model": self.model,
            "refused": refused and {"code": str(refused.code), "message": refused.message},
            "warnings": list(self.warnings),
            "table": self.digest,
            "details": dict(self.details),
        }

"""How long a computation may still take, in seconds of the processor."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Clock:
    """Started when it is made."""

    budget: float
    began: float = field(default_factory=time.process_time)

    def spent(self) -> float:
        return time.process_time() - self.began

    def left(self) -> float:
        return max(0.0, self.budget - self.spent())

    def over(self) -> bool:
        return self.spent() >= self.budget

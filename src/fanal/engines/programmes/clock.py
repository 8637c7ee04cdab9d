"""How long a computation may still take, in seconds of the processor."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Clock:
    """Started when it is made."""

    budget: float
    began: float = field(default_factory=time.process_time)
    began_on_the_wall: float = field(default_factory=time.monotonic)

    def spent(self) -> float:
        return time.process_time() - self.began

    def left(self) -> float:
        return max(0.0, self.budget - self.spent())

    def left_on_the_wall(self) -> float:
        """What is left, at the pace this machine has given us so far."""
        spent = self.spent()
        pace = (time.monotonic() - self.began_on_the_wall) / spent if spent > 0 else 1.0
        return self.left() * max(1.0, pace)

    def over(self) -> bool:
        return self.spent() >= self.budget

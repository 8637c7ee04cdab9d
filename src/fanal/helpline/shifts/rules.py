"""Rest, pauses and their numbers: data (``data/rules.toml``), read once by each process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

OURS = Path(__file__).parent / "data" / "rules.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    version: str
    daily_rest: timedelta
    daily_basis: str
    weekly_rest: timedelta
    weekly_basis: str
    longest_day: timedelta
    longest_day_basis: str
    most_days: int
    most_days_basis: str
    hard_contacts: int
    work: timedelta
    pause: timedelta
    debrief_from: int
    forgotten: timedelta

    @property
    def work_minutes(self) -> int:
        return int(self.work.total_seconds() // 60)

    @property
    def pause_minutes(self) -> int:
        return int(self.pause.total_seconds() // 60)


@cache
def rules(path: Path = OURS) -> Rules:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    rest, exposure = found["rest"], found["exposure"]
    return Rules(
        version=found["version"],
        daily_rest=timedelta(hours=rest["daily_hours"]),
        daily_basis=rest["daily_basis"],
        weekly_rest=timedelta(hours=rest["weekly_hours"]),
        weekly_basis=rest["weekly_basis"],
        longest_day=timedelta(hours=rest["longest_day_hours"]),
        longest_day_basis=rest["longest_day_basis"],
        most_days=rest["most_days"],
        most_days_basis=rest["most_days_basis"],
        hard_contacts=exposure["hard_contacts"],
        work=timedelta(minutes=exposure["minutes"]),
        pause=timedelta(minutes=exposure["pause_minutes"]),
        debrief_from=exposure["debrief_from"],
        forgotten=timedelta(hours=found["presence"]["forgotten_hours"]),
    )

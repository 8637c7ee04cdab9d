"""
What each folder of tests costs, beside what it may: a pytest plugin.

Seconds are those of the tests of a folder, added up over all processes; whoever runs alone on two
processors waits for half of them. A folder past its budget is named; the run fails for no time.
"""

from __future__ import annotations

import os
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from sizes import TIER

TABLE = Path(__file__).with_name("budgets.toml")
# A machine busy with other work makes each test longer: nobody is to blame then.
CALM_LOAD = 1.5


@dataclass(frozen=True, slots=True)
class Line:
    folder: str
    tests: int
    seconds: float
    budget: float

    @property
    def over(self) -> bool:
        return self.seconds > self.budget

    def __str__(self) -> str:
        mark = "  dépassé" if self.over else ""
        return (
            f"{self.folder:<26}{self.tests:>7}{self.seconds:>8.0f} s /{self.budget:>5.0f} s{mark}"
        )


def read_budgets(path: Path = TABLE) -> dict[str, float]:
    """Seconds, by folder of ``tests``; « others » is for each folder that has no line."""
    budgets: dict[str, float] = tomllib.loads(path.read_text(encoding="utf-8"))["seconds"]
    return budgets


def folder_of(nodeid: str, budgets: dict[str, float]) -> str:
    """The longest folder of the table that holds a test; else the room it stands in."""
    parts = Path(nodeid.partition("::")[0]).parts[1:-1]
    for depth in range(len(parts), 0, -1):
        if (folder := "/".join(parts[:depth])) in budgets:
            return folder
    return "/".join(parts[:2])


class Budgets:
    def __init__(self) -> None:
        self.budgets = read_budgets()
        self.seconds: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.begun = time.monotonic()
        self.busy = busy_seconds()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        folder = folder_of(report.nodeid, self.budgets)
        self.seconds[folder] += report.duration  # type: ignore[assignment]
        self.tests[folder] += report.when == "call"

    def lines(self) -> list[Line]:
        others = self.budgets["others"]
        return [
            Line(folder, self.tests[folder], seconds, self.budgets.get(folder, others))
            for folder, seconds in sorted(self.seconds.items())
        ]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if sum(self.tests.values()) < 200:  # a few files tried by hand
            return
        write = terminalreporter.write_line
        write(f"{'Dossier':<26}{'tests':>7}{'passées':>10} / budget")
        lines = self.lines()
        for line in lines:
            write(str(line))
        wall, load = time.monotonic() - self.begun, os.getloadavg()[0] / (os.cpu_count() or 1)
        write(
            f"En tout : {sum(self.seconds.values()):.0f} s de tests, {wall:.0f} s d'attente, "
            f"{busy_seconds() - self.busy:.0f} s de processeur sur la machine."
        )
        over = [line.folder for line in lines if line.over]
        if TIER == "test" and over:
            why = " (machine occupée par ailleurs)" if load > CALM_LOAD else ""
            write(f"Au-delà de leur budget{why} : {', '.join(over)}.")


def busy_seconds() -> float:
    """Seconds of processor spent by the whole machine since it started; 0 where nobody says."""
    try:
        user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    except (OSError, ValueError):
        return 0.0
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Budgets())

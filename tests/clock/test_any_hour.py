"""The main journeys at each clock: midnight, both changes, 29 February, New Year's Eve, oversea."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import clocks
from fanal.config.folders import state_folder

JOURNEYS = [str(Path(__file__).with_name(name)) for name in ("journeys.py", "browsing.py")]
ROOT = Path(__file__).parents[2]


def test_the_main_journeys_hold_at_any_hour_of_any_day() -> None:
    """One process for all the clocks, beside a PostgreSQL whose time moves with it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")
    }
    # The same tests at the same hours in the same order, whatever the run that they are part of.
    command = [sys.executable, "-m", "pytest", *JOURNEYS, "-n", "0", "-p", "no:randomly"]
    with clocks.moving(state_folder()) as moved:
        done = subprocess.run(
            [*command, "-rfE"],
            env=environment | moved,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]

"""bandit over the whole source; what is accepted is accepted for a reason, in one file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from walls.figures import say

ROOT = Path(__file__).parents[2]
ACCEPTED = Path(__file__).with_name("bandit_accepted.csv")


def accepted() -> list[dict[str, str]]:
    with ACCEPTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_bandit_finds_nothing_that_is_not_accepted_for_a_reason() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-r", "src", "-f", "json", "-q", "--ignore-nosec"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    rows = accepted()
    unexplained, used = [], set()
    for found in report["results"]:
        explained = {
            (row["rule"], row["files"])
            for row in rows
            if found["test_id"] == row["rule"] and fnmatch(found["filename"], row["files"])
        }
        used |= explained
        if not explained:
            unexplained.append(
                f"{found['filename']}:{found['line_number']} {found['test_id']} "
                f"{found['issue_text']}"
            )
    say(
        f"bandit: {report['metrics']['_totals']['loc']} lines, {len(report['results'])} findings, "
        f"{len(unexplained)} not accepted for a reason"
    )
    assert report["errors"] == []
    assert unexplained == []
    assert {(row["rule"], row["files"]) for row in rows} - used == set()
    assert all(len(row["reason"]) > 20 for row in rows)

"""
``make public-screens``: every page for whoever comes, in every state, on both themes.

The page that it writes says how many were looked at, what was found amiss, and what they weigh.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:randomly")
HEAVIEST = 5
Row = dict[str, Any]


def main() -> None:
    figures = Path(tempfile.mkstemp(prefix="public-screens-")[1])
    begun = time.monotonic()
    told = {"FANAL_TESTS": "whole", "FANAL_PUBLIC_FIGURES": str(figures)}
    done = subprocess.run(
        [*PYTEST, *sys.argv[1:], "tests/browser/test_public_screens.py"],
        cwd=ROOT,
        env=os.environ | told,
        check=False,
    )
    rows = [json.loads(line) for line in figures.read_text(encoding="utf-8").splitlines()]
    figures.unlink()
    page = _write(rows, time.monotonic() - begun)
    print(f"{page.relative_to(ROOT)} written", flush=True)
    sys.exit(done.returncode)


def _write(rows: list[Row], spent: float) -> Path:
    day = datetime.now(tz=UTC).date()
    page = ROOT / "docs" / "accessibilite" / f"{day.isoformat()}.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join([*_head(rows, spent), *_body(rows)]) + "\n", encoding="utf-8")
    return page


def _head(rows: list[Row], spent: float) -> Iterator[str]:
    screens = len({one["route"] for one in rows})
    yield f"# The public pages, {datetime.now(tz=UTC):%d %B %Y}\n"
    yield (
        f"`make public-screens`: {screens} pages of the URL configuration, {len(rows)} states and "
        f"themes in all, {spent / 60:.1f} minutes, load {os.getloadavg()[2]:.1f}. Each: axe-core "
        "wide and light, then 320 px and dark; the Tab key through the whole page, with a mark of "
        "the focus that can be seen; letters twice as large at 360 px, and set apart as the RGAA "
        "measures it; no script; no cookie; bytes on the wire at a first visit, as our own server "
        "sends them, letters included.\n"
    )


def _body(rows: list[Row]) -> Iterator[str]:
    yield "| theme | state | pages | faults | lightest | median | heaviest |"
    yield "|---|---|---|---|---|---|---|"
    in_order = sorted(rows, key=lambda one: (one["theme"], one["state"]))
    for (theme, state), group in groupby(in_order, lambda one: (one["theme"], one["state"])):
        found = list(group)
        weights = sorted(one["weight"] for one in found)
        light, middle, heavy = (_kilo(weights[at]) for at in (0, len(weights) // 2, -1))
        faults = sum(len(one["faults"]) for one in found)
        yield f"| {theme} | {state} | {len(found)} | {faults} | {light} | {middle} | {heavy} |"
    for theme in sorted({one["theme"] for one in rows}):
        yield f"\nHeaviest, {theme}:\n"
        by_weight = sorted(rows, key=lambda one: -one["weight"])
        mine = [one for one in by_weight if one["theme"] == theme]
        for one in mine[:HEAVIEST]:
            yield f"- `/{one['route']}` ({one['state']}): {_kilo(one['weight'])}"
    amiss = [one for one in rows if one["faults"]]
    yield "\nFaults:\n" if amiss else "\nNo fault was found."
    for one in amiss:
        yield f"- {one['theme']}, {one['state']}, `/{one['route']}`: {' ; '.join(one['faults'])}"


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} kB"


if __name__ == "__main__":
    main()

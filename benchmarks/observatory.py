"""
``make bench-observatory``: what the two engines of the observatory are worth, on one page.

Each part is run alone, one thread, and its lines are printed as they come; all of it is kept in
``docs/observatory/<date>.md``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The first writes Markdown; the others, lines.
WRITES_MARKDOWN = {"Estimates"}
PARTS = {
    "Estimates": "estimates.py",
    "Artificial populations": "populations.py",
    "Hidden cells": "suppression.py",
    "Releases": "releases.py",
}
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    begun, lines, failed = time.monotonic(), [], []
    for name in wanted:
        fence = [] if name in WRITES_MARKDOWN else ["```text"]
        lines += [f"\n## {name}\n", *fence]
        code = run(PARTS[name], lines)
        lines += ["```"] * len(fence)
        failed += [name] * (code != 0)
        write(lines, time.monotonic() - begun)
    sys.exit(f"not ended: {', '.join(failed)}" if failed else 0)


def run(script: str, lines: list[str]) -> int:
    """Run a part; what it prints is printed and kept."""
    process = subprocess.Popen(
        [sys.executable, "-u", f"benchmarks/{script}"],
        cwd=ROOT,
        env={**os.environ, **ALONE},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line.rstrip("\n"))
    return process.wait()


def write(lines: list[str], taken: float) -> None:
    now = datetime.now(UTC)
    page = ROOT / "docs" / "observatory" / f"{now:%Y-%m-%d}.md"
    page.parent.mkdir(exist_ok=True)
    head = (
        f"# The two engines of the observatory, {now.day} {now:%B %Y}\n\n"
        f"`make bench-observatory`, {os.cpu_count()} cores, {taken / 60:.1f} minutes, load "
        f"{os.getloadavg()[0]:.1f}.\n"
    )
    page.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

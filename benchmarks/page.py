"""One page of measures: parts run one after the other, one thread each, printed and kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Page:
    """
    ``parts``: the script of each, and its arguments. ``markdown``: those that write it; the others
    write lines. ``folder``: below ``docs``.
    """

    title: str
    command: str
    folder: str
    parts: Mapping[str, Sequence[str]]
    markdown: frozenset[str] = frozenset()


def measure(page: Page) -> None:
    """Run the parts named on the command line, or all, and write ``docs/<folder>/<date>.md``."""
    wanted = sys.argv[1:] or list(page.parts)
    begun, failed = time.monotonic(), []
    lines: list[str] = []
    for name in wanted:
        fence = [] if name in page.markdown else ["```text"]
        lines += [f"\n## {name}\n", *fence]
        failed += [name] * (run(page.parts[name], lines) != 0)
        lines += ["```"] * len(fence)
        write(page, lines, time.monotonic() - begun)
    sys.exit(f"not ended: {', '.join(failed)}" if failed else 0)


def run(script: Sequence[str], lines: list[str]) -> int:
    """Run a part; what it prints is printed and kept."""
    process = subprocess.Popen(
        [sys.executable, "-u", f"benchmarks/{script[0]}", *script[1:]],
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


def write(page: Page, lines: list[str], taken: float) -> None:
    now = datetime.now(UTC)
    path = ROOT / "docs" / page.folder / f"{now:%Y-%m-%d}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = (
        f"# {page.title}, {now.day} {now:%B %Y}\n\n"
        f"`{page.command}`, {os.cpu_count()} cores, {taken / 60:.1f} minutes, load "
        f"{os.getloadavg()[0]:.1f}.\n"
    )
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")

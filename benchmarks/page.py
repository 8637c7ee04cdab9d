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
    """
    Run the parts named on the command line, or all, and write ``docs/<folder>/<date>.md``.

    A part that is run again takes its own place in the page of the day; the others stay.
    """
    failed = []
    for name in sys.argv[1:] or page.parts:
        fence = [] if name in page.markdown else ["```text"]
        begun, load = time.monotonic(), os.getloadavg()[0]
        lines: list[str] = []
        failed += [name] * (run(page.parts[name], lines) != 0)
        taken = (time.monotonic() - begun) / 60
        said = f"{datetime.now(UTC):%H:%M} UTC, {taken:.1f} minutes, load {load:.1f} before it.\n"
        write(page, name, [said, *fence, *lines, *["```"] * len(fence)])
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


def write(page: Page, name: str, lines: list[str]) -> None:
    now = datetime.now(UTC)
    path = ROOT / "docs" / page.folder / f"{now:%Y-%m-%d}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = sections(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts[name] = "\n".join(lines)
    text = f"# {page.title}, {now.day} {now:%B %Y}\n\n`{page.command}`, {os.cpu_count()} cores.\n"
    text += "".join(f"\n## {one}\n\n{parts[one]}\n" for one in page.parts if one in parts)
    path.write_text(text, encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """What each part of a page says."""
    found = (part.split("\n", 1) for part in text.split("\n## ")[1:])
    return {name: said.strip("\n") for name, said in found}

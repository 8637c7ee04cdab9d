"""
``make walls``: every proof whole, one after the other, and the page that says what they found.

Each step is run alone: what is measured in time would suffer from a neighbour.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-s")
STEPS: dict[str, tuple[str, ...]] = {
    "Authorisation matrix": (
        *PYTEST,
        *("tests/walls/test_rights.py", "tests/walls/test_rows.py", "tests/walls/test_matrix.py"),
    ),
    "Raw SQL": (*PYTEST, "tests/walls/test_raw_sql.py"),
    "Existence": (*PYTEST, "tests/walls/test_existence.py"),
    "Crashes": (*PYTEST, "tests/walls/test_crashes.py"),
    "Interface": (*PYTEST, "tests/walls/test_openapi.py"),
    "Hostile input": (*PYTEST, "tests/walls/test_hostile.py"),
    "Headers, bandit, deployment": (
        *PYTEST,
        *(
            "tests/walls/test_headers.py",
            "tests/walls/test_bandit.py",
            "tests/walls/test_deploy.py",
        ),
    ),
    "Tampering": (*PYTEST, "tests/ground/audit/tampering"),
    "Million rows": (sys.executable, "benchmarks/audit.py"),
    "Throughput": (sys.executable, "benchmarks/walls.py"),
    "Shares": (*PYTEST, "tests/walls/test_shares.py"),
    "Display": (*PYTEST, "tests/walls/test_display.py"),
}
# Of a step that says its figures itself, the last lines are kept.
TOLD = 12


def main() -> None:
    figures = Path(tempfile.mkstemp(prefix="walls-")[1])
    begun, lines, failed = time.monotonic(), [], []
    for name, command in STEPS.items():
        script = ROOT / command[-1]
        if not script.exists():
            lines.append(f"- **{name}**: not run, `{command[-1]}` is not there.")
            continue
        figures.write_text("", encoding="utf-8")
        print(f"== {name}", flush=True)
        start = time.monotonic()
        done = _run(command, figures)
        found = figures.read_text(encoding="utf-8").splitlines() or _last(done.stdout)
        state = "held" if done.returncode == 0 else "FAILED"
        failed += [name] * (done.returncode != 0)
        print("\n".join(found if done.returncode == 0 else [done.stdout[-6_000:], done.stderr]))
        lines.append(f"- **{name}**: {state}, {time.monotonic() - start:.0f} s.")
        lines += [f"  - {one}" for one in found]
        # After each step: what was found stays, whatever stops the next one.
        page = _write(lines, time.monotonic() - begun)
        print(f"{page.relative_to(ROOT)} written", flush=True)
    figures.unlink()
    sys.exit(f"not held: {', '.join(failed)}" if failed else 0)


def _run(command: tuple[str, ...], figures: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"FANAL_TESTS": "whole", "FANAL_WALLS_FIGURES": str(figures)}
    environment.pop("PYTHONPATH", None) if environment.get("PYTHONPATH") == "tests" else None
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def _last(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][-TOLD:]


def _write(lines: list[str], spent: float) -> Path:
    day = datetime.now(tz=UTC).date()
    page = ROOT / "docs" / "walls" / f"{day.isoformat()}.md"
    page.parent.mkdir(exist_ok=True)
    head = (
        f"# The walls, {day:%d %B %Y}\n\n`make walls`, {os.cpu_count()} cores, "
        f"{spent / 60:.1f} minutes, load {os.getloadavg()[2]:.1f}. Each line is printed by the "
        "proof that it names.\n\n"
    )
    page.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return page


if __name__ == "__main__":
    main()

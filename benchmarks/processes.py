"""A whole command, in a process of its own: what it says, and what it costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a whole process: CPU seconds, and the most memory it held, in MiB."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} CPU s, {self.memory:.0f} MiB"


def cost(*words: str) -> Cost:
    """What ``fanal`` costs with these words, alone, the kernels being compiled already."""
    return whole(*words)[1]


def whole(*words: str) -> tuple[str, Cost]:
    """What ``fanal`` says with these words, and what it costs."""
    script = "from fanal.config.commands import main; main()"
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as heard:
        process = subprocess.Popen(
            [sys.executable, "-c", script, *words],
            cwd=ROOT,
            env={**os.environ, **ALONE, "PYTHONPATH": str(ROOT / "src")},
            stdout=said,
            stderr=heard,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            heard.seek(0)
            sys.exit(heard.read().decode())
        said.seek(0)
        text = said.read().decode()
    return text, Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

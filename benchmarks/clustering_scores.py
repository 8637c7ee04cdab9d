"""How groups are scored, and what a whole command costs."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clustering_worlds import Post

ROOT = Path(__file__).resolve().parent.parent
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Score:
    """Of pairs of posts held to be of one campaign."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}"


def score(labels: Sequence[int], clusters: Sequence[int]) -> Score:
    both = _pairs(zip(labels, clusters, strict=True))
    return Score(both / max(1, _pairs(clusters)), both / max(1, _pairs(labels)))


def _pairs(keys: Iterable[object]) -> int:
    return sum(number * (number - 1) // 2 for number in Counter(keys).values())


def merged(labels: Sequence[int], clusters: Sequence[int]) -> int:
    """How many groups hold two posts or more of two campaigns or more."""
    held: dict[int, Counter[int]] = {}
    for label, number in zip(labels, clusters, strict=True):
        held.setdefault(number, Counter())[label] += 1
    return sum(sum(times > 1 for times in one.values()) > 1 for one in held.values())


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a whole process: CPU seconds, and the most memory it held, in MiB."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} CPU s, {self.memory:.0f} MiB"


def cost(*words: str) -> Cost:
    """What ``fanal`` costs with these words, alone, the kernels being compiled already."""
    script = "from fanal.config.commands import main; main()"
    with tempfile.TemporaryFile() as heard:
        process = subprocess.Popen(
            [sys.executable, "-c", script, *words],
            cwd=ROOT,
            env={**os.environ, **ALONE, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=heard,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            heard.seek(0)
            sys.exit(heard.read().decode())
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def written(posts: Sequence[Post], path: Path) -> Path:
    """A file of posts, with what the engine never reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "label", "text"))
        writer.writerows((row, post.campaign, post.text) for row, post in enumerate(posts))
    return path


def told(path: Path) -> list[int]:
    """The group of each post, as the command wrote it."""
    with path.open(encoding="utf-8", newline="") as file:
        return [int(row["cluster"]) for row in csv.DictReader(file)]


def peak() -> float:
    """The most memory that this process held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

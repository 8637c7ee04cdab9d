"""How groups are scored."""

from __future__ import annotations

import csv
import resource
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clustering_worlds import Post


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

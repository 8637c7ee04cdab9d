"""Peers are marked by the pairs that they hold, whichever record comes first."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("linkage_peers")


def test_a_mark_counts_pairs_at_its_threshold(peers: Any) -> None:
    truth = {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}
    found = {("a", "b"): 0.99, ("a", "c"): 0.6, ("a", "d"): 0.5, ("b", "c"): 0.4}

    possible, strong = (peers.mark(found, truth, level) for level in (0.5, 0.95))

    assert (possible.precision, possible.recall) == (pytest.approx(2 / 3), 0.5)
    assert possible.f1 == pytest.approx(4 / 7)
    assert (strong.precision, strong.recall) == (1, 0.25)


def test_nothing_found_is_marked_nought(peers: Any) -> None:
    assert peers.mark({}, {("a", "b")}, 0.5) == peers.Mark(0, 0, 0)
    assert peers.mark({}, set(), 0.5) == peers.Mark(0, 0, 0)


def test_true_pairs_are_those_of_one_cluster_in_order(peers: Any, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("rec_id,cluster\nr2,7\nr1,7\nr3,8\nr10,7\n", encoding="utf-8")

    assert peers.same_cluster(path) == {("r1", "r2"), ("r1", "r10"), ("r10", "r2")}


def test_links_are_put_in_order(peers: Any, tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("id_a,id_b\nz,a\nb,c\n", encoding="utf-8")

    assert peers.links(path) == {("a", "z"), ("b", "c")}

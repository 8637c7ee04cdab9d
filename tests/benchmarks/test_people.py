"""Invented people: one seed gives one world, its truth is told, and nobody can be called."""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FICTION = re.compile(r"(019900|026191|035301|046571|053649|063998)\d{4}")

Rows = list[tuple[str, ...]]
People = Callable[..., Iterator[tuple[str, ...]]]


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.syspath_prepend(BENCHMARKS)
    found: People = import_module("people").people
    return found


@pytest.fixture(params=["A", "B"])
def style(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def by_person(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row[1]].append(row)
    return found


def test_one_seed_gives_one_world_and_another_gives_another(people: People, style: str) -> None:
    first = list(people(50, 3, style))

    assert list(people(50, 3, style)) == first
    assert list(people(50, 4, style)) != first


def test_every_person_is_seen_and_every_field_is_of_its_kind(people: People, style: str) -> None:
    rows = list(people(2_000, 1, style))

    assert len(by_person(rows)) == 2_000
    assert len({row[0] for row in rows}) == len(rows)
    for _, _, source, given, surname, alias, born, phone, town in rows:
        assert source
        assert town
        assert given or surname or alias
        assert not born or date.fromisoformat(born)
        assert not phone or FICTION.fullmatch(phone)


def test_records_of_one_person_stand_apart(people: People, style: str) -> None:
    rows = list(people(2_000, 1, style))
    neighbours = sum(row[1] == after[1] for row, after in pairwise(rows))

    assert neighbours < len(rows) / 100


def test_the_familiar_world_keeps_the_shares_that_were_measured(people: People) -> None:
    rows = list(people(3_000, 1, "A"))
    sizes = Counter(map(len, by_person(rows).values()))

    def missing(place: int) -> float:
        return sum(not row[place] for row in rows) / len(rows)

    assert set(sizes) == {1, 2, 3, 4, 6}
    assert missing(4) == pytest.approx(0.18, abs=0.03)
    assert missing(5) == pytest.approx(0.65, abs=0.03)
    assert missing(6) == pytest.approx(0.31, abs=0.03)
    assert missing(7) == pytest.approx(0.55, abs=0.03)


def test_the_kept_world_has_its_traps(people: People) -> None:
    rows = list(people(6_000, 1, "B"))
    persons = by_person(rows)
    callers = defaultdict(set)
    for row in rows:
        callers[row[7]].add(row[1])
    shared = [known for phone, known in callers.items() if phone and len(known) > 1]

    assert max(map(len, persons.values())) == 15
    assert max(map(len, shared)) > 5, "a hostel"
    assert len(shared) > 100, "mothers"
    assert any(row[6].startswith("19") for row in rows), "a wrong century"
    assert any("-" in row[3] for row in rows), "compound names"


def test_a_file_holds_exactly_so_many_records(tmp_path: Path, people: People) -> None:
    out = tmp_path / "people.csv.gz"
    command = [sys.executable, str(BENCHMARKS / "people.py"), "500", "9", str(out), "--style", "B"]
    subprocess.run(command, check=True)

    with gzip.open(out, "rt", encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))

    assert ",".join(written[0]) == (
        "rec_id,cluster,source,prenom,nom,alias,date_naissance,telephone,commune"
    )
    assert len(written) == 501
    assert list(map(tuple, written[1:])) == list(people(500, 9, "B", records=500))

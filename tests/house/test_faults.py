"""The list of seeded faults still speaks of what stands: its files, its words, its tests."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from house.seeded import ROOT, Fault, read_faults

FAULTS = read_faults()
# What must never be lost, and how many ways of losing it are tried at the least.
FAMILIES = (
    "access", "row security", "clocks", "seals", "trail", "signatures", "masks", "chats", "imports",
)  # fmt: skip
OF_A_FAMILY, IN_ALL, IN_THE_DATABASE = 5, 60, 15
# Folders that are proved by longer runs than each commit's.
LONGER = ("tests/walls/", "tests/browser/", "tests/engines/", "tests/benchmarks/")


@cache
def text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def names_in(file: str) -> set[str]:
    """The tests of a file by the names that pytest gives them, those of its classes included."""
    found, left = set(), [(ast.parse(text_of(file)), "")]
    while left:
        node, within = left.pop()
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.ClassDef) and one.name.startswith("Test"):
                left.append((one, f"{within}{one.name}::"))
            elif isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                found.add(f"{within}{one.name}")
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_made_and_its_tests_exist(fault: Fault) -> None:
    assert fault.made_in(text_of(fault.file)) != text_of(fault.file)
    assert fault.tests
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert name in names_in(file), test
        assert not test.startswith(LONGER), test


def test_a_fault_of_python_is_still_python() -> None:
    for fault in FAULTS:
        if Path(fault.file).suffix == ".py":
            ast.parse(fault.made_in(text_of(fault.file)))


def test_each_family_is_tried_in_several_ways() -> None:
    counted = Counter(fault.family for fault in FAULTS)
    assert {family: counted[family] for family in FAMILIES if counted[family] < OF_A_FAMILY} == {}
    assert len(FAULTS) >= IN_ALL
    assert sum(fault.is_sql for fault in FAULTS) >= IN_THE_DATABASE


def test_no_fault_is_listed_twice() -> None:
    for what in ("name", "digest"):
        counted = Counter(getattr(fault, what) for fault in FAULTS)
        assert {one: times for one, times in counted.items() if times > 1} == {}

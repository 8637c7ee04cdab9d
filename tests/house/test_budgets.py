"""Each test is counted in one folder, and a folder that costs more than it may is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgets import Line, folder_of, read_budgets


@pytest.mark.parametrize(
    ("nodeid", "folder"),
    [
        ("tests/browser/test_front.py::test_x", "browser"),
        ("tests/config/commands/test_check.py::test_x[a/b.py]", "config"),
        ("tests/detect/concerns/forms/test_steps.py::test_x", "detect/concerns"),
        ("tests/walls/test_matrix.py::test_x", "walls"),
    ],
)
def test_a_test_is_counted_in_the_folder_of_the_table_or_in_its_room(
    nodeid: str, folder: str
) -> None:
    assert folder_of(nodeid, read_budgets()) == folder


def test_a_folder_past_its_budget_says_so() -> None:
    assert "dépassé" in str(Line("walls", 10, 70.6, 70))
    assert "dépassé" not in str(Line("walls", 10, 70.0, 70))


def test_all_budgets_together_fit_in_what_two_processors_do_in_five_minutes() -> None:
    budgets = read_budgets()
    others = budgets.pop("others")
    tests = Path(__file__).parents[1]
    rooms = {folder_of(f"tests/{file.relative_to(tests)}", budgets)
             for file in tests.rglob("test_*.py")}  # fmt: skip
    assert sum(budgets.get(room, others) for room in rooms) <= 2 * 300

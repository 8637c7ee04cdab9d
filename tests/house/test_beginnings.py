"""No process waits for another at the beginning, and no test is lost."""

from __future__ import annotations

from typing import Any

import pytest

from beginnings import in_parts


class Item:
    def __init__(self, name: str, *fixtures: str, marked: bool = False) -> None:
        self.name, self.fixturenames, self.marked = name, fixtures, marked

    def get_closest_marker(self, name: str) -> str | None:
        return name if self.marked else None


ITEMS: list[Any] = [
    Item("browser", "trial_server"),
    *(Item(f"a{number}", "db") for number in range(4)),
    Item("marked", marked=True),
    *(Item(f"free{number}", "tmp_path") for number in range(2)),
]


def names(items: list[Any]) -> list[str]:
    return [item.name for item in items]


def test_the_second_process_begins_with_what_asks_for_no_database() -> None:
    parts = names(in_parts(ITEMS, 2))

    assert parts[:4] == ["browser", "a0", "a1", "a2"]
    assert parts[4:] == ["free0", "free1", "a3", "marked"]


@pytest.mark.parametrize("processes", [1, 2, 3, 8, 20])
def test_no_test_is_lost_nor_doubled(processes: int) -> None:
    assert sorted(names(in_parts(ITEMS, processes))) == sorted(names(ITEMS))


def test_more_than_a_part_without_a_database_pushes_nothing_into_the_first() -> None:
    free: list[Any] = [Item(f"free{number}") for number in range(10)]
    parts = names(in_parts([ITEMS[0], *free, ITEMS[5]], 2))

    assert [parts[0], parts[5]] == ["browser", "marked"]
    assert parts[6:] == [f"free{number}" for number in range(6)]


def test_alone_a_process_keeps_the_order() -> None:
    assert in_parts(ITEMS, 1) == ITEMS

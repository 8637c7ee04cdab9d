"""An assignment of plain numbers is read whole, or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanal.engines.placement.reading import read_tasks
from fanal.engines.placement.refusals import Code, NotPlaced


def test_costs_weights_and_capacities_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("2 3\n1 2 3\n4 5 6\n7 8 9\n10 11 12\n20 30\n", encoding="utf-8")

    read = read_tasks(path)

    assert read.cost.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert read.weight.tolist() == [[7, 8, 9], [10, 11, 12]]
    assert read.capacity.tolist() == [20, 30]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Il est vide."),
        (b"2", "un nombre d'agents"),
        (b"1 1 1 1", "il faut 5 nombres ; il y en a 4"),
        (b"1 1 1 1 1 1", "il faut 5 nombres ; il y en a 6"),
        (b"0 0", "Pour 0 agents"),
        (b"1 1\n-1\n1\n1", "Ligne 2 : « -1 » n'est pas un nombre entier"),
        (b"1 1\n1\n1.5\n1", "Ligne 3"),
        (b"a b", "Ligne 1 : « a » n'est pas un nombre"),
        ("1 1 1 1 \u0661".encode(), "Ligne 1"),
        (b"1 1\n\xff", "Ligne 2 : ce n'est pas du texte en UTF-8."),
        (b"1 1\n\x00", "Ligne 2"),
        (b"9" * 10**7, "Ligne 1"),
        (b"x" * 10**7, "Ligne 1"),
    ],
)
def test_what_is_not_an_assignment_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)

    with pytest.raises(NotPlaced) as refused:
        read_tasks(path)

    assert refused.value.code == Code.UNREADABLE
    assert said in refused.value.message
    assert len(refused.value.message) < 260

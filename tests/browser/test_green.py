"""What was found sound is told apart by what it is made of, and by what looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import green


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "green.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(green, "FILE", file)
    green._checks.cache_clear()
    yield
    green._checks.cache_clear()


def test_a_screen_is_green_as_it_was_looked_at_and_no_other() -> None:
    green.write("screens", "avis/", "one", sound=True)

    assert green.is_green("screens", "avis/", "one")
    assert not green.is_green("screens", "avis/", "two")
    assert not green.is_green("screens", "bureau/", "one")
    assert not green.is_green("public", "avis/", "one")


def test_a_screen_that_is_no_longer_sound_loses_its_line() -> None:
    green.write("screens", "avis/", "one", sound=True)
    green.write("screens", "avis/", "one", sound=False)

    assert green.read("screens") == {}


@pytest.mark.parametrize("name", green.CHECKS)
def test_a_check_that_changes_makes_every_screen_new(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    green.write("screens", "avis/", "one", sound=True)
    for check in green.CHECKS:
        (tmp_path / check).write_bytes((green.HERE / check).read_bytes())
    (tmp_path / name).write_text("another", encoding="utf-8")
    monkeypatch.setattr(green, "HERE", tmp_path)
    green._checks.cache_clear()

    assert not green.is_green("screens", "avis/", "one")


def test_another_axe_makes_every_screen_new(monkeypatch: pytest.MonkeyPatch) -> None:
    green.write("screens", "avis/", "one", sound=True)
    monkeypatch.setattr(green, "AXE", "another")
    green._checks.cache_clear()

    assert not green.is_green("screens", "avis/", "one")

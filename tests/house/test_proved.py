"""What is left out was proved as it stands: whatever its tests read changes its digest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import proved
from imports import ROOT, reached, third_parties
from proved import PYTHON, Suite, left_out, suites

HOURS = Suite("hours")
DAY = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list where the engine of hours alone is proved, for the version that runs."""
    path = tmp_path / "proved.json"
    monkeypatch.setattr(proved, "KEPT", path)
    path.write_text(json.dumps({"hours": {PYTHON: HOURS.digest()}}), encoding="utf-8")
    return path


def files_read_by(suite: Suite) -> set[str]:
    return {str(file.relative_to(ROOT)) for file in suite.read()}


def test_every_folder_of_engines_is_a_suite_with_its_sources_and_its_tests() -> None:
    for suite in suites():
        read = files_read_by(suite)
        assert suite.files()
        assert any(file.startswith(f"src/fanal/engines/{suite.name}/") for file in read)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("hours", "src/fanal/engines/hours/data/school_breaks.csv"),
        ("hours", "docs/engines/hours.md"),
        ("hours", "tests/config/commands/test_hours.py"),
        ("hours", "src/fanal/config/commands/hours.py"),
        ("placement", "src/fanal/engines/programmes/__init__.py"),
        ("population", "tests/engines/population/tables"),
        ("population", "src/fanal/config/commands/population/estimate.py"),
        ("disclosure", "src/fanal/config/commands/release.py"),
        ("linkage", "src/fanal/engines/linkage/kernels/sharing.py"),
    ],
)
def test_a_suite_reads_its_data_its_page_its_command_and_what_it_stands_on(
    name: str, file: str
) -> None:
    assert any(read.startswith(file) for read in files_read_by(Suite(name))), file


def test_a_change_to_what_is_read_proves_nothing_any_more(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(left_out(DAY).values()) == {HOURS}
    real = Path.read_bytes
    changed = next(file for file in HOURS.read() if file.suffix == ".csv")

    def read_bytes(self: Path) -> bytes:
        return real(self) + (b"\n" if self == changed else b"")

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert left_out(DAY) == {}


def test_what_another_python_proved_is_run_again(kept: Path) -> None:
    kept.write_text(json.dumps({"hours": {"2.7": HOURS.digest()}}), encoding="utf-8")

    assert left_out(DAY) == {}


def test_a_few_proved_files_are_run_each_day_and_all_of_them_in_time(kept: Path) -> None:
    files = set(HOURS.files())
    drawn = [files - left_out(DAY + timedelta(days=day)).keys() for day in range(60)]

    assert {len(few) for few in drawn} == {proved.DRAWN}
    assert set().union(*drawn) == files


def test_what_a_suite_stands_on_is_named_by_its_version() -> None:
    assert {"holidays", "hypothesis", "pytest"} <= third_parties(reached(HOURS.files()))


def test_keeping_forgets_what_is_there_no_longer(kept: Path) -> None:
    kept.write_text(json.dumps({"gone": {PYTHON: "0"}}), encoding="utf-8")

    proved.keep(["triage"])

    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "triage": {PYTHON: Suite("triage").digest()}
    }

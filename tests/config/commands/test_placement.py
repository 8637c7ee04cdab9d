"""``fanal placement``: what is said, on which output, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fanal.config.commands import placement
from fanal.config.commands.contents import Contents

NIGHT = {
    "arcs": [[0, 0, 5], [1, 0, 7], [1, 1, 70]],
    "unit_facility": [0, 1],
    "unit_places": [1, 1],
    "unplaced_penalty": [10000, 10000, 10000],
    "keep_apart": [],
    "keep_together": [],
}


@pytest.fixture
def night(tmp_path: Path) -> Path:
    path = tmp_path / "nuit.json"
    path.write_text(json.dumps(NIGHT), encoding="utf-8")
    return path


def fanal(*words: str | Path) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), [str(word) for word in words])


def test_the_plan_is_one_document_for_a_program(night: Path) -> None:
    done = fanal("placement", "solve", night, "--json")

    told = json.loads(done.stdout)
    assert told.pop("seconds") >= 0
    assert told == {
        "value": 10075,
        "left_out": 1,
        "assignment": [[0, 0], [1, 1]],
        "lower_bound": 10075,
        "gap": 0.0,
    }


def test_the_plan_is_told_to_a_person(night: Path) -> None:
    done = fanal("placement", "solve", night)

    assert "Demandes placées : 2 ; sans place : 1." in done.stdout
    assert "Aucun autre plan ne vaut mieux." in done.stdout


def test_an_assignment_is_shared_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2 2  1 5 4 2  1 1 1 1  1 1", encoding="utf-8")

    told = json.loads(fanal("placement", "gap", path, "--json").stdout)

    assert (told["value"], told["lower_bound"]) == (3, 3)
    assert "Valeur 3, borne 3." in fanal("placement", "gap", path).stdout


@pytest.mark.parametrize("command", ["solve", "gap"])
def test_a_file_that_is_not_one_is_one_french_line_and_code_2(tmp_path: Path, command: str) -> None:
    path = tmp_path / "vide"
    path.write_bytes(b"")
    program = "from fanal.config.commands import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", program, "placement", command, str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "Le fichier ne peut pas être lu. Il est vide."


def test_the_policies_are_compared_for_a_program() -> None:
    done = fanal("placement", "simulate", "--seed", "3", "--days", "40", "--json")

    told = json.loads(done.stdout)
    assert (told["seed"], told["load"], told["days"]) == (3, 0.95, 40)
    assert list(told["policies"]) == ["at_once", "urgent_first", "together", "rare"]
    assert all(0 <= one["same_day"] <= 1 for one in told["policies"].values())


def test_without_its_libraries_the_command_says_how_to_have_them(
    night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "NEEDED", ("a_library_that_is_not_there",))

    done = fanal("placement", "solve", night)

    assert isinstance(done.exception, click.ClickException | SystemExit)
    assert "fanal[placement]" in str(done.exception) + done.output

"""``fanal release``: what is said, on which output, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents
from fanal.ground.errors import Refusal

REQUEST = """
name = "formes"
title = "Mineurs repérés, par forme"
series = "cas"
policy = "mineurs"
method = "suppress"
date = 2026-03-31
contact = "a@exemple.invalid"
contributor = false
[variables.forme]
[variables.age]
role = "person"
[[tables]]
name = "formes"
variables = ["forme"]
"""


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    (tmp_path / "demande.toml").write_text(REQUEST, encoding="utf-8")
    rows = ["forme,age", *["un,14"] * 40, *["deux,15"] * 30, *["trois,16"] * 3]
    (tmp_path / "cas.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def called(*words: str) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["release", *words], standalone_mode=False)


def build(folder: Path, *more: str) -> Result:
    return called(
        "build", str(folder / "demande.toml"), "--data", str(folder / "cas.csv"),
        "--out", str(folder / "sortie"), "--ledger", str(folder / "registre"), *more,
    )  # fmt: skip


def test_a_release_is_told_in_french_and_its_progress_apart(asked: Path) -> None:
    result = build(asked)

    assert result.exception is None
    assert "Publication prête" in result.stdout
    assert "moins de 11 personnes" in result.stdout
    assert "Attaques" in result.stderr
    assert (asked / "sortie" / "README.md").is_file()


def test_json_is_all_that_the_output_holds(asked: Path) -> None:
    answer: dict[str, Any] = json.loads(build(asked, "--json").stdout)

    assert answer["name"] == "formes"
    assert answer["cells"] == 4
    assert answer["verdict"]["sound"] is True


def test_what_is_refused_is_one_line_and_exit_code_2(asked: Path) -> None:
    (asked / "cas.csv").write_text("forme\nun\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-c", "from fanal.config.commands import main; main()", "release",
            "build", str(asked / "demande.toml"), "--data", str(asked / "cas.csv"),
            "--out", str(asked / "sortie"), "--ledger", str(asked / "registre"),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("Le fichier de données ne convient pas")
    assert "Traceback" not in done.stderr
    assert not (asked / "sortie").exists()


def test_releases_that_hold_are_attacked_in_vain(asked: Path) -> None:
    build(asked)
    result = called("attack", str(asked / "sortie"))

    assert result.return_value == 0
    assert "Aucune attaque ne réussit." in result.stdout


def test_releases_that_betray_are_told_with_exit_code_1(asked: Path) -> None:
    build(asked)
    table = asked / "sortie" / "formes.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    exact = [
        "Total,73,publié,73,73",
        "deux,30,publié,30,30",
        "trois,,masqué,,",
        "un,40,publié,40,40",
    ]
    table.write_text("\n".join([lines[0], *exact]) + "\n", encoding="utf-8")

    result = called("attack", str(asked / "sortie"), "--json")

    assert result.return_value == 1
    found = json.loads(result.stdout)
    assert found["recovered_exactly"] == 1
    assert found["sound"] is False
    assert "Des attaques réussissent." in called("attack", str(asked / "sortie")).stdout


def test_without_its_libraries_the_command_says_what_to_install(
    asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opendp", None)

    result = build(asked)

    assert isinstance(result.exception, Refusal)
    assert "fanal[disclosure]" in result.exception.message

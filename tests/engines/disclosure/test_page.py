"""The engine's page says what is true: its examples run, its rules and refusals are all there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder
from fanal.engines.disclosure.attacks.subtracting import Attack
from fanal.engines.disclosure.policies import policies
from fanal.engines.disclosure.release.refusals import Reason
from fanal.engines.disclosure.release.spec import Method, read_spec

PAGE = project_folder() / "docs" / "engines" / "disclosure.md"
TEXT = PAGE.read_text(encoding="utf-8")
PERIODS = {"day": "jour", "month": "mois", "quarter": "trimestre", "year": "année"}
PLACES = {"commune": "commune", "departement": "département"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.+?)```", TEXT, flags=re.DOTALL)


def rows(pattern: str) -> list[list[str]]:
    found = re.findall(rf"^\| `({pattern})` \| (.+) \|$", TEXT, flags=re.MULTILINE)
    return [[name, *rest.split(" | ")] for name, rest in found]


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in (PAGE.parent / "examples").iterdir():
        shutil.copy(path, tmp_path)
    # The page's own secret, so that its figures are always rounded alike.
    (tmp_path / "registre").mkdir()
    (tmp_path / "registre" / "secret").write_text("0" * 64, encoding="ascii")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_print_what_the_page_says(examples: Path) -> None:
    ran = 0
    for block in blocks("console"):
        for words, printed in re.findall(r"^\$ fanal (.+)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            result = CliRunner().invoke(
                Contents(name="fanal"), words.split(), standalone_mode=False
            )
            assert result.exception is None
            told = result.stdout.splitlines()
            assert [line for line in printed.splitlines() if line not in told] == []
            ran += 1
    assert ran == 3

    table = (examples / "sortie-formes" / "departement-forme.csv").read_text(encoding="utf-8")
    (shown,) = blocks("csv")
    assert [line for line in shown.splitlines() if line not in table.splitlines()] == []


def test_the_request_of_the_page_is_that_of_the_example() -> None:
    (shown,) = blocks("toml")
    example = (PAGE.parent / "examples" / "formes.toml").read_text(encoding="utf-8").splitlines()

    assert [line for line in shown.splitlines() if line not in example] == []
    read_spec(PAGE.parent / "examples" / "formes.toml")


def test_every_rule_is_on_the_page_as_it_is() -> None:
    told = {row[0]: row[1:] for row in rows(r"[a-z0-9-]+-\d")}

    assert told == {
        name: [
            str(one.threshold),
            "masqués" if one.hides_zeros else "montrés",
            f"{100 * one.share_at_most:.0f} %" if one.share_at_most else "non",
            str(one.rounding or "non"),
            str(one.width),
            PERIODS[one.finest_period],
            PLACES[one.finest_territory],
        ]
        for name, one in policies().items()
    }


@pytest.mark.parametrize("names", [Attack, Method, Reason], ids=lambda one: one.__name__)
def test_every_attack_method_and_refusal_is_on_the_page(
    names: type[Attack] | type[Method] | type[Reason],
) -> None:
    told = [row[0] for row in rows("[a-z_]+")]

    assert {str(one) for one in names} <= set(told)
    assert len(set(told)) == len(told)

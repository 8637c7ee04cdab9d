"""The engine's page says what is true: its examples run, its codes are all there."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder
from fanal.engines.population.methods import METHODS
from fanal.engines.population.publishing.about import read_about
from fanal.engines.population.reading import read_table
from fanal.engines.population.refusals import SAID

PAGE = project_folder() / "docs" / "engines" / "population.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ fanal (.+?)\n(.+?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize(("words", "printed"), EXAMPLES, ids=lambda one: one[:40])
def test_an_example_prints_what_the_page_says(
    words: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project_folder())
    result = CliRunner().invoke(Contents(name="fanal"), words.split())

    assert result.exit_code == 0
    told = {" ".join(line.split()) for line in result.stdout.splitlines()}
    for line in printed.strip().splitlines():
        assert " ".join(line.split()) in told


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


def test_every_refusal_is_on_the_page_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+?) \|$", TEXT, flags=re.MULTILINE)
    listed = {code: said for code, said in rows if code in {str(code) for code in SAID}}

    assert listed == {str(code): said for code, said in SAID.items()}


def test_every_method_is_on_the_page() -> None:
    for name in METHODS:
        assert f"`{name}`" in TEXT


def test_the_declared_example_is_whole() -> None:
    folder = PAGE.parent / "examples"
    about = read_about(folder / "about.toml", read_table(folder / "captures.csv").lists)

    assert not about.wanting
    assert about.is_public

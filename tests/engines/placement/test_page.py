"""The engine's page says what is true: its example runs, its refusals are all there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder
from fanal.engines.placement.refusals import Code

TEXT = (project_folder() / "docs" / "engines" / "placement.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.+?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("console", blocks("console"))
def test_the_examples_say_what_the_page_says(tmp_path: Path, console: str) -> None:
    (tmp_path / "nuit.json").write_text(blocks("json")[0], encoding="utf-8")
    typed, *said = console.splitlines()
    words = typed.removeprefix("$ fanal ").replace("nuit.json", str(tmp_path / "nuit.json"))

    done = CliRunner().invoke(Contents(name="fanal"), words.split())

    assert done.stdout.splitlines() == said


def test_each_refusal_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", TEXT.split("## Refus")[1], flags=re.MULTILINE)

    assert rows == [code.value for code in Code]

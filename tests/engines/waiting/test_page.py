"""The engine's page says what is true: its example runs, its refusals are all there."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder

TEXT = (project_folder() / "docs" / "engines" / "waiting.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.+?)```", TEXT, flags=re.DOTALL)
    return str(found)


def test_the_example_says_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "quarts.csv").write_text(block("csv"), encoding="utf-8")
    typed, *said = block("console").splitlines()
    words = typed.removeprefix("$ fanal ").replace("quarts.csv", str(tmp_path / "quarts.csv"))

    done = CliRunner().invoke(Contents(name="fanal"), words.split())

    assert done.stdout.replace("\u00a0", " ").splitlines() == said

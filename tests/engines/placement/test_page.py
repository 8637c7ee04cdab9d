"""The engine's page says what is true: its example runs, its refusals are all there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder

TEXT = (project_folder() / "docs" / "engines" / "placement.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.+?)```", TEXT, flags=re.DOTALL)


def examples() -> list[tuple[str, list[str]]]:
    """What is typed, and what is said."""
    typed = [part for block in blocks("console") for part in block.split("$ fanal ")[1:]]
    return [(words, said) for words, *said in map(str.splitlines, typed)]


@pytest.mark.parametrize(("typed", "said"), examples())
def test_the_examples_say_what_the_page_says(tmp_path: Path, typed: str, said: list[str]) -> None:
    for name, text in zip(("nuit.json", "pesee.json"), blocks("json"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = [str(tmp_path / word) if word.endswith(".json") else word for word in typed.split()]

    done = CliRunner().invoke(Contents(name="fanal"), words)

    assert done.stdout.splitlines() == said

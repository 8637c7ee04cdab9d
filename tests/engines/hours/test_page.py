"""The engine's page says what is true: its examples run, its refusals are all there."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import Contents
from fanal.config.folders import project_folder
from fanal.engines.hours.reading import read_hours

TEXT = (project_folder() / "docs" / "engines" / "hours.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("console", re.findall(r"```console\n(.+?)```", TEXT, flags=re.DOTALL))
def test_the_examples_say_what_the_page_says(console: str) -> None:
    typed, *said = console.splitlines()

    done = CliRunner().invoke(Contents(name="fanal"), shlex.split(typed.removeprefix("$ fanal ")))

    assert done.stdout.replace("\u00a0", " ").splitlines() == said


def test_what_the_page_shows_is_read() -> None:
    rows = TEXT.split("## Écrire")[1].split("Jours :")[0]
    written = [text for text in re.findall(r"`([^`]+)`", rows) if "…" not in text]

    assert len(written) == 13
    for text in written:
        assert str(read_hours(text))

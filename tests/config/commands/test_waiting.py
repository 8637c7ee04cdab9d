"""``fanal waiting forecast``: a line for each quarter, or a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents

QUARTERS = "quarter,arrivals,places\n09:00,1,4\n09:15,0,0\n"


def call(folder: Path, text: str, *words: str) -> Result:
    (folder / "q.csv").write_text(text, encoding="utf-8")
    given = words or ("--duration", "10", "--patience", "10")
    return CliRunner().invoke(
        Contents(name="fanal"), ["waiting", "forecast", str(folder / "q.csv"), *given]
    )


def test_each_quarter_has_its_line(tmp_path: Path) -> None:
    result = call(tmp_path, QUARTERS)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == "09:15 : fermé."
    assert result.stdout.startswith("09:00 : Une minute d’attente au plus. Sans réponse : 0\u00a0%")


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (QUARTERS.replace("1,4", "beaucoup,4"), (), "09:00 : il faut un nombre"),
        (QUARTERS.replace("1,4", "1,4.5"), (), "nombre entier de places"),
        (QUARTERS, ("--duration", "0", "--patience", "10"), "de 0.5 à 600"),
        (QUARTERS, ("--duration", "10", "--patience", "10", "--waiting", "-1"), "positif"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, text: str, words: tuple[str, ...], said: str
) -> None:
    result = call(tmp_path, text, *words)

    assert result.exit_code == 1
    assert said in result.output

"""``fanal digests match``: two lists in, one file out, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents

KNOWN = "00" * 32
NEAR = "00" * 28 + "ffffff7f"
FAR = "00" * 28 + "ffffffff"


def call(folder: Path, asked: str, known: str, out: str = "out.csv") -> Result:
    for name, text in (("asked.txt", asked), ("known.txt", known)):
        (folder / name).write_text(text, encoding="utf-8")
    words = ["asked.txt", "--against", "known.txt", "--out", out]
    paths = [word if word.startswith("--") else str(folder / word) for word in words]
    return CliRunner().invoke(Contents(name="fanal"), ["digests", "match", *paths])


def test_matches_are_written_with_their_distance(tmp_path: Path) -> None:
    result = call(tmp_path, f"{FAR}\n{NEAR}\n", f"{KNOWN}\n")

    assert result.exit_code == 0, result.output
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert written == f"query,match,distance\n{NEAR},{KNOWN},31\n"
    assert "1 liens, de 2 empreintes à 1 connues" in result.stderr


def test_a_wrong_length_is_refused_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    result = call(tmp_path, KNOWN, f"{KNOWN}\n{KNOWN[1:]}\n")

    assert result.exit_code == 1
    assert "known.txt, ligne 2 : 63 caractères" in result.output
    assert not (tmp_path / "out.csv").exists()


def test_a_list_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    result = call(tmp_path, KNOWN, KNOWN, out="known.txt")

    assert result.exit_code == 1
    assert (tmp_path / "known.txt").read_text(encoding="utf-8") == KNOWN

"""``fanal clustering``: a file of texts in, a file of contacts out."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from fanal.config.commands.contents import Contents

TEXTS = 'ref,body\na,"Table en chêne\nzéro six trente-neuf 98 12 34"\nb,un vélo\nc,snap : bois_12\n'


def call(
    folder: Path, text: str, *words: str, out: str = "out.csv", command: str = "contacts"
) -> Result:
    (folder / "in.csv").write_text(text, encoding="utf-8")
    paths = [str(folder / "in.csv"), "--out", str(folder / out)]
    return CliRunner().invoke(Contents(name="fanal"), ["clustering", command, *paths, *words])


def test_contacts_are_written_with_the_name_of_their_text(tmp_path: Path) -> None:
    result = call(tmp_path, TEXTS, "--id", "ref", "--text", "body")

    assert result.exit_code == 0, result.output
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert written == "id,kind,value\na,phone,+33639981234\nc,handle,bois_12\n"
    assert "2 contacts dans 3 textes" in result.stderr


def test_a_wrong_column_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    result = call(tmp_path, TEXTS, "--id", "ref")

    assert result.exit_code == 1
    assert "Ligne 1 : il n'y a pas de colonne « text » : ref, body." in result.output
    assert not (tmp_path / "out.csv").exists()


def test_the_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    result = call(tmp_path, TEXTS, "--id", "ref", "--text", "body", out="in.csv")

    assert result.exit_code == 1
    assert (tmp_path / "in.csv").read_text(encoding="utf-8") == TEXTS


def test_groups_are_written_and_each_link_is_told(tmp_path: Path) -> None:
    said = (
        "Belle table en chêne massif, fabriquée à la main, livrée montée chez vous, 06 39 98 12 34"
    )
    text = f'id,text\na,"{said}"\nb,Un vélo à donner\nc,"{said}"\n'

    result = call(tmp_path, text, "--json", command="run")

    assert result.exit_code == 0, result.output
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert written == "id,cluster\na,1\nb,2\nc,1\n"
    (one,) = json.loads(result.stdout)["clusters"]
    assert [card["texts"] for card in one["links"]] == [["a", "c"]]


def test_groups_of_a_file_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    result = call(tmp_path, "id,text\na,b\na,c\n", command="run")

    assert result.exit_code == 1
    assert "Ligne 3 : « a » est déjà à la ligne 2." in result.output
    assert not (tmp_path / "out.csv").exists()

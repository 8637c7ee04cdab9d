"""``fanal clustering``: a file of texts in, a file of contacts out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
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


SAID = (
    "Belle table en chêne massif, fabriquée à la main, livrée montée chez vous, 06 39 98 12 34",
    "Cours de reliure le samedi matin, outils fournis, débutants bienvenus, 06 39 98 55 66",
)


def rows(said: list[str], first: int = 0) -> str:
    lines = (f'p{first + place},"{one}"' for place, one in enumerate(said))
    return "\n".join(("id,text", *lines, ""))


def add(folder: Path, text: str, *words: str) -> Result:
    (folder / "more.csv").write_text(text, encoding="utf-8")
    paths = [str(folder / name) for name in ("index", "more.csv")]
    line = ["clustering", "add", *paths, "--out", str(folder / "out.csv"), *words]
    return CliRunner().invoke(Contents(name="fanal"), line)


def test_texts_are_added_to_an_index_and_all_are_written(tmp_path: Path) -> None:
    made = call(tmp_path, rows([*SAID, SAID[0]]), "--save", str(tmp_path / "index"), command="run")
    assert made.exit_code == 0, made.output

    result = add(tmp_path, rows([SAID[1], "Un banc"], 3), "--json")

    assert result.exit_code == 0, result.output
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert written == "id,cluster\np0,1\np1,2\np2,1\np3,2\np4,4\n"
    assert [one["texts"] for one in json.loads(result.stdout)["clusters"]] == [["p1", "p3"]]
    assert "2 textes ajoutés, 5 dans l'index" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rows([SAID[1]], 1), "Ligne 2 : « p1 » est déjà connu."),
        ("id,body\na,b\n", "Ligne 1 : il n'y a pas de colonne « text »"),
        ("", "est vide"),
    ],
)
def test_what_cannot_be_added_changes_no_index(tmp_path: Path, text: str, said: str) -> None:
    call(tmp_path, rows(list(SAID)), "--save", str(tmp_path / "index"), command="run")
    before = (tmp_path / "index").read_bytes()
    (tmp_path / "out.csv").unlink()

    result = add(tmp_path, text)

    assert result.exit_code == 1
    assert said in result.output
    assert (tmp_path / "index").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "index", "more.csv"]


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("id,text\na,b\n", encoding="utf-8")

    result = add(tmp_path, rows(["un banc"]))

    assert result.exit_code == 1
    assert "n'est pas un index" in result.output


@pytest.mark.parametrize("command", ["contacts", "run"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"id,body\na,b\n", "Ligne 1 : il n'y a pas de colonne"),
        (b"id,text\na,b\nb,\x00\xff\x10\n", "Ligne 3"),
        (b"id,text\na," + b"x" * 10_000_000 + b"\n", "Ligne 2 : une case"),
        (b"id,text\na,b\na,c\n", "Ligne 3 : « a » est déjà à la ligne 2."),
    ],
)
def test_bad_files_are_one_french_line_and_nothing_is_written(
    tmp_path: Path, command: str, content: bytes, said: str
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    paths = [str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]

    result = CliRunner().invoke(Contents(name="fanal"), ["clustering", command, *paths])

    assert result.exit_code == 1
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_progress_is_told_when_it_is_asked_for_and_not_otherwise(tmp_path: Path) -> None:
    silent = call(tmp_path, rows(list(SAID)), command="run")
    told = call(tmp_path, rows(list(SAID)), "--progress", command="run")

    assert "\r" not in silent.stderr
    assert silent.stderr.splitlines() == told.stderr.replace("\r", "\n").splitlines()[-1:]
    assert "Groupes" in told.stderr
    assert told.stdout == silent.stdout == ""


def test_without_spark_it_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    result = call(
        tmp_path, TEXTS, "--id", "ref", "--text", "body", "--engine", "spark", command="run"
    )

    assert result.exit_code == 1
    assert "pip install 'fanal[spark]'" in result.output
    assert not (tmp_path / "out.csv").exists()

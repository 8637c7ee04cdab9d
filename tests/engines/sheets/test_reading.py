"""A sheet is read whole, or refused with its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fanal.engines.sheets.reading import Sheet, UnreadableSheet, beside, read_sheet


def read(folder: Path, content: bytes) -> Sheet:
    path = folder / "sheet.csv"
    path.write_bytes(content)
    return read_sheet(path, name="id", columns=("nom", "ville"), longest=1_000)


def test_the_columns_asked_for_come_in_their_order_and_no_other(tmp_path: Path) -> None:
    content = '\ufeffville,other,nom,id\nLens,x,"Petit,\nA.",1\n\nArras,y,,2\n'.encode()
    wanted = Sheet(("1", "2"), (("Petit,\nA.", ""), ("Lens", "Arras")))

    assert read(tmp_path, content) == wanted
    assert read(tmp_path, gzip.compress(content)) == wanted


def test_two_sheets_stand_one_after_the_other() -> None:
    one, other = Sheet(("a",), (("Petit",),)), Sheet(("a", "b"), (("Roux", "Blin"),))

    assert beside(one, other) == Sheet(("a", "a", "b"), (("Petit", "Roux", "Blin"),))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"id,nom,ville\n", "aucune ligne"),
        (b"id,nom\na,b\n", "Ligne 1 : il n'y a pas de colonne « ville » : id, nom"),
        (b"id,nom,ville,nom\na,b,c,d\n", "Ligne 1 : deux colonnes"),
        (b"id,nom,ville\na,b\n", "Ligne 2 : 2 cases, et 3 titres"),
        (b"id,nom,ville\na,b,c\na,b,c\n", "Ligne 3 : « a » est déjà à la ligne 2"),
        (b"id,nom,ville\n ,b,c\n", "Ligne 2, colonne « id » : la case est vide"),
        (b"id,nom,ville\na,b,\xff\xfe\n", "Ligne 2 : ce n'est pas du texte"),
        (b"id,nom,ville\na,b,\x00\n", "Ligne 2 : un caractère nul"),
        (b"id,nom,ville\na,b," + b"x" * 10_000_000 + b"\n", "Ligne 2 : une case est trop longue"),
        (b"id,nom,ville\na,b," + b"x" * 1_001 + b"\n", "Ligne 2 : une case a plus de 1000"),
        (b'id,nom,ville\na,b,"c\n', "guillemets"),
        (gzip.compress(b"id,nom,ville\na,b,c\n", mtime=0)[:-9], "ne se lit pas"),
    ],
)
def test_what_is_no_such_sheet_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read(tmp_path, content)

    assert said in str(refused.value)


def test_a_column_that_is_not_read_may_be_long(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"id,nom,ville,notes\na,b,c," + b"x" * 1_001 + b"\n")

    assert sheet == Sheet(("a",), (("b",), ("c",)))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet, match=r"Il n'y a pas de fichier"):
        read_sheet(tmp_path / "none.csv", name="id", columns=(), longest=10)

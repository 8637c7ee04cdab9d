"""Texts are read whole, or the file is refused with its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fanal.engines.clustering.reading import Texts, read_texts
from fanal.engines.sheets.reading import UnreadableSheet


def read(folder: Path, content: bytes) -> Texts:
    path = folder / "texts.csv"
    path.write_bytes(content)
    return read_texts(path, name="id", text="text", known=("z",))


def test_texts_keep_their_names_and_their_lines(tmp_path: Path) -> None:
    content = '\ufefftext,other,id\n"une table,\nen chêne",x,a\n\nun vélo,y,b\n'.encode()
    wanted = Texts(("a", "b"), ("une table,\nen chêne", "un vélo"))

    assert read(tmp_path, content) == wanted
    assert read(tmp_path, gzip.compress(content)) == wanted


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"id,body\na,b\n", "Ligne 1 : il n'y a pas de colonne « text » : id, body"),
        (b"id,text\na,b\na,c\n", "Ligne 3 : « a » est déjà à la ligne 2"),
        (b"id,text\na,b\nz,c\n", "Ligne 3 : « z » est déjà connu"),
        (b"id,text\na,b\nc,\x00\n", "Ligne 3 : un caractère nul"),
        (b"id,text\na," + b"x" * 10_000_000 + b"\n", "Ligne 2 : une case"),
        (b"id,text\na," + b"x" * 100_001 + b"\n", "Ligne 2 : une case a plus de 100000"),
    ],
)
def test_what_is_no_file_of_texts_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read(tmp_path, content)

    assert said in str(refused.value)
    assert len(str(refused.value)) < 500

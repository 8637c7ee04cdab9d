"""A list of digests is read whole, or refused with its line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fanal.engines.digests.reading import read_digests
from fanal.engines.digests.refusals import UnreadableDigests

ONE, OTHER = "0f" * 32, "a5" * 32


def written(folder: Path, content: bytes) -> Path:
    path = folder / "bank.txt"
    path.write_bytes(content)
    return path


def test_digests_keep_their_order_and_a_repeated_one_is_one(tmp_path: Path) -> None:
    read = read_digests(written(tmp_path, f"{OTHER}\r\n\n{ONE.upper()}\n{OTHER}".encode()))

    assert read.texts == (OTHER, ONE)
    assert read.chunks.tolist() == [[0xA5A5] * 16, [0x0F0F] * 16]


def test_a_compressed_list_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert read_digests(written(tmp_path, gzip.compress(ONE.encode()))).texts == (ONE,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{ONE}\n{ONE[:-1]}\n".encode(), "ligne 2 : 63 caractères"),
        (f"{ONE}\n\n{ONE}0\n".encode(), "ligne 3 : 65 caractères"),
        (f"{ONE[:-1]}g\n".encode(), "ligne 1 : un caractère"),
        (b"digest\n" + ONE.encode(), "ligne 1 : 6 caractères"),
        (b"\x00\xff" * 40, "ligne 1 : 80 caractères"),
        (b"a" * 10_000_000, "ligne 1 : 10000000 caractères"),
        (b"", "aucune empreinte"),
        (b"\n \n", "aucune empreinte"),
        (gzip.compress(ONE.encode(), mtime=0)[:-9], "ne se lit pas"),
    ],
)
def test_what_is_no_list_of_digests_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableDigests) as refused:
        read_digests(written(tmp_path, content))

    assert said in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDigests, match=r"pas de fichier .*absent"):
        read_digests(tmp_path / "absent.txt")

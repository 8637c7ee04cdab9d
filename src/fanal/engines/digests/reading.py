"""Lists of digests: one hexadecimal digest of 256 bits per line, 64 characters; gzip allowed."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fanal.engines.digests.refusals import UnreadableDigests

CHARACTERS = 64
CHUNKS = 16
GZIP = b"\x1f\x8b"
HEXADECIMAL = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Digests:
    """
    Different digests, in the order in which they were first seen.

    ``texts``: 64 lower-case characters each. ``chunks``: shape (n, 16), the same in 16-bit parts.
    """

    texts: tuple[str, ...]
    chunks: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.texts)


def read_digests(path: Path) -> Digests:
    """
    The digests of a file; blank lines are left out, a digest written twice is one.

    Raises:
        UnreadableDigests: in French, with the line.
    """
    seen: dict[bytes, None] = {}
    for number, line in enumerate(_content(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        text = line.strip().lower()
        if not text:
            continue
        if not HEXADECIMAL.fullmatch(text):
            raise UnreadableDigests(_why(path, number, text))
        seen[text] = None
    if not seen:
        raise UnreadableDigests(
            f"{path} n'a aucune empreinte : il en faut une par ligne, {CHARACTERS} caractères."
        )
    joined = bytes.fromhex(b"".join(seen).decode())
    chunks = np.frombuffer(joined, dtype=">u2").astype(np.uint16).reshape(-1, CHUNKS)
    return Digests(tuple(text.decode() for text in seen), chunks)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content.startswith(GZIP) else content
    except FileNotFoundError:
        raise UnreadableDigests(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, EOFError, zlib.error):
        raise UnreadableDigests(f"{path} ne se lit pas : il est abîmé ou interdit.") from None


def _why(path: Path, number: int, text: bytes) -> str:
    where = f"{path}, ligne {number}"
    if len(text) != CHARACTERS:
        return (
            f"{where} : {len(text)} caractères, et non {CHARACTERS}. "
            "Une empreinte PDQ par ligne, en hexadécimal, sans titre."
        )
    return f"{where} : un caractère n'est pas hexadécimal (0 à 9, a à f)."

"""
Sealed files, written and read as a stream: nothing is believed before it is authenticated.

A line that says what the file is, a line of header, then chunks of 64 KiB under
ChaCha20-Poly1305. The nonce counts the chunks and marks the last, so that none can be changed,
moved, repeated or cut off (the STREAM construction, as in age). The key of a file is derived from
the master key, a salt of its own and the header itself.
"""

import json
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fanal.config.backups.keys import KEY_BYTES, SALT_BYTES, Secret
from fanal.ground.errors import Refusal

MAGIC = b"fanal-backup 1\n"
CHUNK = 64 * 1024
TAG = 16
CHECK_BYTES = 8
LONGEST_HEADER = 1000


class NotABackup(Refusal):
    """The file is no backup of Fanal."""


class WrongKey(Refusal):
    message = "Cette clé n'ouvre pas cette sauvegarde : elle a été scellée avec une autre."


class Altered(Refusal):
    message = "Cette sauvegarde est altérée ou tronquée : rien n'en est lu. Prenez une autre copie."


class SealedWriter:
    """Write, then ``close``: a file that was not closed has no last chunk and is not read."""

    def __init__(self, file: BinaryIO, secret: Secret) -> None:
        salt = os.urandom(SALT_BYTES)
        master = secret.master(salt)
        header = json.dumps(
            {
                "kind": secret.kind,
                "salt": salt.hex(),
                "check": _derive(master, salt, b"check")[:CHECK_BYTES].hex(),
            }
        ).encode()
        self._file = file
        self._cipher = ChaCha20Poly1305(_derive(master, salt, MAGIC + header))
        self._waiting = bytearray()
        self._chunks = 0
        file.write(MAGIC + header + b"\n")

    def write(self, data: bytes) -> None:
        self._waiting += data
        # A full chunk waits until more comes: it may be the last.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._chunks, last=last), chunk, None))
        self._chunks += 1


def open_sealed(path: Path, secret: Secret) -> Generator[bytes]:
    """
    The content, chunk by chunk, each authenticated.

    Raises:
        NotABackup: the file is absent or is something else.
        OtherKind, WrongKey: this secret does not open it.
        Altered: a chunk is not what was written, or the end is missing.
    """
    try:
        with path.open("rb") as file:
            yield from _chunks(file, _cipher(file, secret))
    except OSError:
        raise NotABackup(f"Le fichier {path} est introuvable ou illisible.") from None


def _cipher(file: BinaryIO, secret: Secret) -> ChaCha20Poly1305:
    if file.read(len(MAGIC)) != MAGIC:
        raise NotABackup("Ce fichier n'est pas une sauvegarde de Fanal, ou son début est altéré.")
    line = file.readline(LONGEST_HEADER)
    try:
        header = json.loads(line)
        kind, salt, check = header["kind"], bytes.fromhex(header["salt"]), header["check"]
    except (ValueError, KeyError, TypeError):
        raise Altered from None
    secret.refuse_other(kind)
    master = secret.master(salt)
    if _derive(master, salt, b"check")[:CHECK_BYTES].hex() != check:
        raise WrongKey
    return ChaCha20Poly1305(_derive(master, salt, MAGIC + line.rstrip(b"\n")))


def _chunks(file: BinaryIO, cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    rank, chunk = 0, file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(rank, last=not following), chunk, None)
        except (InvalidTag, ValueError):
            raise Altered from None
        if not following:
            return
        rank, chunk = rank + 1, following


def _nonce(rank: int, *, last: bool) -> bytes:
    return rank.to_bytes(11, "big") + bytes([last])


def _derive(master: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=use).derive(master)

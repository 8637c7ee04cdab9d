"""
One sealed value: its own data key, wrapped for a sealing key, and the text under that data key.

    FS1 | key id (8) | length of what wraps (2) | wrapped data key | nonce (12) | text and its mark

Both parts are bound to their place (table, column, row): moved elsewhere, they do not open. The
text is padded first: its length says little. Changing the sealing key wraps the data key again
and leaves the text as it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from fanal.ground.privacy.sealing.keys import KeyId, PublicKey, Unopenable

MAGIC = b"FS1"
_ID = slice(len(MAGIC), len(MAGIC) + 8)
_SIZE = slice(_ID.stop, _ID.stop + 2)
HEADER = _SIZE.stop
NONCE = 12
SMALLEST, LARGE = 64, 4096
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands. ``row`` never changes: a reference, or the key of the row."""

    table: str
    column: str
    row: str

    def __bytes__(self) -> bytes:
        return "\x1f".join((self.table, self.column, self.row)).encode()


# Opens a wrapped data key: whoever keeps the keys.
Unwrap = Callable[[KeyId, bytes, bytes], bytes]


def seal(text: bytes, *, place: Place, key: PublicKey, data_key: bytes | None = None) -> bytes:
    """``data_key``: one that somebody else keeps too; otherwise it is drawn for this value."""
    data_key, nonce = data_key or secrets.token_bytes(32), secrets.token_bytes(NONCE)
    body = ChaCha20Poly1305(data_key).encrypt(nonce, padded(text), MAGIC + bytes(place))
    return _header(data_key, place, key) + nonce + body


def unseal(sealed: bytes, *, place: Place, unwrap: Unwrap) -> bytes:
    """
    Raises:
        KeysLocked: nobody has opened the keys.
        Unopenable: altered, or moved from where it was sealed.
    """
    wrapped, rest = _parts(sealed)
    data_key = unwrap(key_of(sealed), wrapped, _info(place))
    try:
        body = ChaCha20Poly1305(data_key).decrypt(rest[:NONCE], rest[NONCE:], MAGIC + bytes(place))
    except (InvalidTag, ValueError):
        raise Unopenable from None
    return unpadded(body)


def rewrap(sealed: bytes, *, place: Place, unwrap: Unwrap, key: PublicKey) -> bytes:
    """The same value under another sealing key: the text is neither opened nor changed."""
    wrapped, rest = _parts(sealed)
    data_key = unwrap(key_of(sealed), wrapped, _info(place))
    return _header(data_key, place, key) + rest


def is_sealed(stored: bytes) -> bool:
    return stored.startswith(MAGIC)


def key_of(sealed: bytes) -> KeyId:
    return KeyId.read(sealed[_ID])


def padded(text: bytes) -> bytes:
    """Its length, then the text, then zeros up to a power of two, or whole pages when large."""
    whole = len(text).to_bytes(_LENGTH, "big") + text
    size = SMALLEST
    while size < len(whole) and size < LARGE:
        size *= 2
    if len(whole) > size:
        size = -(-len(whole) // LARGE) * LARGE
    return whole.ljust(size, b"\0")


def unpadded(body: bytes) -> bytes:
    return body[_LENGTH : _LENGTH + int.from_bytes(body[:_LENGTH], "big")]


def _header(data_key: bytes, place: Place, key: PublicKey) -> bytes:
    wrapped = key.wrap(data_key, info=_info(place))
    return MAGIC + bytes(key.id) + len(wrapped).to_bytes(2, "big") + wrapped


def _info(place: Place) -> bytes:
    return b"fanal data key\x1f" + bytes(place)


def _parts(sealed: bytes) -> tuple[bytes, bytes]:
    """What wraps the data key, and what follows it."""
    if not is_sealed(sealed) or len(sealed) < HEADER:
        raise Unopenable
    end = HEADER + int.from_bytes(sealed[_SIZE], "big")
    return sealed[HEADER:end], sealed[end:]

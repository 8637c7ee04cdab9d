"""The key of whoever writes: 256 bits that their page alone holds, of which a digest is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

from fanal.helpline.chats.terms import KEY_BYTES


def new_key() -> str:
    return _written(secrets.token_bytes(KEY_BYTES))


def digest_of(key: str) -> bytes | None:
    """SHA-256 of the key as it travels; None when this is no key. Its entropy needs no more."""
    try:
        raw = base64.b64decode(f"{key}=".encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # One writing for one key: what is not written as we would is another's.
    if len(raw) != KEY_BYTES or _written(raw) != key:
        return None
    return hashlib.sha256(raw).digest()


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

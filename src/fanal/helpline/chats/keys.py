"""The key of whoever writes: 256 bits that their page alone holds, of which a digest is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

from fanal.ground.shell.visitors import secret_of_page
from fanal.helpline.chats.terms import KEY_BYTES

CALM, IN_DANGER = "fanal.chats.page", "fanal.chats.page.danger"


def new_key() -> str:
    return _written(secrets.token_bytes(KEY_BYTES))


def key_of_page(token: str, *, in_danger: bool) -> str:
    """
    Without script, the key that a page opens with: sent twice, it is one conversation.

    Who says that they are in danger after all has another: what they say is not lost. A new key
    where the page is none of ours.
    """
    secret = secret_of_page(token, salt=IN_DANGER if in_danger else CALM)
    return _written(secret) if secret else new_key()


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

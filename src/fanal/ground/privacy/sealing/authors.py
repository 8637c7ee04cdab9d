"""
How an author reads again, while the keys are closed, what they typed meanwhile.

It is sealed like the rest, for the keys; its data key is not drawn but derived from a secret that
the author's browser alone keeps. The database, its copies and its administrator read nothing; that
browser reads, until the secret expires, what it wrote itself. Any other waits for the keys.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from fanal.ground.privacy.sealing.envelope import Place

SECRET_BYTES = 32

_held: ContextVar[bytes | None] = ContextVar("held", default=None)


@contextmanager
def holding(secret: bytes | None) -> Iterator[None]:
    """Inside, whoever asks has this secret."""
    token = _held.set(secret)
    try:
        yield
    finally:
        _held.reset(token)


def author_key(place: Place) -> bytes | None:
    """The data key of whoever asks for this row; None when their browser keeps no secret."""
    secret = _held.get()
    return secret and hmac.digest(secret, b"fanal author's data key\x1f" + bytes(place), sha256)

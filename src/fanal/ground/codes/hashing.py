"""
What is kept of a code: a keyed tag that finds it, and a slow digest of what opens it.

The keys come from the secret of the instance, not from the root key of sealed columns: codes must
open at night, when no custodian has opened the keys (decision 0022). They are in no database: a
stolen copy finds no code and tries none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings
from django.utils.crypto import salted_hmac

from fanal.ground.codes.words import TAG_WORDS

DIGEST_BYTES, SALT_BYTES = 32, 16
USE = b"fanal return code 1"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of Argon2id. The default is the second recommended option of RFC 9106: some 0.2 s."""

    iterations: int = 3
    lanes: int = 4
    kibibytes: int = 65536


COST = Cost()


@dataclass(frozen=True, slots=True, repr=False)
class Digests:
    tag: str
    secret: bytes


def digests_of(words: tuple[str, ...], *, key: str = "") -> Digests:
    """
    The tag of the first two words, and the slow digest of the three others bound to it.

    Args:
        words: folded, five of them.
        key: a secret of the instance; the one in use when none is given.
    """
    secret = key or settings.SECRET_KEY
    tag = _keyed("tag", " ".join(words[:TAG_WORDS]), secret)
    argon = Argon2id(
        # Unique among living codes, as the tag is, and known to nobody without the key.
        salt=_keyed("salt", tag.hex(), secret)[:SALT_BYTES],
        length=DIGEST_BYTES,
        iterations=COST.iterations,
        lanes=COST.lanes,
        memory_cost=COST.kibibytes,
        ad=USE,
        secret=_keyed("pepper", "", secret),
    )
    return Digests(tag.hex(), argon.derive(" ".join(words[TAG_WORDS:]).encode()))


def digests_under_each_key(words: tuple[str, ...]) -> Iterator[Digests]:
    """Under the secret in use, then under those that it replaced."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield digests_of(words, key=str(key))


def _keyed(use: str, what: str, secret: str) -> bytes:
    return salted_hmac(f"fanal.codes.{use}", what, secret=secret, algorithm="sha256").digest()

"""
From the root key to the keys that seal: derived, so that the root alone recovers them all.

A sealing key is a pair. Whoever holds its public half seals and reads nothing: a locked server
goes on receiving what is sent to it. The pair is hybrid (ML-KEM-768 with X25519): what is copied
today is not opened by a quantum computer tomorrow.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fanal.ground.errors import Refusal

ROOT_BYTES = 32
FINGERPRINT_BYTES = 6
_MLKEM_SEED, _X25519 = 64, 32
_MLKEM_PUBLIC = 1184

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class KeysLocked(Refusal):
    message = (
        "Les clés ne sont pas ouvertes : ce renseignement est scellé. Deux gardiens doivent les "
        "ouvrir (« fanal keys unseal ») ; le reste fonctionne."
    )


class KeysAbsent(Refusal):
    message = (
        "Aucune clé n'a encore été faite : rien ne peut être scellé. Réunissez trois gardiens et "
        "lancez « fanal keys ceremony »."
    )


class Unopenable(Refusal):
    message = (
        "Ce renseignement scellé ne s'ouvre pas : il a été altéré ou déplacé. Prévenez le "
        "responsable de traitement."
    )


@dataclass(frozen=True, slots=True)
class KeyId:
    """Which root, which generation: enough to derive the key again, and tells nothing of it."""

    fingerprint: bytes
    generation: int

    def __bytes__(self) -> bytes:
        return self.fingerprint + self.generation.to_bytes(2, "big")

    def __str__(self) -> str:
        return f"{self.fingerprint.hex()}-{self.generation}"

    @classmethod
    def read(cls, written: bytes) -> KeyId:
        return cls(
            written[:FINGERPRINT_BYTES], int.from_bytes(written[FINGERPRINT_BYTES:][:2], "big")
        )


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that seals."""

    id: KeyId
    raw: bytes

    @property
    def usable(self) -> hpke.MLKEM768X25519PublicKey:
        return _public(self.raw)

    def wrap(self, data_key: bytes, *, info: bytes) -> bytes:
        return SUITE.encrypt(data_key, self.usable, info)


@dataclass(frozen=True, slots=True, repr=False)
class RootKey:
    """The key of keys. It stands in no file and no database of a service in operation."""

    secret: bytes

    @classmethod
    def new(cls) -> RootKey:
        return cls(secrets.token_bytes(ROOT_BYTES))

    @property
    def fingerprint(self) -> bytes:
        return _derive(self.secret, b"fingerprint", FINGERPRINT_BYTES)

    def public(self, generation: int) -> PublicKey:
        mlkem, x25519 = _halves(self.secret, generation)
        raw = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return PublicKey(KeyId(self.fingerprint, generation), raw)

    def unwrap(self, wrapped: bytes, *, generation: int, info: bytes) -> bytes:
        """
        Raises:
            Unopenable: not wrapped for this key, or not in this place.
        """
        try:
            return SUITE.decrypt(wrapped, _pair(self.secret, generation), info)
        except (InvalidTag, ValueError):
            raise Unopenable from None


def forget_derived() -> None:
    """Nothing derived from a root stays when it is closed."""
    _pair.cache_clear()


def _derive(root: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"fanal sealing 1 " + purpose).derive(root)


def _halves(root: bytes, generation: int) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    seed = _derive(root, b"generation %d" % generation, _MLKEM_SEED + _X25519)
    return (
        MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(seed[_MLKEM_SEED:]),
    )


@lru_cache(maxsize=64)
def _pair(root: bytes, generation: int) -> hpke.MLKEM768X25519PrivateKey:
    return hpke.MLKEM768X25519PrivateKey(*_halves(root, generation))


@lru_cache(maxsize=16)
def _public(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
    )


# Nothing is hidden by it: the people and the facts of the demonstration are invented.
DEMONSTRATION = RootKey(hashlib.sha256(b"Fanal: demonstration, open to everybody").digest())

"""The key that seals a backup: a file named by the environment, a passphrase, or the demo's own."""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fanal.config import environment
from fanal.config.folders import state_folder
from fanal.ground.errors import Refusal

KEY_BYTES = 32
SALT_BYTES = 16
# What scrypt costs: 128 MiB and about half a second for each guess.
SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_PARALLEL = 2**17, 8, 1
SHORTEST_PASSPHRASE = 16
DEMONSTRATION_KEY = "backup-key"
FROM_FILE, FROM_PASSPHRASE = "file", "passphrase"


class NoKey(Refusal):
    message = (
        "Aucune clé de sauvegarde : nommez son fichier dans FANAL_BACKUP_KEY, ou donnez une "
        "phrase de passe avec --passphrase. Gardez-la hors de cette machine."
    )


class BadKey(Refusal):
    """The file named for the key holds no key, or lies open to others."""


class ShortPassphrase(Refusal):
    message = f"La phrase de passe est trop courte : il faut au moins {SHORTEST_PASSPHRASE} signes."


class OtherKind(Refusal):
    """The backup was sealed the other way: by a file, or by a passphrase."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens backups: the bytes of a key, or a passphrase, which each backup salts anew."""

    kind: str
    value: bytes

    def master(self, salt: bytes) -> bytes:
        if self.kind == FROM_FILE:
            return self.value
        return Scrypt(
            salt=salt, length=KEY_BYTES, n=SCRYPT_COST, r=SCRYPT_BLOCK, p=SCRYPT_PARALLEL
        ).derive(self.value)

    def refuse_other(self, kind: str) -> None:
        """
        Raises:
            OtherKind: this secret could never open that backup.
        """
        if kind == self.kind:
            return
        if kind == FROM_PASSPHRASE:
            raise OtherKind(
                "Cette sauvegarde s'ouvre par une phrase de passe : ajoutez --passphrase."
            )
        raise OtherKind("Cette sauvegarde s'ouvre par un fichier de clé : enlevez --passphrase.")


def secret_of(passphrase: str | None) -> Secret:
    """
    The passphrase when there is one, else the key's file; in the demonstration, a key made here.

    Raises:
        NoKey: an operating service names none.
        BadKey: the file cannot be a key.
        ShortPassphrase: it would be guessed.
    """
    if passphrase is not None:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise ShortPassphrase
        return Secret(FROM_PASSPHRASE, passphrase.encode())
    if named := environment.text("FANAL_BACKUP_KEY"):
        return Secret(FROM_FILE, _read(Path(named)))
    if environment.text("FANAL_SERVICE"):
        raise NoKey
    return Secret(FROM_FILE, _kept())


def new_key() -> str:
    """A key as its file holds it: 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _kept() -> bytes:
    """The demonstration's key stands beside its data: whoever has one has the other."""
    path = state_folder() / DEMONSTRATION_KEY
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as kept:
            kept.write(new_key() + "\n")
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        mode, written = path.stat().st_mode, path.read_text(encoding="ascii")
        key = base64.b64decode(written.strip(), validate=True)
    except OSError:
        raise BadKey(f"Le fichier de clé {path} est introuvable ou illisible.") from None
    except (binascii.Error, UnicodeDecodeError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKey(
            f"Le fichier {path} n'est pas une clé de sauvegarde : il faut 32 octets en base64 "
            "(openssl rand -base64 32)."
        )
    if mode & 0o077:
        raise BadKey(f"Le fichier de clé {path} est ouvert à d'autres comptes : chmod 600 {path}.")
    return key

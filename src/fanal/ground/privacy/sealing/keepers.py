"""
Who keeps the keys that open: one small protocol, and its twins, chosen by ``FANAL_KEY_KEEPER``.

``demonstration``: open to everybody, and says so. ``agent``: a process of this machine that two
custodians open, and that alone holds the root key. ``file``: a root key that a secret manager
puts in a file. ``service``: the same questions as the agent's, asked by HTTPS. ``none``: always
locked.
"""

from __future__ import annotations

import json
import ssl
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from fanal.ground.privacy.sealing.agent import ask_agent
from fanal.ground.privacy.sealing.keys import (
    DEMONSTRATION,
    ROOT_BYTES,
    KeyId,
    KeysAbsent,
    KeysLocked,
    PublicKey,
    RootKey,
    Unopenable,
)

Answer = dict[str, Any]
LONGEST_ANSWER = 65536


class UnknownKeeper(KeysAbsent):
    """There is nothing to seal with: who writes is told that it is closed, and of no setting."""

    message = (
        "FANAL_KEY_KEEPER vaut « agent », « file », « service » ou « none » "
        "(« demonstration » est réservé à la démonstration)."
    )


class KeyKeeper(Protocol):
    """Opens wrapped data keys, and makes the public half of a key. It gives no root key."""

    @property
    def name(self) -> str:
        """As the settings name it."""

    def unwrap(self, key: KeyId, wrapped: bytes, info: bytes) -> bytes:
        """Open a data key. Raises KeysLocked, or Unopenable."""

    def public(self, key: KeyId) -> PublicKey:
        """The public half of a key, made again from the root. Raises KeysLocked."""

    def opened(self) -> set[bytes]:
        """Fingerprints of the roots that are open now; empty: locked."""


@dataclass(frozen=True, slots=True)
class LocalKeeper:
    """The root in this very process."""

    roots: tuple[RootKey, ...]
    name: str = "local"

    def unwrap(self, key: KeyId, wrapped: bytes, info: bytes) -> bytes:
        return self._root(key).unwrap(wrapped, generation=key.generation, info=info)

    def public(self, key: KeyId) -> PublicKey:
        return self._root(key).public(key.generation)

    def opened(self) -> set[bytes]:
        return {root.fingerprint for root in self.roots}

    def _root(self, key: KeyId) -> RootKey:
        for root in self.roots:
            if root.fingerprint == key.fingerprint:
                return root
        raise KeysLocked


def file_keeper(path: Path) -> LocalKeeper:
    """A root key, 64 hexadecimal digits, that something else keeps and brings; else: locked."""
    try:
        written = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        written = b""
    # A file cut short would make a root that anybody guesses.
    roots = (RootKey(written),) if len(written) == ROOT_BYTES else ()
    return LocalKeeper(roots, name="file")


@dataclass(frozen=True, slots=True)
class NullKeeper:
    name: str = "none"

    def unwrap(self, key: KeyId, wrapped: bytes, info: bytes) -> bytes:
        raise KeysLocked

    def public(self, key: KeyId) -> PublicKey:
        raise KeysLocked

    def opened(self) -> set[bytes]:
        return set()


class _Asked:
    """Keeps nothing: asks whoever does."""

    name = "asked"

    def ask(self, question: dict[str, str]) -> Answer | None:
        raise NotImplementedError

    def unwrap(self, key: KeyId, wrapped: bytes, info: bytes) -> bytes:
        answer = self._answer(
            {
                "ask": "unwrap",
                "key": bytes(key).hex(),
                "wrapped": b64encode(wrapped).decode(),
                "info": b64encode(info).decode(),
            }
        )
        return _bytes(answer, "data_key")

    def public(self, key: KeyId) -> PublicKey:
        answer = self._answer({"ask": "public", "key": bytes(key).hex()})
        return PublicKey(key, _bytes(answer, "public"))

    def opened(self) -> set[bytes]:
        try:
            return {bytes.fromhex(one) for one in self._answer({"ask": "status"})["open"]}
        except (KeysLocked, Unopenable, KeyError, TypeError, ValueError):
            return set()

    def since(self) -> datetime | None:
        """Since when the keys are as they are; None when whoever keeps them does not say."""
        try:
            return datetime.fromisoformat(self._answer({"ask": "status"})["since"])
        except (KeysLocked, Unopenable, KeyError, TypeError, ValueError):
            return None

    def _answer(self, question: dict[str, str]) -> Answer:
        answer = self.ask(question)
        if not isinstance(answer, dict):
            raise KeysLocked
        if answer.get("error") in ("unopenable", "unreadable"):
            raise Unopenable
        # Whatever else is wrong with whoever keeps the keys, nothing is wrong with the value.
        if "error" in answer:
            raise KeysLocked
        return answer


def _bytes(answer: Answer, name: str) -> bytes:
    """What is not bytes is no answer: it counts as none."""
    try:
        return b64decode(answer[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise KeysLocked from None


class AgentKeeper(_Asked):
    """The process of this machine that two custodians open."""

    name = "agent"

    def __init__(self, socket_path: Path) -> None:
        self.socket_path = socket_path

    def ask(self, question: dict[str, str]) -> Answer | None:
        return ask_agent(self.socket_path, question)


class ServiceKeeper(_Asked):
    """A key service elsewhere, that answers the agent's questions by HTTPS."""

    name = "service"

    def __init__(self, url: str, token: str, *, timeout: float = 3.0) -> None:
        self.url, self.token, self.timeout = url, token, timeout

    def ask(self, question: dict[str, str]) -> Answer | None:
        from http.client import HTTPConnection, HTTPException, HTTPSConnection

        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            connection: HTTPConnection = HTTPSConnection(
                host, parts.port, timeout=self.timeout, context=ssl.create_default_context()
            )
        elif parts.scheme == "http" and host in ("127.0.0.1", "localhost"):
            connection = HTTPConnection(host, parts.port, timeout=self.timeout)
        else:
            # In clear beyond this machine: no data key travels there.
            raise UnknownKeeper("L'adresse du service de clés commence par https://.")
        try:
            connection.request(
                "POST",
                parts.path or "/",
                body=json.dumps(question),
                headers={
                    "Authorization": f"Bearer {self.token}",
                    "Content-Type": "application/json",
                },
            )
            reply = connection.getresponse()
            said = reply.read(LONGEST_ANSWER)
            answer: Answer | None = json.loads(said) if reply.status == HTTPStatus.OK else None
        except (OSError, HTTPException, ValueError):
            return None
        else:
            return answer
        finally:
            connection.close()


DEMONSTRATION_KEEPER = LocalKeeper((DEMONSTRATION,), name="demonstration")

"""
The key agent: a small process that alone holds the root key, in memory, and answers in data keys.

It starts locked. Two shares of one ceremony open it; a share that waits alone is forgotten after
a while. It listens on a socket of this machine that its own account alone may open. Whoever takes
over a web process may ask it for data keys while it runs, and never learns the key itself.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import resource
import socket
import socketserver
import struct
import sys
import tempfile
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fanal.ground.errors import Refusal
from fanal.ground.privacy.sealing.custody import NEEDED, read_share, recover
from fanal.ground.privacy.sealing.keyring import known_keys
from fanal.ground.privacy.sealing.keys import (
    KeyId,
    KeysLocked,
    RootKey,
    Unopenable,
    forget_derived,
)

Question = dict[str, Any]
Answer = dict[str, Any]

# A lone share does not wait for ever.
PATIENCE = 15 * 60.0
LONGEST_QUESTION = 65536
LONGEST_ADDRESS = 100
PR_SET_DUMPABLE = 4


class UnknownCeremony(Refusal):
    message = (
        "Ces deux parts s'accordent, mais pas pour les clés de ce service : elles viennent d'une "
        "autre cérémonie."
    )


class NoAgent(Refusal):
    message = "L'agent de clés ne répond pas : lancez d'abord « fanal up »."


class Vault:
    """What the agent knows: roots that are open, and shares that wait for a second one."""

    def __init__(self, keyring: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._keyring, self._clock = keyring, clock
        self._roots: dict[bytes, RootKey] = {}
        self._waiting: dict[int, tuple[float, dict[int, str]]] = {}
        self._turn = threading.Lock()
        self._since = datetime.now(tz=UTC)

    def answer(self, question: Question) -> Answer:
        with self._turn:
            try:
                return self._answer(question)
            except KeysLocked:
                return {"error": "locked"}
            except Unopenable:
                return {"error": "unopenable"}
            except Refusal as refusal:
                return {"error": "refused", "message": refusal.message, **self._status()}
            except (KeyError, ValueError, TypeError):
                return {"error": "unreadable"}

    def _answer(self, question: Question) -> Answer:
        match question["ask"]:
            case "status":
                return self._status()
            case "share":
                self._take(str(question["words"]))
                return self._status()
            case "lock":
                self._roots.clear()
                self._waiting.clear()
                self._since = datetime.now(tz=UTC)
                forget_derived()
                return self._status()
        key = KeyId.read(bytes.fromhex(question["key"]))
        if key.fingerprint not in self._roots:
            raise KeysLocked
        root = self._roots[key.fingerprint]
        if question["ask"] == "public":
            return {"public": b64encode(root.public(key.generation).raw).decode()}
        if question["ask"] != "unwrap":
            raise ValueError
        data_key = root.unwrap(
            b64decode(question["wrapped"]),
            generation=key.generation,
            info=b64decode(question["info"]),
        )
        return {"data_key": b64encode(data_key).decode()}

    def _status(self) -> Answer:
        self._forget_the_late()
        return {
            "open": [fingerprint.hex() for fingerprint in self._roots],
            "waiting": sum(len(shares) for _, shares in self._waiting.values()),
            "needed": NEEDED,
            "since": self._since.isoformat(timespec="seconds"),
        }

    def _take(self, words: str) -> None:
        share = read_share(words)
        self._forget_the_late()
        _, shares = self._waiting.get(share.identifier, (0.0, {}))
        shares[share.index] = share.mnemonic()
        self._waiting[share.identifier] = (self._clock(), shares)
        if len(shares) < NEEDED:
            return
        # Right or wrong, nothing of them is kept.
        del self._waiting[share.identifier]
        root = recover(shares.values())
        known = {key.id: key for key in known_keys(self._keyring)}
        mine = [key for key in known.values() if key.id.fingerprint == root.fingerprint]
        if not mine or any(root.public(key.id.generation) != key for key in mine):
            raise UnknownCeremony
        if root.fingerprint not in self._roots:
            self._since = datetime.now(tz=UTC)
        self._roots[root.fingerprint] = root

    def _forget_the_late(self) -> None:
        oldest = self._clock() - PATIENCE
        self._waiting = {name: kept for name, kept in self._waiting.items() if kept[0] >= oldest}


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        if not _is_mine(self.request):
            return
        line = self.rfile.readline(LONGEST_QUESTION)
        with suppress(ValueError, BrokenPipeError):
            answer = self.server.vault.answer(json.loads(line))
            self.wfile.write(json.dumps(answer).encode() + b"\n")


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, vault: Vault) -> None:
        self.vault = vault
        super().__init__(str(path), _Handler)


def make_server(path: Path, keyring: Path) -> _Server:
    """A locked agent that listens; ``serve_forever`` makes it answer."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    former = os.umask(0o177)
    try:
        return _Server(path, Vault(keyring))
    finally:
        os.umask(former)


def stay_in_memory() -> None:
    """No core file, no debugger of another process, no page of memory written to the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_DUMPABLE, 0)
        # Refused without the right to lock so much: then the disk of exchange must be encrypted.
        libc.mlockall(3)


def socket_address(state: Path) -> Path:
    """In the instance's folder, or in a short one of this account when its name is too long."""
    path = state / "keys" / "agent.sock"
    if len(os.fsencode(path)) < LONGEST_ADDRESS:
        return path
    short = hashlib.sha256(os.fsencode(state)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"fanal-{os.getuid()}" / f"{short}.sock"


def ask_agent(path: Path, question: Question, *, timeout: float = 5.0) -> Answer | None:
    """The agent's answer; None when no agent of this account listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(timeout)
        try:
            line.connect(str(path))
            if not _is_mine(line):
                return None
            line.sendall(json.dumps(question).encode() + b"\n")
            with line.makefile("rb") as answered:
                answer: Answer = json.loads(answered.readline(LONGEST_QUESTION))
        except (OSError, ValueError):
            return None
    return answer


def _is_mine(line: socket.socket) -> bool:
    """Whether the same account is at the other end; its folder guards where this is not told."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, uid, _ = struct.unpack("3i", told)
    return bool(uid == os.getuid())

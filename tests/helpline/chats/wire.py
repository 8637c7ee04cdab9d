"""A page that speaks to the live channel as a browser does: a connection, and what it hears."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from deadlines import deadline

DEADLINE = 20.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Stream:
    """A stream that stays open; ``until`` waits for an event with a deadline."""

    sock: socket.socket
    status: int
    headers: dict[str, str]
    held: bytes = b""
    events: list[tuple[str, Any]] = field(default_factory=list)
    pings: int = 0
    ended: bool = False

    def until(self, kind: str, *, count: int = 1) -> list[Any]:
        """The events of a kind, once there are so many."""
        end = time.monotonic() + deadline(DEADLINE)
        while len(found := [body for name, body in self.events if name == kind]) < count:
            left = end - time.monotonic()
            assert left > 0, f"no {kind} in {DEADLINE} s: {self.events}"
            assert not self.ended, f"the stream ended: {self.events}"
            self._read(left)
        return found

    def until_pinged(self) -> None:
        end, before = time.monotonic() + deadline(DEADLINE), self.pings
        while self.pings == before:
            assert not self.ended
            self._read(end - time.monotonic())

    def until_end(self) -> None:
        end = time.monotonic() + deadline(DEADLINE)
        while not self.ended:
            self._read(end - time.monotonic())
        self.close()

    def _read(self, seconds: float) -> None:
        self.sock.settimeout(max(0.01, seconds))
        piece = self.sock.recv(65536)
        if not piece:
            self.ended = True
            return
        self.held += piece
        self._unchunk()

    def _unchunk(self) -> None:
        while b"\r\n" in self.held:
            size_line, _, rest = self.held.partition(b"\r\n")
            size = int(size_line, 16)
            if len(rest) < size + 2:
                return
            self.held = rest[size + 2 :]
            if size == 0:
                self.ended = True
                return
            self._hear(rest[:size])

    def _hear(self, piece: bytes) -> None:
        for block in piece.decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in lines:
                self.events.append((lines["event"], json.loads(lines["data"])))
            elif block.startswith(":"):
                self.pings += 1

    def close(self) -> None:
        self.sock.close()


class Page:
    def __init__(self, port: int) -> None:
        self.port = port

    def post(self, act: str, body: object, **headers: str) -> Answer:
        with self._sent(act, body, headers) as sock:
            raw = b""
            while b"\r\n\r\n" not in raw:
                raw += sock.recv(65536)
            status, found, rest = _head(raw)
            chunked = found.get("transfer-encoding") == "chunked"
            length = int(found.get("content-length", "0"))
            while (chunked and not rest.endswith(b"0\r\n\r\n")) or (
                not chunked and len(rest) < length
            ):
                piece = sock.recv(65536)
                assert piece
                rest += piece
            return Answer(status, found, _joined(rest) if chunked else rest)

    def stream(self, body: object, **headers: str) -> Stream:
        sock = self._sent("suivre", body, headers)
        raw = b""
        while b"\r\n\r\n" not in raw:
            raw += sock.recv(65536)
        status, found, rest = _head(raw)
        stream = Stream(sock, status, found, rest)
        stream._unchunk()
        return stream

    def say(self, key: str, text: str, *, name: str = "") -> Answer:
        return self.post("dire", {"key": key, "text": text, "id": name or str(uuid4())})

    def _sent(self, act: str, body: object, headers: dict[str, str]) -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=deadline(DEADLINE))
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        known = {"host": f"127.0.0.1:{self.port}", "content-type": "application/json"}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in known.items())
        method = known.pop("method", "POST")
        sock.sendall(
            f"{method} /direct/{act} HTTP/1.1\r\n{lines}content-length: {len(content)}\r\n"
            "\r\n".encode()
            + content
        )
        return sock


def _head(raw: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, rest = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    found = dict(line.split(": ", 1) for line in lines)
    return int(first.split(" ")[1]), {name.lower(): value for name, value in found.items()}, rest


def _joined(chunks: bytes) -> bytes:
    whole = b""
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        whole += chunks[: int(size, 16)]
        chunks = chunks[int(size, 16) + 2 :]
    return whole

"""
Pages of WSGI inside an ASGI server, each on a thread, with what a thread of WSGI has always had.

Threads are as many as they were: what is slow holds one of them and never the loop, on which live
conversations run (decision 0024).
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

Scope = dict[str, Any]
Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A body up to this is awaited on the loop: who sends it slowly holds no thread.
AWAITED = 2 * 1024 * 1024


class Bridge:
    def __init__(self, application: WSGI, *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _joined(scope["headers"])
        length = headers.get("content-length", "0")
        body: io.BufferedIOBase
        if not length.isdigit() or int(length) <= AWAITED:
            found = await _whole(receive) if length.isdigit() and int(length) else b""
            if found is None:
                return
            body = io.BytesIO(found)
        else:
            body = io.BufferedReader(_Body(receive, asyncio.get_running_loop()))
        answer = _Answer(send, asyncio.get_running_loop())
        # No copy of the context: a thread keeps its own, and its connection with it.
        await asyncio.get_running_loop().run_in_executor(
            self._threads, answer.fill, self._application, _environ(scope, headers, body)
        )
        await answer.end()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Answer:
    """
    Its last piece is sent by the loop, the others by the thread that makes them: a page in one
    piece crosses once.
    """

    def __init__(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._send, self._loop = send, loop
        self._start: Event | None = None
        self._held = b""

    def fill(self, application: WSGI, environ: dict[str, Any]) -> None:
        pieces = application(environ, self._start_response)
        try:
            for piece in pieces:
                if self._held and piece:
                    self._give(self._held)
                self._held = piece or self._held
        finally:
            if close := getattr(pieces, "close", None):
                close()

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        self._start = {
            "type": "http.response.start",
            "status": int(status.partition(" ")[0]),
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ],
        }
        return self._give

    def _give(self, piece: bytes) -> None:
        asyncio.run_coroutine_threadsafe(self._begin_with(piece), self._loop).result()

    async def _begin_with(self, piece: bytes) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})

    async def end(self) -> None:
        if self._start is not None:
            await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._held})


class _Body(io.RawIOBase):
    """What is sent, asked of the loop piece by piece by the thread that reads it."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive, self._loop = receive, loop
        self._held, self._more = b"", True

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._held and self._more:
            event = asyncio.run_coroutine_threadsafe(_ask(self._receive), self._loop).result()
            self._held = event.get("body", b"")
            self._more = event.get("more_body", False)
        taken = self._held[: len(into)]
        self._held = self._held[len(taken) :]
        into[: len(taken)] = taken
        return len(taken)


async def _ask(receive: Receive) -> Event:
    return await receive()


async def _whole(receive: Receive) -> bytes | None:
    """None: whoever sent it is gone."""
    pieces = []
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        pieces.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(pieces)


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """By name; one that is sent twice is one list. An underscore could pass for a hyphen."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:
            continue
        mark = "; " if name == "cookie" else ","
        found[name] = f"{found[name]}{mark}{value}" if name in found else value
    return found


def _environ(scope: Scope, headers: dict[str, str], body: io.BufferedIOBase) -> dict[str, Any]:
    """PEP 3333: paths are bytes of UTF-8 written as Latin-1."""
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


async def refuse(send: Send, status: HTTPStatus) -> None:
    """A bare answer, for what reaches neither pages nor conversations."""
    await send({"type": "http.response.start", "status": int(status), "headers": []})
    await send({"type": "http.response.body", "body": b""})

"""What goes over the wire: bodies that are read whole, answers, events of a stream."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

Scope = dict[str, Any]
Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

LONGEST_BODY = 64 * 1024
# No cache, no proxy and no other site keeps or reads a word of it.
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # A proxy that would gather pieces must not.
    (b"x-accel-buffering", b"no"),
]
PING = b": .\n\n"


class Gone(Exception):
    """Whoever asked is not there any more."""


class Unreadable(Exception):
    """What was sent is no small JSON object."""


async def read_json(receive: Receive) -> dict[str, Any]:
    """
    Raises:
        Gone, Unreadable.
    """
    body = b""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        body += event.get("body", b"")
        if len(body) > LONGEST_BODY:
            raise Unreadable
        if not event.get("more_body"):
            break
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


async def answer(send: Send, status: HTTPStatus, body: dict[str, Any] | None = None) -> None:
    headers = [*HEADERS, (b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    said = written(body or {})
    await send({"type": "http.response.body", "body": said})


async def begin(send: Send) -> None:
    headers = [*HEADERS, *STREAM]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await give(send, PING)


async def give(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})


async def end(send: Send) -> None:
    await send({"type": "http.response.body", "body": b""})


def told(kind: str, body: dict[str, Any], number: int | None = None) -> bytes:
    """One event; with a number, the one from which to go on."""
    begins = b"" if number is None else f"id: {number}\n".encode()
    return begins + b"event: " + kind.encode() + b"\ndata: " + written(body) + b"\n\n"


def written(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

"""
Pages that are the same for whoever comes, kept a few seconds in memory and given from the loop.

A view says so itself (``ground/shell/visitors.shared``), for a few seconds that nobody can see.
Whoever carries a cookie or a key never meets this shelf. Nothing of who comes is in it: a page,
and the address that everybody asks for. No browser and no proxy keeps the answer: its headers are
those of the view.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from fanal.config.bridge import Event, Receive, Scope, Send
from fanal.ground.shell.visitors import SHARED

Pages = Callable[[Scope, Receive, Send], Awaitable[None]]
Key = tuple[bytes | str, ...]

MOST_PAGES, MOST_BYTES = 500, 256 * 1024
# What another answer might be made of: two requests that differ in one of these share nothing.
TOLD = (b"host", b"x-forwarded-proto", b"x-forwarded-host", b"hx-request", b"accept-language")
PACKING = b"accept-encoding"
# Who carries one of these is somebody.
NAMED = (b"cookie", b"authorization")
MARK = SHARED.lower().encode()


@dataclass(slots=True)
class Kept:
    start: Event
    body: bytes
    until: float
    # Given for as long again at most, while one request makes the next.
    last: float
    is_made_again: bool = False


class Shelf:
    def __init__(self, pages: Pages, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._pages, self._clock = pages, clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        kept = self._kept.get(key) if key is not None else None
        moment = self._clock()
        if kept is not None and (
            moment < kept.until or (kept.is_made_again and moment < kept.last)
        ):
            await send(kept.start)
            await send({"type": "http.response.body", "body": kept.body})
            return
        if kept is not None:
            kept.is_made_again = True
        try:
            await self._make(key, scope, receive, send)
        finally:
            if kept is not None:
                kept.is_made_again = False

    async def _make(self, key: Key | None, scope: Scope, receive: Receive, send: Send) -> None:
        start: Event = {}
        pieces: list[bytes] = []
        seconds = 0

        async def told(event: Event) -> None:
            nonlocal start, seconds
            if event["type"] == "http.response.start":
                event, seconds = _without_mark(event)
                start = event
            elif seconds:
                pieces.append(event.get("body", b""))
            await send(event)

        await self._pages(scope, receive, told)
        if key is not None and seconds and start["status"] == HTTPStatus.OK:
            self._keep(key, start, b"".join(pieces), seconds)

    def _keep(self, key: Key, start: Event, body: bytes, seconds: int) -> None:
        if len(body) > MOST_BYTES or any(name == b"set-cookie" for name, _ in start["headers"]):
            return
        moment = self._clock()
        self._kept[key] = Kept(start, body, moment + seconds, moment + 2 * seconds)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)


def _key(scope: Scope) -> Key | None:
    """None: this request is not one that everybody makes."""
    if scope["method"] != "GET":
        return None
    told: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in NAMED:
            return None
        if name in TOLD or name == PACKING:
            told[name] = told.get(name, b"") + value
    # Who reads no compressed page is never given one.
    packed = b"gzip" if b"gzip" in told.pop(PACKING, b"") else b""
    asked = (scope.get("scheme", "http"), scope["path"], scope["query_string"], packed)
    return (*asked, *(told.get(name, b"") for name in TOLD))


def _without_mark(start: Event) -> tuple[Event, int]:
    """What goes to the browser, and how long it may be given to others."""
    headers = [(name, value) for name, value in start["headers"] if name != MARK]
    seconds = next((int(value) for name, value in start["headers"] if name == MARK), 0)
    return {**start, "headers": headers}, seconds

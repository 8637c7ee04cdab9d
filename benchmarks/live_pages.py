"""The pages of ``live.py``: each follows its stream, opens it again when it is cut, and sends."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Seat:
    """One page: a stream that is opened again when it is cut, and what it heard."""

    body: dict[str, Any]
    side: str
    last: int = 0
    heard: list[tuple[int, str]] = field(default_factory=list)
    place: int = 0
    streaming: bool = False
    placed: bool = False
    gone: bool = False


@dataclass
class Load:
    port: int
    seats: list[Seat] = field(default_factory=list)
    talks: list[tuple[str, str, Seat, Seat]] = field(default_factory=list)
    sent_at: dict[str, float] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    times: list[tuple[float, float]] = field(default_factory=list)
    silences: list[float] = field(default_factory=list)
    retried: int = 0
    over: bool = False
    lags: list[float] = field(default_factory=list)


async def follow(load: Load, seat: Seat) -> None:
    while not seat.gone:
        try:
            await _stream(load, seat)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            seat.streaming = False
        await asyncio.sleep(0.2 + random.random() * 0.5)


async def _stream(load: Load, seat: Seat) -> None:
    body = dict(seat.body)
    if "talks" in body:
        body["talks"] = [body["talks"][0] | {"after": seat.last}]
    else:
        body["after"] = seat.last
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    try:
        writer.write(_request(load.port, "suivre", body))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise ValueError(head)
        last = time.perf_counter()
        while True:
            size = int(await reader.readline(), 16)
            piece = (await reader.readexactly(size + 2))[:-2]
            if size == 0:
                raise ValueError("ended")
            at = time.perf_counter()
            load.silences.append(at - last) if at - last > 1 else None
            last = at
            for number, name, side in _messages(piece):
                seat.last = max(seat.last, number)
                seat.heard.append((number, name))
                if side not in (seat.side, "system") and name in load.sent_at:
                    load.times.append((load.sent_at[name], at - load.sent_at[name]))
            seat.streaming = True
            seat.placed = seat.placed or b"event: place" in piece
    finally:
        writer.close()


def _messages(piece: bytes) -> Iterator[tuple[int, str, str]]:
    for block in piece.split(b"\n\n"):
        if b"event: message" in block:
            body = json.loads(block.split(b"data: ", 1)[1])
            yield body["n"], body["id"], body["side"]


async def post(port: int, act: str, body: dict[str, Any]) -> int:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_request(port, act, body))
            return int((await reader.readuntil(b"\r\n")).split(b" ")[1])
        finally:
            writer.close()
    except (OSError, asyncio.IncompleteReadError):
        return 0


def _request(port: int, act: str, body: dict[str, Any]) -> bytes:
    content = json.dumps(body).encode()
    return (
        f"POST /direct/{act} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n".encode()
        + content
    )


async def all_streaming(load: Load) -> None:
    await until(
        lambda: all(seat.streaming or seat.gone for seat in load.seats), "streams do not open"
    )


async def all_heard(load: Load) -> None:
    def heard() -> bool:
        for _, ref, visitor, listener in load.talks:
            mine = {name for name, talk in load.kept.items() if talk == ref}
            if any(mine - {name for _, name in seat.heard} for seat in (visitor, listener)):
                return False
        return True

    with suppress(TimeoutError):
        await until(heard, "not all was heard", pause=0.5)


async def until(true: Any, otherwise: str, *, pause: float = 0.1) -> None:
    end = time.perf_counter() + 60
    while not true():
        if time.perf_counter() > end:
            raise TimeoutError(otherwise)
        await asyncio.sleep(pause)


async def answers(port: int) -> None:
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        if await post(port, "dire", {}) == 400:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the server does not answer")

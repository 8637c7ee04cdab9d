"""Whoever writes, live: say, follow as a stream, wait as a long poll."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from uuid import UUID

from django.utils.timezone import now

from fanal.helpline.blocks.connections import here, peer_of
from fanal.helpline.chats.asked import Heard, cleaned, heard, tells_danger, to_hear, to_say
from fanal.helpline.chats.keys import digest_of
from fanal.helpline.chats.live.following import (
    HEARTBEAT_SECONDS,
    LAST,
    PAGE,
    Body,
    heartbeat,
    joined,
    number_in,
    shown,
    woken,
)
from fanal.helpline.chats.live.hub import Ear, Hub
from fanal.helpline.chats.live.wire import PING, Receive, Send, answer, begin, end, give, told
from fanal.helpline.chats.terms import State

SAID = {
    "unknown": HTTPStatus.NOT_FOUND,
    "ended": HTTPStatus.CONFLICT,
    "slow": HTTPStatus.TOO_MANY_REQUESTS,
}
Headers = dict[str, str]
PEER = ":peer"


async def say(hub: Hub, body: Body, send: Send) -> None:
    digest = _digest(body)
    text = body.get("text")
    try:
        key = UUID(str(body.get("id", "")))
    except ValueError:
        key = None
    if digest is None or key is None or not isinstance(text, str) or not cleaned(text):
        await answer(send, HTTPStatus.BAD_REQUEST)
        return
    # Kept before anything is told: the row first, then its number to whoever sent it.
    row = await hub.database.one(to_say(digest, cleaned(text), key, now()))
    said, number = row or ("unknown", None)
    if said != "said":
        await answer(send, SAID[said])
        return
    danger = {"danger": True} if tells_danger(cleaned(text)) else {}
    await answer(send, HTTPStatus.OK, {"n": number, **danger})


async def follow(hub: Hub, body: Body, headers: Headers, receive: Receive, send: Send) -> None:
    """A stream of what is said, from a number on, until the conversation ends or the page does."""
    digest = _digest(body)
    ear = await _ear(hub, digest, headers)
    if ear is None or digest is None:
        await answer(send, HTTPStatus.NOT_FOUND)
        return
    stream = _Stream(hub, ear, digest, number_in(body.get("after"), headers.get("last-event-id")))
    async with joined(hub, ear, receive) as gone:
        await begin(send)
        while not (gone.done() or hub.closing or stream.state == State.ENDED):
            ear.woken.clear()
            await stream.tell(send)
            if stream.state != State.ENDED and not await woken(ear, heartbeat()):
                await give(send, PING)
    await end(send)


async def wait(hub: Hub, body: Body, headers: Headers, receive: Receive, send: Send) -> None:
    """What is new, at once if there is, else when there is; an answer in any case."""
    digest, after = _digest(body), number_in(body.get("after"), headers.get("last-event-id"))
    ear = await _ear(hub, digest, headers)
    if ear is None or digest is None:
        await answer(send, HTTPStatus.NOT_FOUND)
        return
    clock = asyncio.get_running_loop().time
    until = clock() + HEARTBEAT_SECONDS
    async with joined(hub, ear, receive) as gone:
        while not gone.done():
            ear.woken.clear()
            found = await _hear(hub, digest, after)
            if found is None:
                break
            ear.waits = found.state == State.WAITING
            late = hub.closing or clock() >= until
            if late or _is_news(found, ear, body):
                await answer(send, HTTPStatus.OK, _news(found, ear))
                return
            await woken(ear, until - clock())
    await answer(send, HTTPStatus.NOT_FOUND)


class _Stream:
    """What was told so far on one stream."""

    def __init__(self, hub: Hub, ear: Ear, digest: bytes, after: int) -> None:
        self.hub, self.ear, self.digest, self.after = hub, ear, digest, after
        self.state, self.place = "", ""

    async def tell(self, send: Send) -> None:
        if self.ear.to_read or not self.state:
            self.ear.to_read.clear()
            await self._tell_messages(send)
        if self.ear.waits and self.ear.standing != self.place:
            self.place = self.ear.standing
            await give(send, told("place", {"said": self.place}))

    async def _tell_messages(self, send: Send) -> None:
        while True:
            found = await _hear(self.hub, self.digest, self.after)
            if found is None:
                # Erased meanwhile: there is nothing more to hear.
                self.state = State.ENDED
                return
            for one in found.messages:
                self.after = one["number"]
                await give(send, told("message", shown(one), self.after))
            if len(found.messages) < PAGE:
                break
        if found.state != self.state:
            self.state = found.state
            self.ear.waits = found.state == State.WAITING
            await give(send, told("state", {"state": found.state, "by": found.ended_by}))


def _is_news(found: Heard, ear: Ear, body: Body) -> bool:
    moved = ear.waits and ear.standing not in ("", body.get("place"))
    return bool(found.messages) or found.state != body.get("state") or moved


def _news(found: Heard, ear: Ear) -> Body:
    return {
        "messages": [shown(one) for one in found.messages],
        "state": found.state,
        "by": found.ended_by,
        "place": ear.standing if ear.waits else "",
    }


def _digest(body: Body) -> bytes | None:
    return digest_of(str(body.get("key", "")))


async def _hear(hub: Hub, digest: bytes, after: int) -> Heard | None:
    row = await hub.database.one(to_hear(digest, after))
    return None if row is None else heard(row)


async def _ear(hub: Hub, digest: bytes | None, headers: Headers) -> Ear | None:
    found = None if digest is None else await _hear(hub, digest, LAST)
    if found is None or digest is None:
        return None
    here.note(digest.hex(), peer_of(headers.get(PEER, ""), headers.get("x-forwarded-for", "")))
    return Ear({found.ref}, found.helpline, digest=digest, waits=found.state == State.WAITING)

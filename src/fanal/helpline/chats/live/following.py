"""What every page that follows has: it is woken, and it ends when whoever looks is gone."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fanal.helpline.chats.live.hub import Ear, Hub
from fanal.helpline.chats.live.wire import Receive

# Nobody is left more than twenty seconds without news.
HEARTBEAT_SECONDS = 14.0
# As many messages as one reading brings.
PAGE = 200
LAST = 2**31 - 1
Body = dict[str, Any]


@asynccontextmanager
async def joined(hub: Hub, ear: Ear, receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """Inside, what happens wakes the ear; the task ends when the page is gone."""

    async def until_gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        ear.woken.set()

    hub.join(ear)
    gone = asyncio.create_task(until_gone())
    try:
        yield gone
    finally:
        hub.part(ear)
        gone.cancel()


def heartbeat() -> float:
    """Not the same for everybody: pages that opened together are not told together."""
    return HEARTBEAT_SECONDS * (100 - secrets.randbelow(30)) / 100


async def woken(ear: Ear, seconds: float) -> bool:
    """False: nothing happened meanwhile."""
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(ear.woken.wait(), max(0.0, seconds))
        return True
    return False


def number_in(*said: object) -> int:
    """The highest of the numbers that were sent, as texts or not."""
    written = [one for one in map(str, said) if re.fullmatch(r"[0-9]{1,10}", one)]
    known = [int(one) for one in written]
    return min(max(known, default=0), LAST)


def shown(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "n": message["number"],
        "side": message["side"],
        "text": message["text"],
        "id": message["key"],
        "at": message["at"],
    }

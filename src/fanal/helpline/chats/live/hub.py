"""
Whoever has a page open on this server, and what wakes them.

PostgreSQL says which conversation has something new, and nothing of it; whoever follows it reads
the row with their own key. When the connection that hears is lost, everybody reads again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.utils.timezone import now

from fanal.helpline.chats import terms
from fanal.helpline.chats.asked import ALARM, MESSAGE, QUEUE, Call, moves_of, queue_of
from fanal.helpline.chats.live.database import Database
from fanal.helpline.chats.queries import places_of, standing

logger = logging.getLogger(__name__)
# Under the twenty seconds in which nobody is left without news.
PRESENCE_SECONDS = 10.0
# Places in the queue are counted again when it moves, and not more often than that.
COUNTED_EVERY = 2.0
# A queue that moves wakes many at once: by so many, with a breath between.
WOKEN_AT_ONCE = 50
TOUCHED_AT_ONCE = 50
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Ear:
    """One page that follows. ``digest`` is a visitor's; ``agent`` somebody's who listens."""

    refs: set[UUID]
    helpline: int | None
    digest: bytes | None = None
    agent: int | None = None
    waits: bool = False
    standing: str = ""
    queue_moved: bool = False
    alarmed: bool = False
    to_read: set[UUID] = field(default_factory=set)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, ref: UUID) -> None:
        self.to_read.add(ref)
        self.woken.set()


class Hub:
    def __init__(self) -> None:
        self.database = Database()
        self._by_ref: defaultdict[UUID, set[Ear]] = defaultdict(set)
        self._ears: set[Ear] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._moved: set[int] = set()
        self._counted = 0.0
        self._move = asyncio.Event()
        self.closing = False

    async def start(self) -> None:
        await self.database.open()
        self._tasks = [
            asyncio.create_task(self._for_ever(self._hear_once)),
            asyncio.create_task(self._for_ever(self._count_once)),
            asyncio.create_task(self._for_ever(self._be_present_once)),
        ]

    async def close(self) -> None:
        self.closing = True
        for ear in self._ears:
            ear.woken.set()
        for task in self._tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.database.close()

    def join(self, ear: Ear) -> None:
        self._ears.add(ear)
        for ref in ear.refs:
            self._by_ref[ref].add(ear)
        if ear.waits and ear.helpline is not None:
            self._moves(ear.helpline)

    def part(self, ear: Ear) -> None:
        self._ears.discard(ear)
        for ref in ear.refs:
            self._by_ref[ref].discard(ear)
            if not self._by_ref[ref]:
                del self._by_ref[ref]

    def _moves(self, helpline: int) -> None:
        self._moved.add(helpline)
        self._move.set()

    def _alarm(self, helpline: int) -> None:
        """Told at once, whatever the queue does."""
        for ear in self._ears:
            if ear.agent and ear.helpline == helpline:
                ear.alarmed = True
                ear.woken.set()

    async def _for_ever(self, once: Any) -> None:
        """What fails is said, without a word of what it speaks of, and begun again."""
        while True:
            try:
                await once()
            except asyncio.CancelledError:
                raise
            except (psycopg.Error, OSError):
                logger.warning("The live channel lost the database; it tries again")
                await asyncio.sleep(0.5)
            except Exception:
                logger.exception("The live channel stumbled")
                await asyncio.sleep(0.5)

    async def _hear_once(self) -> None:
        connection = await self.database.listening(MESSAGE, QUEUE, ALARM)
        try:
            # What was said while nobody heard.
            for ear in list(self._ears):
                for ref in ear.refs:
                    ear.wake(ref)
                if ear.helpline is not None:
                    self._moves(ear.helpline)
            async for told in connection.notifies():
                self._told(told.channel, told.payload)
        finally:
            await connection.close()
        raise psycopg.OperationalError

    def _told(self, channel: str, payload: str) -> None:
        try:
            if channel == QUEUE:
                self._moves(int(payload))
            elif channel == ALARM:
                self._alarm(int(payload))
            else:
                ref = UUID(payload)
                for ear in self._by_ref.get(ref, ()):
                    ear.wake(ref)
        except ValueError:
            logger.warning("The live channel was told something else than an identifier")

    async def _count_once(self) -> None:
        await self._move.wait()
        await asyncio.sleep(max(0.0, self._counted + COUNTED_EVERY - monotonic()))
        self._counted = monotonic()
        self._move.clear()
        moved, self._moved = self._moved, set()
        try:
            for helpline in moved:
                await self._count(helpline)
        except BaseException:
            self._moved |= moved
            self._move.set()
            raise

    async def _count(self, helpline: int) -> None:
        """Places are told to those who wait; that the queue moved, to those who listen."""
        for ear in [one for one in self._ears if one.agent and one.helpline == helpline]:
            ear.queue_moved = True
            ear.woken.set()
        waiting = [one for one in self._ears if one.waits and one.helpline == helpline]
        if not waiting:
            return
        rows = await self.database.all(queue_of(helpline))
        moves = await self.database.all(moves_of(helpline))
        led = await self.database.one(("SELECT chats_led(%s)", [helpline]))
        # On a thread: two thousand places take long enough to hold everybody up.
        places = await asyncio.to_thread(places_of, rows, moves, now=now())
        ranks = {place.who: place.rank for place in places}
        for number, ear in enumerate(waiting):
            rank = next((ranks[ref] for ref in ear.refs if ref in ranks), None)
            if rank is None:
                continue
            found = standing(rank - 1, places=led[0] if led else 0).said
            if found != ear.standing:
                ear.standing = found
                ear.woken.set()
            if number % WOKEN_AT_ONCE == WOKEN_AT_ONCE - 1:
                await asyncio.sleep(0)

    async def _be_present_once(self) -> None:
        moment = now()
        visitors = [ear.digest for ear in self._ears if ear.digest is not None]
        agents = list({ear.agent for ear in self._ears if ear.agent is not None})
        asked: list[Call] = [
            ("SELECT chats_present(%s, %s)", [some, moment]) for some in _by_few(visitors)
        ]
        asked += [
            ("SELECT chats_listeners_present(%s, %s, %s)", [some, terms.LISTENER_BACK, moment])
            for some in _by_few(agents)
        ]
        asked.append(
            (
                "SELECT chats_miss_listeners(%s, %s, %s)",
                [moment - terms.LISTENER_GONE, terms.LISTENER_LOST, moment],
            )
        )
        asked.append(
            (
                "SELECT chats_miss_readers(%s, %s, %s)",
                [moment - terms.HERE_SINCE, terms.READS_NO_MORE, moment],
            )
        )
        for one in asked:
            await self.database.one(one)
        await asyncio.sleep(PRESENCE_SECONDS)


def _by_few(everybody: list[T]) -> Iterator[list[T]]:
    """A statement keeps what it touches until it ends: none touches many."""
    for first in range(0, len(everybody), TOUCHED_AT_ONCE):
        yield everybody[first : first + TOUCHED_AT_ONCE]

"""
Whoever listens, live: what is said in the conversations of their desk, and that the queue moves.

A token that their page was given says who they are, for as long as its session lives; the database
shows what their posting of the day opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core import signing

from fanal.helpline.chats.live.following import (
    Body,
    heartbeat,
    joined,
    number_in,
    shown,
    woken,
)
from fanal.helpline.chats.live.hub import Ear, Hub
from fanal.helpline.chats.live.wire import PING, Receive, Send, answer, begin, end, give, told

SALT = "fanal.chats.live"
# Past the longest day's work; the session ends before.
LASTS = 12 * 3600
MOST = 8
MESSAGES = """
SELECT c.state, c.listener_id IS NOT DISTINCT FROM %s, coalesce(jsonb_agg(jsonb_build_object(
           'number', m.number, 'side', m.side, 'text', m.text, 'key', m.key, 'at', m.at)
           ORDER BY m.number) FILTER (WHERE m.id IS NOT NULL), '[]'::jsonb)
  FROM chats_conversation c
  LEFT JOIN chats_message m ON m.conversation_id = c.id AND m.number > %s
 WHERE c.ref = %s GROUP BY c.id, c.state, c.listener_id
"""


@dataclass(frozen=True, slots=True)
class Asker:
    agent: int
    session: str


def token_for(*, agent: int, session: str) -> str:
    return signing.dumps({"a": agent, "s": session}, salt=SALT)


def asker_of(token: object) -> Asker | None:
    try:
        found = signing.loads(str(token), salt=SALT, max_age=LASTS)
        return Asker(int(found["a"]), str(UUID(found["s"])))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


async def follow(hub: Hub, body: Body, receive: Receive, send: Send) -> None:
    asker = asker_of(body.get("token"))
    helpline = None if asker is None else await _helpline(hub, asker)
    if asker is None or helpline is None:
        await answer(send, HTTPStatus.FORBIDDEN)
        return
    after = _talks(body)
    ear = Ear(set(after), helpline, agent=asker.agent)
    states: dict[UUID, tuple[str, bool]] = {}
    ear.to_read = set(after)
    async with joined(hub, ear, receive) as gone:
        await begin(send)
        while not gone.done() and not hub.closing:
            ear.woken.clear()
            to_read, ear.to_read = ear.to_read, set()
            for ref in to_read:
                await _tell(hub, asker, ref, after, states, send)
            if ear.alarmed:
                ear.alarmed = ear.queue_moved = False
                await give(send, told("alarm", {}))
            if ear.queue_moved:
                ear.queue_moved = False
                await give(send, told("queue", {}))
            if not await woken(ear, heartbeat()):
                if await _helpline(hub, asker) is None:
                    # The session was closed, or the posting ended.
                    break
                await give(send, PING)
    await end(send)


def _talks(body: Body) -> dict[UUID, int]:
    """The conversations of the desk, each with the number of the last message shown there."""
    found: dict[UUID, int] = {}
    talks = body.get("talks")
    for one in talks[:MOST] if isinstance(talks, list) else []:
        try:
            found[UUID(str(one["ref"]))] = number_in(one.get("after"))
        except (KeyError, TypeError, AttributeError, ValueError):
            continue
    return found


async def _tell(
    hub: Hub,
    asker: Asker,
    ref: UUID,
    after: dict[UUID, int],
    states: dict[UUID, tuple[str, bool]],
    send: Send,
) -> None:
    async with hub.database.speaking_for(asker.agent) as connection:
        row = await (await connection.execute(MESSAGES, [asker.agent, after[ref], ref])).fetchone()
    if row is None:
        return
    state, is_mine, messages = row
    for one in messages:
        after[ref] = one["number"]
        await give(send, told("message", {"ref": str(ref), **shown(one)}))
    if states.get(ref) != (state, is_mine):
        states[ref] = (state, is_mine)
        await give(send, told("state", {"ref": str(ref), "state": state, "mine": is_mine}))


async def _helpline(hub: Hub, asker: Asker) -> int | None:
    """Whose queue they follow today, as long as their session lives."""
    async with hub.database.speaking_for(asker.agent) as connection:
        found: tuple[Any, ...] | None = await (
            await connection.execute(
                "SELECT min(o) FROM chats_organisations() o WHERE EXISTS ("
                "SELECT 1 FROM agents_agentsession s JOIN agents_agent a ON a.id = s.agent_id"
                " WHERE s.ref = %s AND s.agent_id = %s AND a.is_active"
                " AND s.expire_date > now())",
                [asker.session, asker.agent],
            )
        ).fetchone()
    return found[0] if found else None

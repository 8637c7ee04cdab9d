"""
The helpline’s live channel under load: ``benchmarks/live.py``, of ``make bench-helpline``.

2,000 people wait and 200 talk with 200 who listen: 2,400 streams open at once, on the server as it
is started in service. Both sides write; the time from sending to being heard on the other side is
measured. In the middle the server is killed whole and started again; pages do what pages do: open
their stream again from the last number, and send again what they do not know to be kept. Every
message must then be heard once, on both sides, in one order.

Prints the figures, and exits with 1 when one of them is not reached.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import tempfile
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

import django
import psycopg
from live_house import WAITING, free_port, memory, prepare, serve, spent
from live_pages import Load, Seat, all_heard, all_streaming, answers, follow, post, until

SECONDS, EVERY = 40.0, 8.0
REACHED_MS = 100.0
SEED = 119


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.dev"
    os.environ["FANAL_CHAT_HOURS"] = "24/7"
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    from fanal.config.postgres.roles import APPLICATION, OWNER
    from fanal.config.postgres.trials import start_for_tests

    server = start_for_tests()
    name = f"bench_{os.getpid()}"
    server.create_database(name)
    reached = False
    try:
        with tempfile.TemporaryDirectory() as state:
            os.environ["FANAL_STATE"] = state
            os.environ["DATABASE_URL"] = server.login_url_for(name, APPLICATION)
            os.environ["DATABASE_OWNER_URL"] = server.login_url_for(name, OWNER)
            django.setup()
            load = Load(free_port())
            prepare(load)
            from django.db import connections

            connections.close_all()
            reached = asyncio.run(_run(load))
    finally:
        from django.db import connections

        connections.close_all()
        # A vacuum of the server itself may hold it.
        with suppress(psycopg.errors.InsufficientPrivilege):
            server.drop_database(name)
        server.stop()
    raise SystemExit(0 if reached else 1)


async def _run(load: Load) -> bool:
    process = serve(load.port)
    await answers(load.port)
    begun = time.perf_counter()
    followers = [asyncio.create_task(follow(load, seat)) for seat in load.seats]
    await all_streaming(load)
    print(f"port {load.port}")
    print(f"{len(load.seats)} streams open in {time.perf_counter() - begun:.1f} s")
    await until(lambda: all(seat.placed for seat in load.seats[:WAITING]), "places are not told")
    print(f"all {WAITING} told their place in {time.perf_counter() - begun:.1f} s")
    before = spent(process.pid)
    lag = asyncio.create_task(_own_lag(load))
    leaver = asyncio.create_task(_leave_one_by_one(load))
    begun = time.perf_counter()
    writers = [asyncio.create_task(_write(load, *talk[:2])) for talk in load.talks]
    writers += [asyncio.create_task(_answer(load, talk[1], talk[3])) for talk in load.talks]
    await asyncio.sleep(SECONDS / 2)
    calm = list(load.times)
    used = (spent(process.pid) - before) / (time.perf_counter() - begun)
    held = memory(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for seat in load.seats:
        seat.streaming = False
    cut = time.perf_counter()
    process = serve(load.port)
    await answers(load.port)
    await all_streaming(load)
    back = time.perf_counter()
    await asyncio.sleep(SECONDS / 2)
    load.over = True
    await asyncio.gather(*writers, lag, leaver)
    await all_heard(load)
    after = [one for one in load.times if one[0] > back]
    for task in followers:
        task.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)
    print(f"Server: {used:.2f} processors, {held:.0f} MB, {back - cut:.1f} s from the kill to")
    print(f"every stream open again; {load.retried} messages sent again.")
    late = sorted(load.lags)
    print(
        f"This program itself is late by {late[len(late) // 2] * 1000:.0f} ms (median),"
        f" {late[int(len(late) * 0.95)] * 1000:.0f} ms (p95), {late[-1] * 1000:.0f} ms at most."
    )
    return _judge(load, calm, after)


def _judge(load: Load, calm: list[tuple[float, float]], after: list[tuple[float, float]]) -> bool:
    worst = 0.0
    for said, times in (("before the kill", calm), ("after it", after)):
        sorted_ms = sorted(seconds * 1000 for _, seconds in times)
        shares = {share: sorted_ms[int(len(sorted_ms) * share)] for share in (0.5, 0.95, 0.99)}
        worst = max(worst, shares[0.95])
        print(
            f"Delivery {said}: {len(sorted_ms)} messages, median {shares[0.5]:.1f} ms,"
            f" p95 {shares[0.95]:.1f} ms, p99 {shares[0.99]:.1f} ms, longest {sorted_ms[-1]:.0f} ms"
        )
    lost = doubled = disordered = 0
    for _, ref, visitor, listener in load.talks:
        for seat in (visitor, listener):
            names = [name for _, name in seat.heard]
            numbers = [number for number, _ in seat.heard]
            doubled += len(names) - len(set(names))
            disordered += numbers != sorted(numbers)
        mine = {name for name, talk in load.kept.items() if talk == ref}
        lost += sum(len(mine - {name for _, name in seat.heard}) for seat in (visitor, listener))
    silence = max(load.silences)
    print(
        f"{len(load.kept)} messages kept: {lost} lost, {doubled} doubled,"
        f" {disordered} out of order. Longest silence of a stream: {silence:.1f} s"
    )
    return worst < REACHED_MS and lost == doubled == disordered == 0 and silence < 20


async def _write(load: Load, key: str, ref: str) -> None:
    """Whoever writes: through the live channel, sent again until it is known to be kept."""
    chance = random.Random(f"{SEED}{ref}")
    async for _ in _rhythm(load, chance):
        name, text = str(uuid4()), "x" * chance.randint(20, 200)
        load.sent_at[name] = time.perf_counter()
        body = {"key": key, "text": text, "id": name}
        while (await post(load.port, "dire", body)) != 200:
            load.retried += 1
            await asyncio.sleep(0.2 + chance.random() * 0.3)
        load.kept[name] = ref


async def _answer(load: Load, ref: str, seat: Seat) -> None:
    """Whoever listens: what their page writes is kept by the same function, as their role."""
    from fanal.helpline.chats.live.database import Database

    chance = random.Random(f"{SEED}{ref}l")
    database = _DATABASES.setdefault("one", Database())
    if not _DATABASES.get("opened"):
        _DATABASES["opened"] = True
        await database.open()
    async for _ in _rhythm(load, chance):
        name = str(uuid4())
        load.sent_at[name] = time.perf_counter()
        async with database.speaking_for(_agent_of(seat)) as connection:
            await connection.execute(
                "SELECT chats_add(c.id, 'listener', %s, %s, now()) FROM chats_conversation c"
                " WHERE c.ref = %s",
                ["y" * chance.randint(20, 200), name, ref],
            )
        load.kept[name] = ref


_DATABASES: dict[str, Any] = {}


def _agent_of(seat: Seat) -> int:
    from fanal.helpline.chats.live.listeners import asker_of

    found = asker_of(seat.body["token"])
    assert found
    return found.agent


async def _leave_one_by_one(load: Load) -> None:
    """Each second somebody leaves the queue: it moves, and everybody is counted again."""
    from fanal.helpline.chats.keys import digest_of
    from fanal.helpline.chats.live.database import Database

    database = Database()
    await database.open()
    for seat in load.seats[:WAITING]:
        if load.over:
            break
        seat.gone = True
        digest = digest_of(seat.body["key"])
        await database.one(("SELECT chats_leave(%s, 'Parti.', now())", [digest]))
        await asyncio.sleep(1.0)
    await database.close()


async def _own_lag(load: Load) -> None:
    """How late this very program is: what it measures is late by as much."""
    while not load.over:
        begun = time.perf_counter()
        await asyncio.sleep(0.02)
        load.lags.append(time.perf_counter() - begun - 0.02)


async def _rhythm(load: Load, chance: random.Random) -> Any:
    await asyncio.sleep(chance.random() * EVERY)
    while not load.over:
        yield None
        await asyncio.sleep(EVERY * (0.5 + chance.random()))


if __name__ == "__main__":
    main()

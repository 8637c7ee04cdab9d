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
import json
import os
import random
import resource
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import django
import psutil
import psycopg

WAITING, ACTIVE = 2_000, 200
SECONDS, EVERY = 40.0, 8.0
REACHED_MS = 100.0
SEED = 119


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
            load = Load(_free_port())
            _prepare(load)
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


def _prepare(load: Load) -> None:
    """A helpline, those who listen, those who wait and those who talk."""
    from django.core.management import call_command

    from fanal.config.postgres.roles import APPLICATION
    from fanal.ground.access.grants import grant_application
    from fanal.ground.agents.models import Organisation
    from fanal.helpline.chats import terms

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    call_command("collectstatic", interactive=False, verbosity=0)
    helpline = Organisation.objects.create(
        name="Écoute (invention)", slug="ecoute", kind="helpline", is_demonstration=True
    )
    # They come at once here, and over hours in life.
    terms.MOST_COME_A_MINUTE = WAITING + ACTIVE + 1
    for _ in range(WAITING):
        key, _ref = _opened(helpline)
        load.seats.append(Seat({"key": key}, "visitor"))
    for number in range(ACTIVE):
        load.talks.append(_talk(helpline, number))
        load.seats += load.talks[-1][2:]


def _opened(helpline: Any) -> tuple[str, Any]:
    from fanal.helpline.chats.keys import digest_of, new_key
    from fanal.helpline.chats.use_cases import open_conversation
    from fanal.helpline.chats.use_cases.visiting import Answers

    key = new_key()
    ref = open_conversation(
        digest=digest_of(key) or b"",
        helpline=helpline,
        answers=Answers(),
        now=datetime.now(tz=UTC),
    )
    return key, ref


def _talk(helpline: Any, number: int) -> tuple[str, str, Seat, Seat]:
    from fanal.ground.access.asking import acting_as
    from fanal.ground.agents.models import Agent, AgentSession, Posting
    from fanal.helpline.chats.live.listeners import token_for
    from fanal.helpline.chats.use_cases import take_conversation

    moment = datetime.now(tz=UTC)
    agent = Agent.objects.create(
        email=f"ecoute{number}@fanal.invalid",
        name=f"Écoutant inventé {number}",
    )
    Posting.objects.create(agent=agent, organisation=helpline, role="listener", since=moment.date())
    session = AgentSession.objects.create(
        agent=agent,
        ref=uuid4(),
        session_key=secrets.token_hex(16),
        session_data="",
        expire_date=moment + timedelta(hours=8),
        opened_at=moment,
        seen_at=moment,
    )
    key, ref = _opened(helpline)
    with acting_as(agent):
        take_conversation(agent=agent, ref=ref, now=moment)
    token = token_for(agent=agent.pk, session=str(session.ref))
    return (
        key,
        str(ref),
        Seat({"key": key}, "visitor"),
        Seat({"token": token, "talks": [{"ref": str(ref)}]}, "listener"),
    )


async def _run(load: Load) -> bool:
    process = _serve(load.port)
    await _answers(load.port)
    begun = time.perf_counter()
    followers = [asyncio.create_task(_follow(load, seat)) for seat in load.seats]
    await _all_streaming(load)
    print(f"port {load.port}")
    print(f"{len(load.seats)} streams open in {time.perf_counter() - begun:.1f} s")
    await _until(lambda: all(seat.placed for seat in load.seats[:WAITING]), "places are not told")
    print(f"all {WAITING} told their place in {time.perf_counter() - begun:.1f} s")
    before = _spent(process.pid)
    lag = asyncio.create_task(_own_lag(load))
    leaver = asyncio.create_task(_leave_one_by_one(load))
    begun = time.perf_counter()
    writers = [asyncio.create_task(_write(load, *talk[:2])) for talk in load.talks]
    writers += [asyncio.create_task(_answer(load, talk[1], talk[3])) for talk in load.talks]
    await asyncio.sleep(SECONDS / 2)
    calm = list(load.times)
    used = (_spent(process.pid) - before) / (time.perf_counter() - begun)
    memory = _memory(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for seat in load.seats:
        seat.streaming = False
    cut = time.perf_counter()
    process = _serve(load.port)
    await _answers(load.port)
    await _all_streaming(load)
    back = time.perf_counter()
    await asyncio.sleep(SECONDS / 2)
    load.over = True
    await asyncio.gather(*writers, lag, leaver)
    await _all_heard(load)
    after = [one for one in load.times if one[0] > back]
    for task in followers:
        task.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)
    print(f"Server: {used:.2f} processors, {memory:.0f} MB, {back - cut:.1f} s from the kill to")
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
        while (await _post(load.port, "dire", body)) != 200:
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


async def _follow(load: Load, seat: Seat) -> None:
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


async def _post(port: int, act: str, body: dict[str, Any]) -> int:
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


async def _all_streaming(load: Load) -> None:
    await _until(
        lambda: all(seat.streaming or seat.gone for seat in load.seats), "streams do not open"
    )


async def _all_heard(load: Load) -> None:
    def heard() -> bool:
        for _, ref, visitor, listener in load.talks:
            mine = {name for name, talk in load.kept.items() if talk == ref}
            if any(mine - {name for _, name in seat.heard} for seat in (visitor, listener)):
                return False
        return True

    with suppress(TimeoutError):
        await _until(heard, "not all was heard", pause=0.5)


async def _until(true: Any, otherwise: str, *, pause: float = 0.1) -> None:
    end = time.perf_counter() + 60
    while not true():
        if time.perf_counter() > end:
            raise TimeoutError(otherwise)
        await asyncio.sleep(pause)


async def _answers(port: int) -> None:
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        if await _post(port, "dire", {}) == 400:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _serve(port: int) -> subprocess.Popen[bytes]:
    from fanal.config.serving import web_command

    command = web_command(host="127.0.0.1", port=port)
    return subprocess.Popen([sys.executable, "-m", *command], process_group=0)


def _spent(pid: int) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in _processes(pid))


def _memory(pid: int) -> float:
    return sum(one.memory_info().rss for one in _processes(pid)) / 1e6


def _processes(pid: int) -> list[Any]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


if __name__ == "__main__":
    main()

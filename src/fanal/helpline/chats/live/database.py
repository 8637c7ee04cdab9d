"""
The application's role again, without Django between: a few connections that the loop shares.

Each question is one statement, kept when it answers. Who asks is said in the transaction itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg_pool import AsyncConnectionPool

from fanal.ground.access.asking import WHO_ASKS
from fanal.ground.access.terms import Purpose
from fanal.helpline.chats.asked import Call

CONNECTIONS = 4
# What hears and never asks must know when the line is cut.
ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
PARTS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def address() -> dict[str, Any]:
    known = settings.DATABASES["default"]
    found = {part.lower(): known[part] for part in PARTS if known.get(part)}
    found["dbname"] = found.pop("name")
    rest = {name: value for name, value in known["OPTIONS"].items() if name != "pool"}
    return found | rest


class Database:
    def __init__(self) -> None:
        self._pool = AsyncConnectionPool(
            kwargs=address() | {"autocommit": True},
            min_size=1,
            max_size=CONNECTIONS,
            open=False,
        )

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    async def one(self, call: Call) -> tuple[Any, ...] | None:
        async with self._pool.connection() as connection:
            return await (await connection.execute(*call)).fetchone()

    async def all(self, call: Call) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            return await (await connection.execute(*call)).fetchall()

    @asynccontextmanager
    async def speaking_for(self, agent: int) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A transaction in which this agent asks: its policies hold."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(WHO_ASKS, [str(agent), "", Purpose.DESK, ""])
            yield connection

    @staticmethod
    async def listening(*channels: str) -> psycopg.AsyncConnection[Any]:
        """A connection of its own, that hears."""
        connection = await psycopg.AsyncConnection.connect(
            **{**ALIVE, **address()}, autocommit=True
        )
        for channel in channels:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        return connection

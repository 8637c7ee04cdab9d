"""When and what is killed, and what must hold after."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from django.db import DatabaseError, connection

from fanal.ground.audit.keeping import FolderKeeper
from fanal.portal.traces.sealer import Linking
from sizes import size
from walls.crashes.comparing import Ledger, differences
from walls.crashes.desk import Desk
from walls.crashes.house import House
from walls.crashes.people import all_of_them
from walls.crashes.served import Server

# Acts to wait for before a kill, then how long it is put off, in seconds: both are drawn.
ACTS = (2, size(6, 12))
PUT_OFF = 0.04
# How many of the server's kills wait for a transaction that has written and has not committed.
AMID_WRITES = 0.5
DEADLINE = 60.0
LINKED_EVERY = 0.1
# Backends that have written and have not committed: of the served application, and of the sealer.
WRITING = """
SELECT pid FROM pg_stat_activity
 WHERE datname = %s AND usename IN ('fanal_app', 'fanal_test') AND backend_xid IS NOT NULL
"""
SERVED = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = 'fanal_app'"


@contextmanager
def working(house: House, desk: Desk, server: Server, *, seals: Path, seed: int) -> Iterator[None]:
    """Clients who ask whenever the desk is open, and the sealer beside them."""
    people = all_of_them(house, desk, port=server.port, seed=str(seed))
    over = threading.Event()
    sealer = threading.Thread(target=_keep_linking, args=(over, seals), daemon=True)
    threads = [*people, sealer]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        desk.end()
        for thread in threads:
            thread.join(DEADLINE)
    assert not any(thread.is_alive() for thread in threads)
    assert desk.odd == []


@dataclass(slots=True)
class Killer:
    house: House
    desk: Desk
    server: Server
    ledger: Ledger
    draw: Random

    def kill_server(self) -> None:
        """Start the server, let everybody work, kill all its processes at once; then compare."""
        self.server.start()
        with self.house.superuser() as watching:
            self._let_work()
            if self.draw.random() < AMID_WRITES:
                _writers(watching, self.house)
            self.server.kill()
            self.desk.shut()
            # What a backend had begun for the dead server, it ends or undoes; then it goes.
            end = time.monotonic() + DEADLINE
            while watching.execute(SERVED, [self.house.name]).fetchone() != (0,):
                assert time.monotonic() < end, "backends stay"
                time.sleep(0.005)
        self._compare()

    def kill_backend(self) -> None:
        """Under a server that stays, kill a backend that has written; then compare."""
        with self.house.superuser() as watching:
            self._let_work()
            _kill_a_writer(watching, self.house, self.draw)
        self.desk.shut()
        self._compare()

    def _let_work(self) -> None:
        self.desk.open()
        self.desk.wait_for_acts(self.draw.randint(*ACTS))
        time.sleep(self.draw.uniform(0, PUT_OFF))

    def _compare(self) -> None:
        with self.house.owner() as owner:
            found = [*differences(self.house, owner), *self.ledger.differences(owner)]
        assert not found, found


def _writers(watching: psycopg.Connection[Any], house: House) -> list[int]:
    """The processes of the backends that have written and have not committed, once there is one."""
    end = time.monotonic() + DEADLINE
    while not (found := watching.execute(WRITING, [house.name]).fetchall()):
        assert time.monotonic() < end, "nobody writes"
    return [pid for (pid,) in found]


def _kill_a_writer(watching: psycopg.Connection[Any], house: House, draw: Random) -> None:
    """Return once PostgreSQL ends every backend, this one too, to make itself whole."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        victim = draw.choice(_writers(watching, house))
        try:
            os.kill(victim, signal.SIGKILL)
            watching.execute("SELECT pg_sleep(1)")
        except ProcessLookupError:
            continue  # it had ended by itself
        except psycopg.OperationalError:
            return
    raise AssertionError("the database does not notice")


def _keep_linking(over: threading.Event, seals: Path) -> None:
    """The sealer's turn, oftener than in service: it too is killed amid its writes."""
    linking = Linking(FolderKeeper(seals))
    while not over.wait(LINKED_EVERY):
        try:
            linking.turn()
        except DatabaseError:
            continue
        finally:
            connection.close()

"""The worker is killed while it opens the letter: the danger is heard all the same, and once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from browser.house import environment
from deadlines import wait_until
from fanal.config.database import APPLICATION_URL
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TrialServer

HERE = Path(__file__).parent
DEADLINE = 60.0
WAITING_FOR_THE_TABLE = (
    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE NOT l.granted AND d.datname = current_database()"
    " AND l.relation = 'letters_letter'::regclass"
)
LETTERS = "SELECT count(*) FROM letters_letter"
JOB = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'exchange.danger_disclosed'"


@pytest.fixture
def house(
    trial_server: TrialServer, template_database: str, tmp_path: Path
) -> Iterator[tuple[psycopg.Connection[Any], dict[str, str]]]:
    """A database of its own, seen by its owner; and what its programs read."""
    name = f"killed_{os.getpid()}"
    trial_server.create_database(name, template=template_database)
    given = environment(trial_server, database=name, state=tmp_path)
    path = os.pathsep.join(filter(None, (str(HERE.parents[1]), os.environ.get("PYTHONPATH"))))
    with psycopg.connect(trial_server.login_url_for(name, OWNER), autocommit=True) as owner:
        given |= {"PYTHONPATH": path}
        # People are put there past the walls; all else is done as the product does it.
        run("press", given | {APPLICATION_URL: trial_server.url_for(name)})
        yield owner, given
    trial_server.drop_database(name)


def until(owner: psycopg.Connection[Any], question: str, wanted: object) -> None:
    wait_until(lambda: one(owner, question) == wanted, seconds=DEADLINE, what=question)


def one(owner: psycopg.Connection[Any], question: str) -> Any:
    row = owner.execute(question).fetchone()
    return row[0] if row else None


def run(word: str, given: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, HERE / "disclosing.py", word],
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def worker(given: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The product's own, ended by its number whatever happens."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "fanal.config.worker"], env=given, stdout=said, stderr=said
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_the_worker_is_killed_between_and_the_danger_is_heard_once(
    house: tuple[psycopg.Connection[Any], dict[str, str]], tmp_path: Path
) -> None:
    owner, given = house
    log = tmp_path / "worker.log"
    assert (one(owner, JOB), one(owner, LETTERS)) == ("todo", 0)

    with worker(given, log) as killed:
        with owner.transaction():
            # The letter cannot be written yet: the kill comes between.
            owner.execute("LOCK TABLE letters_letter IN SHARE ROW EXCLUSIVE MODE")
            until(owner, WAITING_FOR_THE_TABLE, 1)
            killed.send_signal(signal.SIGKILL)
            killed.wait(DEADLINE)
        until(owner, WAITING_FOR_THE_TABLE, 0)
    assert (one(owner, JOB), one(owner, LETTERS)) == ("doing", 0)

    # As if the time had passed after which a worker that says nothing is dead.
    owner.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    run("care", given)
    with worker(given, log):
        until(owner, JOB, "succeeded")
    assert one(owner, LETTERS) == 1
    assert one(owner, "SELECT count(*) FROM letters_lettertext") == 1
    assert one(owner, "SELECT count(*) FROM notifications_notification WHERE urgent") == 1

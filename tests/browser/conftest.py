"""A real server, a real browser, and the people of the demonstration."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

import fanal
from browser import green
from browser.chromium import Visitors, wait_as_long_as_the_machine_is_busy
from browser.house import Door, doors_in, run, served
from config.demonstration.kept import FRESH, demonstration
from databases import drop_if_free
from fanal.config.folders import state_folder
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TrialServer
from sizes import WHOLE
from turns import RUN, only_one

HERE = Path(__file__).parent
SOURCES = (Path(fanal.__file__).parent, HERE, HERE.parent / "walls")
LONGEST_FIRST = ("test_main_job.py", "test_danger.py")
PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
came: list[Visitors] = []
PLAYED, LOOKED_INTO = f"browser_{RUN}", f"browser_{RUN}_doors"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Together, and before the others: one browser for all, and no long test left at the end.

    When the whole is looked at, screens come first: as they were found, before anybody works there.
    """

    def rank(item: pytest.Item) -> int:
        if item.path.parent != HERE:
            return len(LONGEST_FIRST) + 2
        first = ("test_screens.py",) if WHOLE else LONGEST_FIRST
        names = [*first, item.path.name]
        return names.index(item.path.name)

    items.sort(key=rank)


@pytest.fixture(scope="session")
def played(
    trial_server: TrialServer, template_database: str, shared_folder: Path, worker_id: str
) -> Iterator[str]:
    """The database in which the demonstration was played, to be copied."""
    done = shared_folder / "played"
    with only_one("browser"):
        if not done.exists():
            made = demonstration(
                trial_server, template=template_database, folder=shared_folder, within=FRESH
            )
            trial_server.create_database(PLAYED, template=made.played)
            run("play.py", server=trial_server, database=PLAYED, state=shared_folder)
            trial_server.create_database(LOOKED_INTO, template=PLAYED)
            done.touch()
    yield PLAYED
    with only_one("browser"):
        (shared_folder / f"left-{worker_id}").touch()
        if len(list(shared_folder.glob("left-*"))) == PROCESSES:
            drop_if_free(trial_server, PLAYED)


@pytest.fixture(scope="session")
def url(
    trial_server: TrialServer, played: str, shared_folder: Path, worker_id: str
) -> Iterator[str]:
    """Where this process's own copy of the demonstration is served."""
    mine = f"{played}_{worker_id}"
    with only_one("browser"):
        trial_server.create_database(mine, template=played)
    with served(trial_server, database=mine, state=shared_folder) as address:
        yield address
    drop_if_free(trial_server, mine)


@pytest.fixture(scope="session")
def doors(trial_server: TrialServer, played: str, shared_folder: Path) -> dict[str, Door]:
    """
    Who reaches each address; looked for once, in a copy that nobody else changes.

    It is found again as long as neither the source, nor what was played, nor the day is another.
    """
    with only_one("doors"):
        noted = shared_folder / "doors"
        if not noted.exists():
            owner = trial_server.login_url_for(LOOKED_INTO, OWNER)
            found = state_folder() / f"doors-{_of_today(owner)}.json"
            if not found.exists():
                for former in state_folder().glob("doors-*.json"):
                    former.unlink()
                new = found.with_suffix(".new")
                run("find.py", new, server=trial_server, database=LOOKED_INTO, state=shared_folder)
                new.rename(found)
            drop_if_free(trial_server, LOOKED_INTO)
            noted.write_text(str(found), encoding="utf-8")
    return doors_in(Path(noted.read_text(encoding="utf-8")))


def _of_today(owner: str) -> str:
    digest = sha256(datetime.now(tz=UTC).date().isoformat().encode())
    with psycopg.connect(owner) as connection:
        refs = connection.execute("SELECT ref::text FROM agents_agent ORDER BY ref").fetchall()
    digest.update(repr(refs).encode())
    for path in sorted(path for folder in SOURCES for path in folder.rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc" and path != green.FILE:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def visitors(url: str) -> Iterator[Visitors]:
    visitors = Visitors(url)
    came.append(visitors)
    yield visitors
    visitors.leave()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The load of the machine is read before each test."""
    wait_as_long_as_the_machine_is_busy()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """
    The browser is closed before a test of another folder.

    While it is open an event loop runs in this thread, from where Django refuses to speak to
    the database.
    """
    yield
    # Whatever the last test of this folder asked for, another may have opened it.
    if item.path.parent == HERE and nextitem is not None and nextitem.path.parent != HERE:
        for visitors in came:
            visitors.leave()

"""A real server, a real browser, and the people of the demonstration."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from browser.chromium import Visitors
from browser.house import Door, doors_in, run, served
from config.demonstration.kept import FRESH, demonstration
from databases import drop_if_free
from fanal.config.postgres.trials import TrialServer
from turns import RUN, only_one

HERE = Path(__file__).parent
LONGEST_FIRST = ("test_main_job.py", "test_danger.py")
PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
came: list[Visitors] = []
PLAYED, LOOKED_INTO = f"browser_{RUN}", f"browser_{RUN}_doors"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Together, and before the others: one browser for all, and no long test left at the end."""

    def rank(item: pytest.Item) -> int:
        if item.path.parent != HERE:
            return len(LONGEST_FIRST) + 1
        names = [*LONGEST_FIRST, item.path.name]
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
    """Who reaches each address; looked for once, in a copy that nobody else changes."""
    found = shared_folder / "doors.json"
    with only_one("doors"):
        if not found.exists():
            run("find.py", found, server=trial_server, database=LOOKED_INTO, state=shared_folder)
            drop_if_free(trial_server, LOOKED_INTO)
    return doors_in(found)


@pytest.fixture(scope="session")
def visitors(url: str) -> Iterator[Visitors]:
    visitors = Visitors(url)
    came.append(visitors)
    yield visitors
    visitors.leave()


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

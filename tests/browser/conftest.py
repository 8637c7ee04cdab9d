"""A real server, a real browser, and the people of the demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Visitors, chromium
from browser.house import House, doors_in, prepare, served
from fanal.config.postgres.trials import TrialServer
from turns import only_one


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all the processes of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "house"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def house(
    trial_server: TrialServer, template_database: str, shared_folder: Path, worker_id: str
) -> Iterator[House]:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    played, mine = f"browser_{run}", f"browser_{run}_{worker_id}"
    found = shared_folder / "doors.json"
    with only_one("browser"):
        if not found.exists():
            trial_server.create_database(played, template=template_database)
            prepare(trial_server, database=played, state=shared_folder)
        trial_server.create_database(mine, template=played)
    with served(trial_server, database=mine, state=shared_folder) as url:
        yield House(url, doors_in(found))
    trial_server.drop_database(mine)


@pytest.fixture(scope="module")
def visitors(house: House) -> Iterator[Visitors]:
    # One browser a module and not one a run: while it is open, an event loop runs in this
    # thread, and Django refuses to speak to the database from there.
    with chromium() as browser:
        visitors = Visitors(browser, house.url)
        yield visitors
        visitors.leave()

"""A real PostgreSQL, one database per test process, and the application's own role."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import clocks
from beginnings import in_parts
from databases import drop_if_free, point, template_of
from fanal.config.folders import state_folder
from fanal.config.postgres import account
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer, start_for_tests
from rows import as_owner
from turns import only_one

pytest_plugins = ["cast", "leaving_out", "budgets"]

# A machine that is busy is no fault of what is tried on it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def pytest_configure(config: pytest.Config) -> None:
    """At the hour that was asked for, with everything that this process will start."""
    if clocks.is_held():
        account.ENVIRONMENT.update(clocks.preloaded())
    elif named := os.environ.get(clocks.SWITCH):
        # What it captured would be lost with it.
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        clocks.begin_again_at(clocks.clock_named(named), state_folder())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_parts(items, PROCESSES)


@pytest.fixture(scope="session")
def trial_server() -> Iterator[TrialServer]:
    server = start_for_tests()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all the processes of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "house"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def template_database(trial_server: TrialServer, django_db_blocker: object) -> str:
    """A migrated database with its reference data, made once and copied."""
    with only_one("template"), django_db_blocker.unblock():  # type: ignore[attr-defined]
        return template_of(trial_server)


@pytest.fixture(scope="session")
def django_db_setup(
    trial_server: TrialServer,
    template_database: str,
    worker_id: str,
    django_db_blocker: object,
) -> Iterator[None]:
    from django.db import connections

    name = f"test_{worker_id}_{os.getpid()}"
    trial_server.create_database(name, template=template_database)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        point("default", trial_server.url_for(name, APPLICATION))
        point("owner", trial_server.login_url_for(name, OWNER))
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()
    drop_if_free(trial_server, name)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test speaks to this machine and to nothing else."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test called {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(name="as_owner")
def as_owner_fixture() -> object:
    return as_owner

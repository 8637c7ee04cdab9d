"""A real PostgreSQL, one database per test process, and the application's own role."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import fanal
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer, start_for_tests
from rows import as_owner
from turns import only_one

pytest_plugins = ["cast"]

PACKAGE = Path(fanal.__file__).parent
# What a template database is made of; when one of these changes, it is made again.
SHAPES = ("*/*/migrations/*.py", "*/*/data/*.csv*", "*/*/data/*.json", "ground/access/grants.py")


@pytest.fixture(scope="session")
def trial_server() -> Iterator[TrialServer]:
    server = start_for_tests()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_database(trial_server: TrialServer, django_db_blocker: object) -> str:
    """A migrated database with its reference data, made once and copied."""
    digest = sha256()
    for shape in SHAPES:
        for path in sorted(PACKAGE.glob(shape)):
            digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    with only_one("template"), django_db_blocker.unblock():  # type: ignore[attr-defined]
        if not trial_server.has_database(name):
            _make_template(trial_server, name)
    return name


def _make_template(server: TrialServer, name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    from fanal.config.reference import load_all
    from fanal.ground.access.grants import grant_application

    server.create_database(f"{name}_half_made")
    _point("owner", server.login_url_for(f"{name}_half_made", OWNER))
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    load_all(using="owner")
    connections["owner"].close()
    server.rename_database(f"{name}_half_made", name)


def _point(alias: str, url: str) -> None:

    from django.db import connections

    from fanal.config.environment import database

    os.environ["DATABASE_OF_TESTS"] = url
    settings = connections.settings[alias]
    settings.update(database("DATABASE_OF_TESTS"))
    connection = connections[alias]
    connection.close()
    connection.settings_dict.update(settings)


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
        _point("default", trial_server.url_for(name, APPLICATION))
        _point("owner", trial_server.login_url_for(name, OWNER))
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()
    trial_server.drop_database(name)


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

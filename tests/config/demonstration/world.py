"""The demonstration in a database of its own, copied once by each process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from django.db import connections

from config.demonstration.kept import Made, demonstration
from databases import ALIASES, drop_if_free
from fanal.config.postgres.trials import TrialServer
from fanal.ground.agents.models import Agent

_numbers = count()


@contextmanager
def answering(name: str) -> Iterator[None]:
    """Inside, both aliases speak to this database."""
    former = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    _speak_to(dict.fromkeys(ALIASES, name))
    try:
        yield
    finally:
        _speak_to(former)


def _speak_to(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    trial_server: TrialServer,
    template_database: str,
    shared_folder: Path,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[Made]:
    """The demonstration; a test's own changes are rolled back, as everywhere."""
    name = f"world_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = demonstration(trial_server, template=template_database, folder=shared_folder)
        if not trial_server.has_database(name):
            trial_server.create_database(name, template=made.seeded)
            request.session.addfinalizer(lambda: drop_if_free(trial_server, name))
        with answering(name):
            yield made


@pytest.fixture
def empty_database(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[None]:
    """A database where what is committed stays: for what survives a transaction rolled back."""
    name = f"kept_{os.getpid()}_{next(_numbers)}"
    trial_server.create_database(name, template=template_database)
    with django_db_blocker.unblock(), answering(name):  # type: ignore[attr-defined]
        yield
    drop_if_free(trial_server, name)


def member(first_name: str) -> Agent:
    """One of the invented agents of the demonstration."""
    return Agent.objects.get(is_demonstration=True, name__startswith=f"{first_name} ")

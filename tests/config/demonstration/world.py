"""The demonstration in a database of its own, seeded once per test process and kept for reading."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import count

import psycopg
import pytest
from django.core import mail
from django.db import connections

from fanal.config.demonstration import seed
from fanal.config.postgres.trials import TrialServer
from fanal.ground.agents.models import Agent

ALIASES = ("default", "owner")
_numbers = count()


@dataclass(frozen=True, slots=True)
class World:
    """How the seeding went; what it made is in the database that answers meanwhile."""

    seeded_at: datetime
    processor_seconds: float
    letters: tuple[mail.EmailMessage, ...]


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


@cache
def _seeded(name: str) -> World:
    moment, spent = datetime.now(tz=UTC), time.process_time()
    with answering(name):
        seed(now=moment)
    letters, mail.outbox = tuple(getattr(mail, "outbox", ())), []
    return World(moment, time.process_time() - spent, letters)


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[World]:
    """The demonstration; a test's own changes are rolled back, as everywhere."""
    name = f"world_{os.getpid()}"
    if not trial_server.has_database(name):
        trial_server.create_database(name, template=template_database)
        request.session.addfinalizer(lambda: _drop(trial_server, name))
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        world = _seeded(name)
        with answering(name):
            yield world


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
    _drop(trial_server, name)


def _drop(server: TrialServer, name: str) -> None:
    """A vacuum under way may hold it: the next start of the server removes what is left."""
    with suppress(psycopg.errors.InsufficientPrivilege):
        server.drop_database(name)


def member(first_name: str) -> Agent:
    """One of the invented agents of the demonstration."""
    return Agent.objects.get(is_demonstration=True, name__startswith=f"{first_name} ")

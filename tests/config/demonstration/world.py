"""The demonstration in a database of its own, seeded once for a whole run and kept for reading."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections

from databases import ALIASES, drop_if_free
from fanal.config.demonstration import seed
from fanal.config.postgres.trials import TrialServer
from fanal.ground.agents.models import Agent
from turns import RUN, only_one

# Seeding is what costs: all the processes of a run copy this one.
SEEDED = f"demonstration_{RUN}"
_numbers = count()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that the seeding sent."""

    subject: str
    body: str
    to: list[str]
    cc: list[str]
    bcc: list[str]


@dataclass(frozen=True, slots=True)
class World:
    """How the seeding went; what it made is in the database that answers meanwhile."""

    seeded_at: datetime
    processor_seconds: float
    letters: tuple[Letter, ...]


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


def seeded(server: TrialServer, *, template: str, folder: Path) -> World:
    """
    How ``SEEDED`` was made, by this process or by another of the same run.

    It is left to the next start of the server: another process may be about to copy it.
    """
    told = folder / "seeded.json"
    with only_one("demonstration"):
        if not told.exists():
            told.write_text(json.dumps(_seed(server, template)), encoding="utf-8")
    read = json.loads(told.read_text(encoding="utf-8"))
    return World(
        datetime.fromisoformat(read["seeded_at"]),
        read["processor_seconds"],
        tuple(Letter(**one) for one in read["letters"]),
    )


def _seed(server: TrialServer, template: str) -> dict[str, object]:
    server.create_database(SEEDED, template=template)
    moment, spent = datetime.now(tz=UTC), time.process_time()
    mail.outbox = []
    with answering(SEEDED):
        seed(now=moment)
        connections.close_all()
    letters, mail.outbox = mail.outbox, []
    return {
        "seeded_at": moment.isoformat(),
        "processor_seconds": time.process_time() - spent,
        "letters": [
            {name: getattr(one, name) for name in Letter.__dataclass_fields__} for one in letters
        ],
    }


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    trial_server: TrialServer,
    template_database: str,
    shared_folder: Path,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[World]:
    """The demonstration; a test's own changes are rolled back, as everywhere."""
    name = f"world_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        world = seeded(trial_server, template=template_database, folder=shared_folder)
        if not trial_server.has_database(name):
            trial_server.create_database(name, template=SEEDED)
            request.session.addfinalizer(lambda: drop_if_free(trial_server, name))
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
    drop_if_free(trial_server, name)


def member(first_name: str) -> Agent:
    """One of the invented agents of the demonstration."""
    return Agent.objects.get(is_demonstration=True, name__startswith=f"{first_name} ")

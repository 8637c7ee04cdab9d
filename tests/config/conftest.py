"""An empty database on the server of the tests."""

import os
from collections.abc import Iterator

import pytest

from fanal.config.postgres import TrialServer


@pytest.fixture
def database(trial_server: TrialServer) -> Iterator[str]:
    name = f"trial_{os.getpid()}"
    trial_server.create_database(name)
    yield name
    trial_server.drop_database(name)

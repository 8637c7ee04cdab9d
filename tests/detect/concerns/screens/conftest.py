from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from fanal.ground.agents.models import Agent


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """A browser for each person: they are at work at the same time."""

    def browser(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return browser

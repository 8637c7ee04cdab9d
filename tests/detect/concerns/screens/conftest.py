from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from fanal.detect.concerns.views import crip
from fanal.ground.agents.models import Agent


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """A browser for each person: they are at work at the same time."""

    def browser(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return browser


@pytest.fixture(autouse=True)
def a_moment_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL dates a whole test from its beginning: what is granted must not start later."""
    earlier = now() - timedelta(minutes=5)
    monkeypatch.setattr(crip, "now", lambda: earlier)

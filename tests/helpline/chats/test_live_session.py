"""A token listens as long as the session that it was given in, and no other, lives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import now

from factories import RowFactory
from fanal.ground.access.asking import WHO_ASKS
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent, AgentSession, Organisation
from fanal.helpline.chats.live import listeners
from fanal.helpline.chats.live.listeners import Asker
from rows import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class SessionFactory(RowFactory[AgentSession]):
    class Meta:
        model = AgentSession

    session_data = ""


def opened(agent: Agent, *, ends: timedelta = HOUR) -> str:
    key = uuid4().hex
    return str(SessionFactory(agent=agent, session_key=key, expire_date=now() + ends).ref)


class Asked:
    """The connection of this test, in the place of those of the live channel."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.raw: Any = connection.connection

    @asynccontextmanager
    async def speaking_for(self, agent: int) -> AsyncIterator[Asked]:
        self.raw.execute(WHO_ASKS, [str(agent), "", Purpose.DESK, ""])
        yield self

    async def execute(self, question: str, values: list[Any]) -> Any:
        answer = self.raw.execute(question, values).fetchone()

        async def fetchone() -> Any:
            return answer

        return SimpleNamespace(fetchone=fetchone)


def listens(agent: Agent, session: str) -> int | None:
    hub: Any = SimpleNamespace(database=Asked())
    return asyncio.run(listeners._helpline(hub, Asker(agent.pk, session)))


def test_a_token_listens_as_long_as_its_own_session_lives(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    session = opened(maya)
    assert listens(maya, session) == helpline.pk
    assert listens(maya, str(uuid4())) is None
    assert listens(maya, opened(tom)) is None
    assert listens(maya, opened(maya, ends=-HOUR)) is None

    with as_owner():
        AgentSession.objects.filter(ref=session).delete()
    opened(maya)
    assert listens(maya, session) is None


def test_a_closed_account_listens_no_more(helpline: Organisation, maya: Agent) -> None:
    session = opened(maya)
    with as_owner():
        Agent.objects.filter(pk=maya.pk).update(is_active=False)
    assert listens(maya, session) is None

"""The house of ``live.py``: the helpline, who waits and who talks, and the server as in service."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psutil
from live_pages import Load, Seat

WAITING, ACTIVE = 2_000, 200


def prepare(load: Load) -> None:
    """A helpline, those who listen, those who wait and those who talk."""
    from django.core.management import call_command

    from fanal.config.postgres.roles import APPLICATION
    from fanal.ground.access.grants import grant_application
    from fanal.ground.agents.models import Organisation
    from fanal.helpline.chats import terms

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    call_command("collectstatic", interactive=False, verbosity=0)
    helpline = Organisation.objects.create(
        name="Écoute (invention)", slug="ecoute", kind="helpline", is_demonstration=True
    )
    # They come at once here, and over hours in life.
    terms.MOST_COME_A_MINUTE = WAITING + ACTIVE + 1
    for _ in range(WAITING):
        key, _ref = _opened(helpline)
        load.seats.append(Seat({"key": key}, "visitor"))
    for number in range(ACTIVE):
        load.talks.append(_talk(helpline, number))
        load.seats += load.talks[-1][2:]


def _opened(helpline: Any) -> tuple[str, Any]:
    from fanal.helpline.chats.keys import digest_of, new_key
    from fanal.helpline.chats.use_cases import open_conversation
    from fanal.helpline.chats.use_cases.visiting import Answers

    key = new_key()
    ref = open_conversation(
        digest=digest_of(key) or b"",
        helpline=helpline,
        answers=Answers(),
        now=datetime.now(tz=UTC),
    )
    return key, ref


def _talk(helpline: Any, number: int) -> tuple[str, str, Seat, Seat]:
    from fanal.ground.access.asking import acting_as
    from fanal.ground.agents.models import Agent, AgentSession, Posting
    from fanal.helpline.chats.live.listeners import token_for
    from fanal.helpline.chats.use_cases import take_conversation

    moment = datetime.now(tz=UTC)
    agent = Agent.objects.create(
        email=f"ecoute{number}@fanal.invalid",
        name=f"Écoutant inventé {number}",
    )
    Posting.objects.create(agent=agent, organisation=helpline, role="listener", since=moment.date())
    session = AgentSession.objects.create(
        agent=agent,
        ref=uuid4(),
        session_key=secrets.token_hex(16),
        session_data="",
        expire_date=moment + timedelta(hours=8),
        opened_at=moment,
        seen_at=moment,
    )
    key, ref = _opened(helpline)
    with acting_as(agent):
        take_conversation(agent=agent, ref=ref, now=moment)
    token = token_for(agent=agent.pk, session=str(session.ref))
    return (
        key,
        str(ref),
        Seat({"key": key}, "visitor"),
        Seat({"token": token, "talks": [{"ref": str(ref)}]}, "listener"),
    )


def serve(port: int) -> subprocess.Popen[bytes]:
    from fanal.config.serving import web_command

    command = web_command(host="127.0.0.1", port=port)
    return subprocess.Popen([sys.executable, "-m", *command], process_group=0)


def spent(pid: int) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in _processes(pid))


def memory(pid: int) -> float:
    return sum(one.memory_info().rss for one in _processes(pid)) / 1e6


def _processes(pid: int) -> list[Any]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port

"""
Sessions that end: after a rest, and after a day's work whatever happens.

Both limits are the ``expire_date`` of the row, so that the database itself forgets a session.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.db.models import QuerySet

from fanal.ground.agents.models import Agent, AgentSession

REF, OPENED, SEEN, DEVICE, PROVED = "ref", "opened", "seen", "device", "proved"
# A visit is noted once in this time: a page is not a write.
NOTED_EVERY = 60
PROOF_LASTS = timedelta(minutes=5)
BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux")


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[AgentSession]:
        return AgentSession

    def get_session_cookie_age(self) -> int:
        """The idle limit, or what is left before the absolute one."""
        idle = settings.SESSION_COOKIE_AGE
        opened = self.get(OPENED)
        if not opened:
            return idle
        return max(0, min(idle, int(opened + settings.FANAL_SESSION_LONGEST - time())))

    def create_model_instance(self, data: dict[str, Any]) -> AgentSession:
        agent = data.get(SESSION_KEY)
        if agent and OPENED not in data:
            data[OPENED] = data[SEEN] = int(time())
            data[REF] = str(uuid.uuid4())
        row: AgentSession = super().create_model_instance(data)  # type: ignore[assignment]
        if agent:
            row.agent_id = int(agent)
            row.ref = uuid.UUID(data[REF])
            row.opened_at = datetime.fromtimestamp(data[OPENED], tz=UTC)
            row.seen_at = datetime.fromtimestamp(data[SEEN], tz=UTC)
            row.device = data.get(DEVICE, "")
        return row

    def save(self, must_create: bool = False) -> None:
        """
        Raises:
            UpdateError: the session was closed meanwhile.
            OperationalError: the database is away: a failure, and not the fault of who asks.
        """
        try:
            super().save(must_create=must_create)
        except UpdateError as gone:
            if isinstance(gone.__context__, OperationalError):
                raise gone.__context__ from None
            raise


def note_visit(session: Any) -> None:
    """Push the idle limit back; written at most once a minute."""
    if time() - session.get(SEEN, 0) >= NOTED_EVERY:
        session[SEEN] = int(time())


def device_words(user_agent: str) -> str:
    """A browser and a system, as their owner would say them; never the whole string."""
    browser = next((one for one in BROWSERS if f"{one}/" in user_agent), "")
    system = next((one for one in SYSTEMS if re.search(one.replace(" ", "."), user_agent)), "")
    known = [NAMES.get(browser, browser), "ChromeOS" if system == "CrOS" else system]
    return ", ".join(filter(None, known)) or "Appareil inconnu"


def prove(session: Any) -> None:
    session[PROVED] = int(time())


def proved_recently(session: Any) -> bool:
    """Whether the agent signed in, or proved again who they are, in the last five minutes."""
    last = max(session.get(PROVED, 0), session.get(OPENED, 0))
    return bool(time() - last < PROOF_LASTS.total_seconds())


def open_sessions(agent: Agent, *, now: datetime) -> QuerySet[AgentSession]:
    return AgentSession.objects.filter(agent=agent, expire_date__gt=now).order_by("-seen_at")


def close_sessions(agent: Agent, *, but: str = "") -> int:
    """Sign an agent out everywhere; ``but`` is the reference of the session that stays."""
    doomed = AgentSession.objects.filter(agent=agent)
    if but:
        doomed = doomed.exclude(ref=but)
    return doomed.delete()[0]

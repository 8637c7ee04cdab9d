"""Short ways to begin a conversation and to say something in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from fanal.ground.agents.models import Organisation
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.queries import hear
from fanal.helpline.chats.use_cases import open_conversation, say
from fanal.helpline.chats.use_cases.visiting import Answers

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def key() -> bytes:
    found = digest_of(new_key())
    assert found is not None
    return found


def opened(
    helpline: Organisation, *, now: datetime = NOON, answers: Answers | None = None
) -> tuple[bytes, UUID]:
    digest = key()
    return digest, open_conversation(
        digest=digest, helpline=helpline, answers=answers or Answers(), now=now
    )


def said(digest: bytes, text: str, *, now: datetime = NOON, key: UUID | None = None) -> int:
    return say(digest=digest, text=text, key=key or uuid4(), now=now)


def words(digest: bytes) -> list[str]:
    return [one["text"] for one in hear(digest=digest).messages]

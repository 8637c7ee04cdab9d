"""
What is asked of the database for whoever writes, once for pages and for the live channel.

Each is one call of a function of the owner (migration 0002), which answers for one key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fanal.engines.triage.placing import Asked, Placed, place
from fanal.engines.triage.rules import Level, Rules, read_rules
from fanal.helpline.chats.terms import (
    DANGER_NOW,
    LONGEST_MESSAGE,
    MOST_A_MINUTE,
    Side,
    State,
)

Call = tuple[str, list[Any]]
MESSAGE, QUEUE, ALARM = "chats", "chats_queue", "chats_alarm"
_rules: list[Rules] = []


@dataclass(frozen=True, slots=True)
class Heard:
    """What a key hears. ``ref`` stays in the server."""

    ref: UUID
    helpline: int
    state: str
    ended_by: str
    in_danger: bool
    messages: list[dict[str, Any]]

    @property
    def only_begun(self) -> bool:
        """Nothing was said by who writes, and it is not over."""
        said = any(one["side"] == Side.VISITOR for one in self.messages)
        return not said and self.state != State.ENDED


def heard(row: tuple[Any, ...]) -> Heard:
    ref, helpline, state, ended_by, in_danger, messages = row
    # Django's connection leaves JSON as it came.
    found = json.loads(messages) if isinstance(messages, str) else messages
    return Heard(ref, helpline, state, ended_by, in_danger, found)


def rules() -> Rules:
    """Read once by each process."""
    if not _rules:
        _rules.append(read_rules())
    return _rules[0]


def placed(*, topics: frozenset[str] = frozenset(), text: str = "", minor: bool | None) -> Placed:
    return place(Asked(topics, text, minor), rules())


def names_of(found: Placed) -> str:
    return json.dumps([reason.rule for reason in found.reasons])


def cleaned(text: str, *, longest: int = LONGEST_MESSAGE) -> str:
    """What may be kept: PostgreSQL takes no NUL nor half a character, and lines end in one way."""
    whole = text.encode("utf-8", "ignore").decode()
    plain = whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain[:longest]


def topics_of(topic: str, *, in_danger: bool) -> frozenset[str]:
    """What was ticked, as the rules of triage read it."""
    said = {topic} if topic else set()
    return frozenset(said | {DANGER_NOW} if in_danger else said)


def tells_danger(text: str, *, topics: frozenset[str] = frozenset()) -> bool:
    """Whether it says what is answered before all: the numbers are shown, and no block holds."""
    return placed(topics=topics, text=text, minor=None).level is Level.DANGER


def to_hear(digest: bytes, after: int) -> Call:
    return "SELECT * FROM chats_heard(%s, %s)", [digest, after]


def to_say(digest: bytes, text: str, key: UUID, now: datetime) -> Call:
    # Age was said before, if it was: a word only raises the class.
    found = placed(text=text, minor=None)
    return (
        "SELECT answer, number FROM chats_say(%s, %s, %s, %s, %s::jsonb, %s, %s)",
        [digest, text, key, int(found.level), names_of(found), MOST_A_MINUTE, now],
    )


def queue_of(helpline: int) -> Call:
    return "SELECT ref, level, minor, opened_at FROM chats_queue(%s)", [helpline]


def moves_of(helpline: int) -> Call:
    return (
        "SELECT ref, before, other, level, minor, opened_at FROM chats_moves(%s)",
        [helpline],
    )

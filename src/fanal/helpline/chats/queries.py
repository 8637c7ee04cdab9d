"""What is read: by a key, by whoever listens; and places in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from fanal.engines.triage.placing import Placed, Reason
from fanal.engines.triage.queueing import Place, Waiting, in_order
from fanal.engines.triage.rules import Level
from fanal.engines.waiting.position import wait_behind
from fanal.engines.waiting.wording import UNKNOWN, wait_said
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.asked import Heard, heard, rules, to_hear
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State

# Until the line measures its own: how long one talks, how long one stays [A].
TALKING, PATIENCE, DOUBT = 35.0, 20.0, 0.3
EXACT = 10
# Past ten, by how many one counts, and up to where.
STEPS = ((10, 100),)


def helpline_here() -> Organisation | None:
    """The helpline of this instance, if there is one."""
    return Organisation.objects.filter(kind=OrganisationKind.HELPLINE).order_by("pk").first()


def hear(*, digest: bytes, after: int = 0) -> Heard:
    """
    Raises:
        NotVisible: no conversation has this key.
    """
    call, values = to_hear(digest, after)
    with connection.cursor() as cursor:
        cursor.execute(call, values)
        row = cursor.fetchone()
    if row is None:
        raise NotVisible
    return heard(row)


def read_conversation(*, agent: Agent, ref: UUID) -> Conversation:
    """
    One conversation, for whoever listens; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = (
        Conversation.objects.filter(ref=ref)
        .select_related("listener")
        .prefetch_related("messages")
        .first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="chat.read", subject=found, outcome=Outcome.READ)
    return found


def open_conversations() -> QuerySet[Conversation]:
    """Those that whoever asks may see, and that have not ended."""
    talks = Conversation.objects.exclude(state=State.ENDED)
    return talks.select_related("listener", "asked_for")


def in_their_order(waiting: list[Conversation], *, now: datetime) -> list[Place[Conversation]]:
    """Who is next, with the reasons; for whoever listens."""
    by_ref = {one.ref: one for one in waiting}
    places = ordered(
        [(one.ref, one.level, one.minor, one.opened_at, one.reasons) for one in waiting], now=now
    )
    return [Place(by_ref[one.who], one.rank, one.level, one.reasons) for one in places]


def reasons_of(talk: Conversation) -> list[str]:
    """In the words of the rules that held."""
    return [_names().get(one, one) for one in talk.reasons]


def forced(talk: Conversation) -> datetime | None:
    """When the code of this conversation was last given under duress."""
    return forced_at(kind=Kind.CHAT, opens=talk.ref)


def _names() -> dict[str, str]:
    return {rule.name: rule.reason for rule in rules().rules} | {"minor": "mineur"}


Row = tuple[UUID, int, bool | None, datetime, list[str]]


def ordered(rows: list[Row], *, now: datetime) -> list[Place[UUID]]:
    names = _names()
    waiting = [
        Waiting(
            ref,
            Placed(
                Level(level),
                tuple(Reason(one, names.get(one, one)) for one in reasons),
                minor is not False,
                rules().version,
            ),
            # A clock that was set back keeps nobody from their place.
            min(since, now),
        )
        for ref, level, minor, since, reasons in rows
    ]
    return in_order(waiting, now=now, rules=rules())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: how many are before them, and the range that can be said."""

    ahead: int
    said: str


def standing(ahead: int, *, places: int) -> Standing:
    """
    Honest: when nobody answers yet, nobody knows. A long queue is said by tens, then by hundreds,
    and its wait is that of the last of them.

    Args:
        places: how many conversations are led at once, now.
    """
    step = _step(ahead)
    return Standing(ahead, f"{_before(ahead)} {_wait(-(-ahead // step) * step, places)}")


@lru_cache(maxsize=4096)
def _wait(ahead: int, places: int) -> str:
    """Reckoned once for everybody who is told the same: it costs more than all the rest."""
    found = wait_behind(ahead, places=places, duration=TALKING, patience=PATIENCE, doubt=DOUBT)
    return UNKNOWN if found is None else wait_said(found.low, found.high)


def _step(ahead: int) -> int:
    return 1 if ahead <= EXACT else next((step for step, most in STEPS if ahead <= most), 100)


def standing_of(found: Heard, *, now: datetime) -> str:
    """For the page without script, which asks again by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, level, minor, opened_at FROM chats_queue(%s)", [found.helpline])
        rows: list[Row] = [
            (ref, level, minor, since, []) for ref, level, minor, since in cursor.fetchall()
        ]
        cursor.execute("SELECT chats_led(%s)", [found.helpline])
        places = cursor.fetchone()[0]
    ranks = {place.who: place.rank for place in ordered(rows, now=now)}
    rank = ranks.get(found.ref)
    return standing(rank - 1, places=places).said if rank else ""


def _before(ahead: int) -> str:
    if ahead == 0:
        return "Tu es la prochaine personne."
    if ahead == 1:
        return "Il y a une personne avant toi."
    if ahead <= EXACT:
        return f"Il y a {ahead} personnes avant toi."
    step = _step(ahead)
    return f"Il y a plus de {(ahead - 1) // step * step} personnes avant toi."

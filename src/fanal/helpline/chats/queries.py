"""What is read: by a key, by whoever listens; and places in the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from fanal.engines.triage.placing import Placed, Reason
from fanal.engines.triage.queueing import Move as Moved
from fanal.engines.triage.queueing import Place, Waiting, in_order, may_move
from fanal.engines.triage.rules import Level
from fanal.engines.waiting.position import wait_behind
from fanal.engines.waiting.wording import UNKNOWN, wait_said
from fanal.ground.access.decisions import PARIS, postings_of
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.codes.queries import forced_at
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.helpline.chats import hours
from fanal.helpline.chats.asked import Heard, heard, moves_of, queue_of, rules, to_hear
from fanal.helpline.chats.models import ChatHours, Conversation, Desk, Move, Phrase, Transfer
from fanal.helpline.chats.terms import HERE_SINCE, PhraseState, State, TransferState

Row = tuple[UUID, int, bool | None, datetime, list[str]]
# Who, before or behind which other, and why: what the desk shows, and nothing for a place alone.
MoveRow = tuple[UUID, Row, bool, str]
# Until the line measures its own: how long one talks, how long one stays [A].
TALKING, PATIENCE, DOUBT = 35.0, 20.0, 0.3
EXACT = 10
LISTENING = (Role.LISTENER, Role.COORDINATOR)
# Past ten, by how many one counts, and up to where.
STEPS = ((10, 100),)


def helpline_here() -> Organisation | None:
    """The helpline of this instance, if there is one."""
    return Organisation.objects.filter(kind=OrganisationKind.HELPLINE).order_by("pk").first()


def answers_now(now: datetime) -> str:
    """« Ouvert, jusqu’à 19 h. »; empty where this instance has no helpline."""
    return hours.said(now) if helpline_here() else ""


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
    """Who is next, with the reasons and who moved whom; for whoever listens."""
    by_ref = {one.ref: one for one in waiting}
    moves = [
        (move.conversation.ref, _row(move.other), move.before, move.said)
        for move in _moves(waiting)
    ]
    places = ordered([_row(one) for one in waiting], now=now, moves=moves)
    return [Place(by_ref[one.who], one.rank, one.level, one.reasons) for one in places]


def is_movable(talk: Conversation, *, now: datetime) -> bool:
    """Neither in danger now nor after the longest wait."""
    return may_move(_waiting(_row(talk), now), now=now, rules=rules())


def _moves(waiting: list[Conversation]) -> QuerySet[Move]:
    """Of this wait alone: who comes back waits anew."""
    moves = Move.objects.filter(conversation__in=waiting, at__gte=F("conversation__opened_at"))
    return moves.select_related("conversation", "other", "by")


def _row(talk: Conversation) -> Row:
    return (talk.ref, talk.level, talk.minor, talk.opened_at, talk.reasons)


def helpline_of(agent: Agent) -> Organisation | None:
    """Where this agent listens today."""
    return next((one.organisation for one in postings_of(agent) if one.role in LISTENING), None)


def days_to_come(*, now: datetime) -> QuerySet[ChatHours]:
    """Days that have their own hours, for whoever asks."""
    today = localdate(now, timezone=PARIS)
    return ChatHours.objects.filter(day__gte=today).select_related("by")


def offered_phrases() -> QuerySet[Phrase]:
    """Those that another person reviewed; for whoever asks."""
    return Phrase.objects.filter(state=PhraseState.REVIEWED)


def listed_phrases() -> QuerySet[Phrase]:
    """What is offered, and what waits to be reviewed."""
    listed = Phrase.objects.exclude(state=PhraseState.RETIRED)
    return listed.select_related("written_by", "reviewed_by")


def read_phrase(*, ref: UUID) -> Phrase:
    """
    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = Phrase.objects.filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def colleagues_of(agent: Agent) -> QuerySet[Agent]:
    """Who else listens today where this agent does."""
    here = [one for one in postings_of(agent) if one.role in LISTENING]
    if not here:
        return Agent.objects.none()
    postings = Posting.objects.current(on=localdate(timezone=PARIS)).filter(
        organisation__in=[one.organisation_id for one in here], role__in=LISTENING
    )
    others = Agent.objects.filter(pk__in=postings.values("agent"), is_active=True)
    return others.exclude(pk=agent.pk).order_by("name", "pk")


def here_now(agents: Iterable[Agent], *, now: datetime) -> set[int]:
    """Those of them whose desk is open."""
    since = now - HERE_SINCE
    desks = Desk.objects.filter(agent__in=agents, seen_at__gte=since)
    return set(desks.values_list("agent_id", flat=True))


def transfers_asked_of(agent: Agent) -> QuerySet[Transfer]:
    """Of this agent, or of anybody, in conversations that their listener still has."""
    asked = Transfer.objects.filter(
        state=TransferState.ASKED,
        conversation__state=State.ACTIVE,
        conversation__listener=F("asked_by"),
    )
    mine = asked.filter(Q(to=agent) | Q(to=None)).exclude(asked_by=agent)
    return mine.select_related("conversation", "asked_by", "to")


def transfer_of(talk: Conversation) -> Transfer | None:
    """The last that was asked since its listener has it, whatever became of it."""
    asked = talk.transfers.filter(asked_by=talk.listener, asked_at__gte=talk.taken_at)
    return asked.select_related("asked_by", "to", "answered_by").last() if talk.taken_at else None


def reads_along(agent: Agent, talk: Conversation) -> bool:
    """Whether this agent said that they read what a colleague leads."""
    return talk.readings.filter(agent=agent, until=None).exists()


def reasons_of(talk: Conversation) -> list[str]:
    """In the words of the rules that held."""
    return [_names().get(one, one) for one in talk.reasons]


def forced(talk: Conversation) -> datetime | None:
    """When the code of this conversation was last given under duress."""
    return forced_at(kind=Kind.CHAT, opens=talk.ref)


def _names() -> dict[str, str]:
    return {rule.name: rule.reason for rule in rules().rules} | {"minor": "mineur"}


def ordered(rows: list[Row], *, now: datetime, moves: Sequence[MoveRow] = ()) -> list[Place[UUID]]:
    decided = [
        Moved(who, _waiting(other, now), why, before=before) for who, other, before, why in moves
    ]
    waiting = [_waiting(row, now) for row in rows]
    return in_order(waiting, now=now, rules=rules(), moves=decided)


def _waiting(row: Row, now: datetime) -> Waiting[UUID]:
    ref, level, minor, since, reasons = row
    names = _names()
    said = tuple(Reason(one, names.get(one, one)) for one in reasons)
    placed = Placed(Level(level), said, minor is not False, rules().version)
    # A clock that was set back keeps nobody from their place.
    return Waiting(ref, placed, min(since, now))


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
        cursor.execute(*queue_of(found.helpline))
        waiting = cursor.fetchall()
        cursor.execute(*moves_of(found.helpline))
        moves = cursor.fetchall()
        cursor.execute("SELECT chats_led(%s)", [found.helpline])
        places = cursor.fetchone()[0]
    ranks = {place.who: place.rank for place in places_of(waiting, moves, now=now)}
    rank = ranks.get(found.ref)
    return standing(rank - 1, places=places).said if rank else ""


def places_of(
    waiting: list[tuple[Any, ...]], moves: list[tuple[Any, ...]], *, now: datetime
) -> list[Place[UUID]]:
    """From the answers of ``chats_queue`` and ``chats_moves``: places without a word of anybody."""
    return ordered(
        [(*one, []) for one in waiting],
        now=now,
        moves=[(who, (*other, []), before, "") for who, before, *other in moves],
    )


def _before(ahead: int) -> str:
    if ahead == 0:
        return "Tu es la prochaine personne."
    if ahead == 1:
        return "Il y a une personne avant toi."
    if ahead <= EXACT:
        return f"Il y a {ahead} personnes avant toi."
    step = _step(ahead)
    return f"Il y a plus de {(ahead - 1) // step * step} personnes avant toi."

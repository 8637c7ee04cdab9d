"""Ready phrases: written by one, reviewed by another, and offered only then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats.models import Phrase, Proposal
from fanal.helpline.chats.queries import helpline_of
from fanal.helpline.chats.terms import PhraseState
from fanal.helpline.chats.use_cases.talks import held
from fanal.helpline.chats.ways import way_named


class OwnWords(Refusal):
    message = "Vous avez écrit cette phrase : quelqu’un d’autre la relit."


class NotToReview(Refusal):
    message = "Cette phrase n’attend pas de relecture."


@transaction.atomic
def write_phrase(
    *, agent: Agent, title: str, text: str, now: datetime, after: UUID | None = None
) -> Phrase:
    """
    A draft. ``after``: the phrase of which this is the next version.

    Raises:
        NotVisible: the agent listens nowhere, or that phrase is another helpline's.
    """
    helpline = helpline_of(agent)
    former = _locked(after) if after is not None else None
    if helpline is None:
        raise NotVisible
    root = former.root if former else uuid4()
    last = Phrase.objects.filter(root=root).aggregate(last=Max("version"))["last"] or 0
    phrase = Phrase.objects.create(
        organisation=former.organisation if former else helpline,
        root=root,
        version=last + 1,
        title=title,
        text=text,
        written_by=agent,
        written_at=now,
    )
    record(agent=agent, deed="phrase.write", subject=phrase, detail={"version": phrase.version})
    return phrase


@transaction.atomic
def review_phrase(*, agent: Agent, ref: UUID, now: datetime) -> Phrase:
    """
    From now on it is offered, in the place of its former versions.

    Raises:
        NotVisible: another helpline's.
        NotToReview: it was reviewed, or retired.
        OwnWords: another person reviews.
    """
    phrase = _locked(ref)
    if phrase.state != PhraseState.DRAFT:
        raise NotToReview
    if phrase.written_by_id == agent.pk:
        raise OwnWords
    Phrase.objects.filter(root=phrase.root, version__lt=phrase.version).exclude(
        state=PhraseState.RETIRED
    ).update(state=PhraseState.RETIRED)
    phrase.state, phrase.reviewed_by, phrase.reviewed_at = PhraseState.REVIEWED, agent, now
    phrase.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    record(agent=agent, deed="phrase.review", subject=phrase, detail={"version": phrase.version})
    return phrase


@transaction.atomic
def retire_phrase(*, agent: Agent, ref: UUID, now: datetime) -> Phrase:
    """
    Raises:
        NotVisible: another helpline's.
    """
    phrase = _locked(ref)
    phrase.state = PhraseState.RETIRED
    phrase.save(update_fields=["state"])
    record(agent=agent, deed="phrase.retire", subject=phrase, detail={"version": phrase.version})
    return phrase


@transaction.atomic
def propose_way(*, agent: Agent, ref: UUID, name: str, now: datetime) -> str:
    """
    The sentence that says it, to be sent by the agent; the conversation keeps that it was proposed.

    Raises:
        NotVisible: no way has this name, or the conversation is another helpline's.
        NotYours, AlreadyEnded.
    """
    talk, way = held(agent, ref), way_named(name)
    if way is None:
        raise NotVisible
    Proposal.objects.create(conversation=talk, way=way.name, by=agent, at=now)
    record(agent=agent, deed="chat.propose", subject=talk, detail={"way": way.name})
    return way.sentence


def _locked(ref: UUID) -> Phrase:
    """Versions of one phrase follow each other: they are written one at a time."""
    found = Phrase.objects.filter(ref=ref).first()
    if found is None:
        raise NotVisible
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"phrase {found.root}"])
    found.refresh_from_db()
    return found

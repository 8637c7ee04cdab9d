"""The second reader: signs what waits, sends it back, reads again what has left."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from fanal.detect.concerns.schema import ConcernInput, content_digest
from fanal.detect.concerns.use_cases import complete_concern
from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.helpline.contacts.mapping import Ready
from fanal.helpline.contacts.models import Transmission
from fanal.helpline.contacts.queries import lock_transmission
from fanal.helpline.contacts.terms import Reading
from fanal.helpline.contacts.use_cases.concerns import (
    ItsAuthor,
    NoReason,
    NotSendable,
    leave,
    ready_of,
)

__all__ = [
    "AlreadyRead",
    "ChangedSinceRead",
    "NoReason",
    "complete",
    "digest_of",
    "review_concern",
    "send_back",
    "sign_concern",
]


class ChangedSinceRead(Refusal):
    message = "La fiche a changé depuis votre lecture : relisez avant de signer."


class AlreadyRead(Refusal):
    message = "Elle a déjà été relue."


def digest_of(content: ConcernInput) -> str:
    """What is read, whenever it leaves."""
    return content_digest(content.model_copy(update={"received_at": _ANY_MOMENT}))


_ANY_MOMENT = datetime.fromisoformat("2021-11-15T00:00:00+00:00")


@transaction.atomic
def sign_concern(*, agent: Agent, ref: UUID, digest: str, now: datetime) -> Transmission:
    """
    Send what was read. Signed twice, it is sent once.

    Args:
        digest: of what the reader had before them (``digest_of``).

    Raises:
        NotVisible: not the agent's to read.
        ItsAuthor: nobody signs what they wrote.
        NotSendable: it was sent back, or dropped.
        ChangedSinceRead: the record says something else now.
        NotReady: an answer was taken out since.
    """
    found = _to_read(agent, ref)
    if found.is_sent:
        return found
    if found.reading != Reading.TO_SIGN:
        raise NotSendable
    ready: Ready = ready_of(found, now=now)
    if digest_of(ready.content) != digest:
        raise ChangedSinceRead
    found.reader, found.read_at = agent, now
    leave(found, ready, agent=agent, reading=Reading.READ, now=now)
    _tell_author(found, "Votre information préoccupante est relue et partie.", now)
    return found


@transaction.atomic
def send_back(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Transmission:
    """
    Give it back to whoever wrote it, with what is to be changed.

    Raises:
        NotVisible, ItsAuthor, NotSendable, NoReason.
    """
    found = _to_read(agent, ref)
    if found.reading != Reading.TO_SIGN:
        raise NotSendable
    if not reason.strip():
        raise NoReason
    found.reading, found.note = Reading.SENT_BACK, reason.strip()
    found.reader, found.read_at = agent, now
    found.save(update_fields=["reading", "note", "reader", "read_at"])
    record(agent=agent, deed="transmission.send_back", subject=found)
    _tell_author(found, "Une information préoccupante vous revient, à reprendre.", now)
    return found


@transaction.atomic
def review_concern(
    *, agent: Agent, ref: UUID, note: str, complement: str, now: datetime
) -> Transmission:
    """
    Read again what left at once: a note stays here, a complement goes to the CRIP.

    Raises:
        NotVisible, ItsAuthor.
        AlreadyRead: somebody did.
        NotSendable: it has not left.
    """
    found = _to_read(agent, ref)
    if found.reading == Reading.READ:
        raise AlreadyRead
    if found.reading != Reading.TO_REVIEW:
        raise NotSendable
    if complement.strip():
        _complete(found, agent, complement, now)
    found.reading, found.note = Reading.READ, note.strip()
    found.reader, found.read_at = agent, now
    found.save(update_fields=["reading", "note", "reader", "read_at"])
    record(agent=agent, deed="transmission.review", subject=found)
    _tell_author(found, "Une information partie en urgence a été relue.", now)
    return found


@transaction.atomic
def complete(*, agent: Agent, ref: UUID, text: str, now: datetime) -> Transmission:
    """
    Tell the CRIP more of what has left.

    Raises:
        NotVisible: not the agent's to read.
        NotSendable: it has not left.
        NothingAdded: there is no text.
    """
    found = lock_transmission(ref=ref)
    if not found.is_sent:
        raise NotSendable
    _complete(found, agent, text, now)
    record(agent=agent, deed="transmission.complete", subject=found)
    return found


def _complete(found: Transmission, agent: Agent, text: str, now: datetime) -> None:
    assert found.submission is not None  # noqa: S101 — the database holds it of what has left
    complete_concern(
        agent=agent,
        ref=found.submission.ref,
        text=text,
        now=now,
        organisation=found.contact.organisation,
    )


def _to_read(agent: Agent, ref: UUID) -> Transmission:
    if not holds(agent, Right.COORDINATE):
        raise NotVisible
    found = lock_transmission(ref=ref)
    if agent.pk in (found.author_id, found.contact.listener_id):
        raise ItsAuthor
    return found


def _tell_author(found: Transmission, text: str, now: datetime) -> None:
    """Whoever holds the record: it may have changed hands with its conversation."""
    notify(
        agents=[found.contact.listener],
        text=text,
        path=reverse("contacts:show", args=[found.contact.ref]),
        now=now,
    )

"""A record: written while one listens, concluded, closed, taken over."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fanal.ground.access.decisions import holds
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.territory.models import Departement
from fanal.ground.territory.typed import commune_typed
from fanal.helpline.contacts.content import counts_of
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.queries import lock_contact
from fanal.helpline.contacts.terms import (
    MOVES,
    NOT_TREATED,
    SENT,
    WAITING,
    Kind,
    Reading,
    State,
)
from fanal.helpline.contacts.words import ticked


class NotYours(Refusal):
    message = "Cette fiche est tenue par quelqu’un d’autre : vous pouvez la lire."


class Over(Refusal):
    message = "Cette fiche est close : elle ne change plus."


class WrongMove(Refusal):
    message = "Cette fiche n’en est pas là : écrivez-la d’abord, puis dites comment elle finit."


class ConcernWaits(Refusal):
    message = (
        "Une information préoccupante n’est pas partie : faites-la relire, reprenez-la, ou dites "
        "pourquoi elle n’est pas envoyée."
    )


class WrittenElsewhere(Refusal):
    message = (
        "Cette fiche a été changée ailleurs depuis que cette page est ouverte : rien n’est écrasé. "
        "Copiez ce que vous venez d’écrire, puis rouvrez-la."
    )


@transaction.atomic
def save_contact(
    *, agent: Agent, ref: UUID, content: dict[str, Any], now: datetime, read: str | None = None
) -> Contact:
    """
    Keep what is written so far. ``read`` is the moment (``as_read``) of what the writer had
    before them: what was written since is not written over.

    Raises:
        NotVisible, NotYours, Over.
        WrittenElsewhere: another page wrote since.
    """
    contact = _held(agent, ref)
    if read is not None and read != as_read(contact):
        raise WrittenElsewhere
    if contact.state == State.OPENED:
        move(contact, State.LISTENED)
        record(agent=agent, deed="contact.listen", subject=contact)
    write(contact, content)
    contact.updated_at = now
    contact.save()
    return contact


def as_read(contact: Contact) -> str:
    """The mark of what a page was read at."""
    return contact.updated_at.isoformat()


@transaction.atomic
def take_over(*, agent: Agent, ref: UUID) -> Contact:
    """
    A coordinator goes on with the record of somebody who is gone; what they then propose is read
    by somebody else again.

    Raises:
        NotVisible: not of a helpline where the agent coordinates.
        Over.
    """
    if not holds(agent, Right.COORDINATE):
        raise NotVisible
    contact = lock_contact(ref=ref)
    if contact.state == State.CLOSED:
        raise Over
    if contact.listener_id != agent.pk:
        contact.listener = agent
        contact.save(update_fields=["listener"])
        record(agent=agent, deed="contact.take_over", subject=contact)
    return contact


@transaction.atomic
def conclude_contact(*, agent: Agent, ref: UUID, outcome: State, now: datetime) -> Contact:
    """
    Say how a contact ends: advice, help called, cut short.

    Raises:
        NotVisible, NotYours, Over.
        WrongMove: nothing was listened to yet, or it was already said.
    """
    contact = _held(agent, ref)
    if outcome == State.CONCERN_DRAFTED:
        # It is said by the information préoccupante itself.
        raise WrongMove
    move(contact, outcome)
    contact.updated_at = now
    contact.save(update_fields=["state", "updated_at"])
    record(agent=agent, deed=f"contact.{outcome}", subject=contact)
    return contact


@transaction.atomic
def close_contact(*, agent: Agent, ref: UUID, now: datetime, kind: Kind | None = None) -> Contact:
    """
    End the record; ``kind`` says more of a contact that was cut short.

    Raises:
        NotVisible, NotYours, Over.
        WrongMove: how it ends was not said.
        ConcernWaits: something was to leave and has not.
    """
    contact = _held(agent, ref)
    readings = [Reading(one) for one in contact.transmissions.values_list("reading", flat=True)]
    if any(reading in WAITING for reading in readings):
        raise ConcernWaits
    contact.kind = _kind(State(contact.state), readings, kind)
    move(contact, State.CLOSED)
    contact.closed_at = contact.updated_at = now
    contact.save(update_fields=["state", "kind", "closed_at", "updated_at"])
    record(agent=agent, deed="contact.close", subject=contact, detail={"kind": contact.kind})
    return contact


def _kind(state: State, readings: list[Reading], said: Kind | None) -> Kind:
    """In the words of the funnel: what left decides, then how it ended."""
    if any(reading in SENT for reading in readings):
        return Kind.CONCERN
    if state == State.ABANDONED:
        return said if said in NOT_TREATED else Kind.ABANDONED
    return Kind.HELP


def _held(agent: Agent, ref: UUID) -> Contact:
    contact = lock_contact(ref=ref)
    if contact.listener_id != agent.pk:
        raise NotYours
    if contact.state == State.CLOSED:
        raise Over
    return contact


def move(contact: Contact, state: State) -> None:
    """
    Raises:
        WrongMove: a contact does not go from where it is to there.
    """
    if state not in MOVES[State(contact.state)]:
        raise WrongMove
    contact.state = state


def write(contact: Contact, content: dict[str, Any]) -> None:
    """What is kept, and what is counted of it."""
    counts = counts_of(content)
    contact.content = content
    contact.children, contact.groups = counts.children, counts.groups
    contact.words = ticked(content, read_form(contact.form_version))
    contact.departement = _departement(content)


def _departement(content: dict[str, Any]) -> str:
    """Of the commune when one is recognised, as it is said otherwise."""
    try:
        return str(commune_typed(str(content.get("commune") or "")).departement_id)
    except Refusal:
        said = str(content.get("departement") or "").strip().upper()
    return said if Departement.objects.filter(code=said).exists() else ""

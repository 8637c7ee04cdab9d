"""The information préoccupante of a record: it leaves at once, or is read by a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.detect.concerns.use_cases import send_concern
from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.mapping import NotReady, Ready, Signed, concern_of
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.queries import coordinators_of, lock_contact, lock_transmission
from fanal.helpline.contacts.terms import MAY_SEND, WAITING, Reading, State
from fanal.helpline.contacts.use_cases.records import NotYours, WrongMove, move

__all__ = ["ItsAuthor", "NotReady", "NotSendable", "drop_concern", "prepare_concern", "ready_of"]


class NotSendable(Refusal):
    message = "Cette information préoccupante n’attend plus : son état a changé."


class ItsAuthor(Refusal):
    message = "Vous l’avez écrite : quelqu’un d’autre doit la relire."


class NoReason(Refusal):
    message = "Dites pourquoi."


@transaction.atomic
def prepare_concern(*, agent: Agent, ref: UUID, group: int, now: datetime) -> Transmission:
    """
    One click of whoever wrote the record. Danger now, a child missing, or under fifteen: it
    leaves at once and is read after (CASF L226-6). Any other waits for its second reader.

    Clicked twice, or again after a crash, it leaves once.

    Raises:
        NotVisible, NotYours.
        WrongMove: the contact was closed, or cut short.
        NotReady: something is missing, said in French.
    """
    contact = lock_contact(ref=ref)
    if contact.listener_id != agent.pk:
        raise NotYours
    known = _locked(contact, group)
    if known is not None and known.is_sent:
        return known
    if contact.state not in MAY_SEND:
        raise WrongMove
    found = known or Transmission(contact=contact, group=group)
    waited = found.reading == Reading.TO_SIGN and found.author_id == agent.pk
    found.author = agent
    ready = ready_of(found, now=now)
    if waited and not ready.urgent:
        return found
    found.prepared_at = now
    found.reader, found.read_at, found.note = None, None, ""
    found.authority = ready.commune.authority
    _say_so(contact)
    if ready.urgent:
        found.urgent = True
        leave(found, ready, agent=agent, reading=Reading.TO_REVIEW, now=now)
        _tell_readers(found, "Une information urgente est partie : à relire.", now)
    else:
        found.reading = Reading.TO_SIGN
        found.save()
        record(agent=agent, deed="transmission.prepare", subject=found)
        _tell_readers(found, "Une information préoccupante attend votre relecture.", now)
    return found


def ready_of(found: Transmission, *, now: datetime) -> Ready:
    """
    What would leave now, from the record as it stands.

    Raises:
        NotReady: something is missing.
    """
    return concern_of(
        found.contact.content,
        form=read_form(found.contact.form_version),
        group=found.group,
        external_ref=found.external_ref,
        signed=Signed(found.author, found.contact.organisation),
        now=now,
    )


def leave(
    found: Transmission, ready: Ready, *, agent: Agent, reading: Reading, now: datetime
) -> None:
    """It leaves, in the transaction of the act, and what left is kept word for word."""
    sent = send_concern(
        content=ready.content,
        commune=ready.commune,
        organisation=found.contact.organisation,
        agent=agent,
        now=now,
    )
    found.submission, found.sent_at, found.reading = sent.submission, now, reading
    found.authority = ready.commune.authority
    found.content = as_written(ready)
    found.save()
    record(
        agent=agent,
        deed="transmission.send",
        subject=found,
        detail={"urgent": found.urgent, "receipt": sent.submission.receipt},
    )


def as_written(ready: Ready) -> dict[str, Any]:
    return ready.content.model_dump(mode="json", exclude_defaults=True)


@transaction.atomic
def drop_concern(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Transmission:
    """
    Say why an information préoccupante that was to be read is not sent.

    Raises:
        NotVisible, NotYours.
        NotSendable: it has left, or was dropped.
        NoReason: it is not said why.
    """
    found = lock_transmission(ref=ref)
    if found.contact.listener_id != agent.pk:
        raise NotYours
    if found.reading not in WAITING:
        raise NotSendable
    if not reason.strip():
        raise NoReason
    found.reading, found.note = Reading.DROPPED, reason.strip()
    found.save(update_fields=["reading", "note"])
    record(agent=agent, deed="transmission.drop", subject=found)
    return found


def _locked(contact: Contact, group: int) -> Transmission | None:
    """The record is locked: two clicks cannot both make one."""
    found = (
        Transmission.objects.select_for_update(of=("self",))
        .select_related("submission", "authority")
        .filter(contact=contact, group=group)
        .first()
    )
    if found is not None:
        found.contact = contact
    return found


def _say_so(contact: Contact) -> None:
    if contact.state == State.LISTENED:
        move(contact, State.CONCERN_DRAFTED)
        contact.save(update_fields=["state"])


def _tell_readers(found: Transmission, text: str, now: datetime) -> None:
    today = localdate(now, timezone=PARIS)
    readers = coordinators_of(found.contact.organisation, on=today)
    notify(
        agents=[one for one in readers if one.pk != found.author_id],
        text=text,
        path=reverse("contacts:read", args=[found.ref]),
        now=now,
        urgent=found.urgent,
    )

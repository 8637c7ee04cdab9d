"""What weighs on who listens: noted, followed by a pause, and by somebody to talk to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.shifts.models import Debrief, HardContact, Presence
from fanal.helpline.shifts.queries import BACK, may_take
from fanal.helpline.shifts.terms import Channel, Why
from fanal.helpline.shifts.use_cases.presence import locked, put_on


class NotAtWork(Refusal):
    message = "Vous n’avez pas été en poste depuis hier : parlez-en à votre coordinateur."


@transaction.atomic
def take_up(
    *,
    agent: Agent,
    helpline: Organisation,
    contact: UUID,
    channel: Channel,
    danger: bool,
    now: datetime,
) -> None:
    """
    About to answer somebody: the rules are asked, and one is at work from now on.

    The act that calls this leaves its own trace. ``danger``: in danger now, which passes before
    any pause, ends one that runs, and weighs.

    Raises:
        PauseDue, OnPause: not before a pause.
    """
    here = locked(agent, now=now)
    if not danger:
        may_take(agent, now=now)
    here = put_on(agent, helpline, here, now=now)
    if danger:
        _note(here, contact, channel, Why.DANGER, now)


@transaction.atomic
def note_hard(
    *, agent: Agent, channel: Channel, now: datetime, contact: UUID | None = None
) -> HardContact | None:
    """
    « C’était difficile. » Said again of the same contact, nothing more: None.

    Raises:
        NotAtWork: no presence of this day carries it.
    """
    here = locked(agent, now=now) or _last(agent, now)
    noted = _note(here, contact, channel, Why.WORD, now)
    if noted is not None:
        record(agent=agent, deed="exposure.note", subject=here, detail={"channel": channel})
    return noted


@transaction.atomic
def note_danger(*, agent: Agent, contact: UUID, channel: Channel, now: datetime) -> None:
    """Somebody whom the agent answered was in danger: it weighs once, whoever says it."""
    here = locked(agent, now=now) or _ended(agent, now)
    if here is not None:
        _note(here, contact, channel, Why.DANGER, now)


@transaction.atomic
def ask_debrief(*, agent: Agent, now: datetime) -> Debrief:
    """
    Ask to talk; asked again while it waits, it is the same.

    Raises:
        NotAtWork: no presence of this day carries it.
    """
    here = locked(agent, now=now) or _last(agent, now)
    waiting = Debrief.objects.filter(presence__agent=agent, done_at__isnull=True).first()
    if waiting is not None:
        return waiting
    found = Debrief.objects.create(presence=here, asked_at=now)
    record(agent=agent, deed="debrief.ask", subject=found)
    return found


@transaction.atomic
def give_slot(*, agent: Agent, ref: UUID, at: datetime, now: datetime) -> Debrief:
    """
    The coordinator says when, with them.

    Raises:
        NotVisible: not of the agent's helpline.
    """
    found = _asked(ref)
    found.slot_at, found.given_by = at, agent
    found.save(update_fields=["slot_at", "given_by"])
    record(agent=agent, deed="debrief.slot", subject=found)
    return found


@transaction.atomic
def close_debrief(*, agent: Agent, ref: UUID, now: datetime) -> Debrief:
    """
    Raises:
        NotVisible: not of the agent's helpline.
    """
    found = _asked(ref)
    if found.done_at is None:
        found.done_at, found.given_by = now, agent
        found.save(update_fields=["done_at", "given_by"])
        record(agent=agent, deed="debrief.done", subject=found)
    return found


def _asked(ref: UUID) -> Debrief:
    found = Debrief.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def _last(agent: Agent, now: datetime) -> Presence:
    """Said on the way out, it belongs to the presence that has just ended."""
    found = _ended(agent, now)
    if found is None:
        raise NotAtWork
    return found


def _ended(agent: Agent, now: datetime) -> Presence | None:
    return Presence.objects.filter(agent=agent, until__gt=now - BACK).order_by("-until").first()


def _note(
    here: Presence, contact: UUID | None, channel: Channel, why: Why, now: datetime
) -> HardContact | None:
    known = HardContact.objects.filter(presence__agent=here.agent_id, contact=contact)
    if contact is not None and known.exists():
        return None
    return HardContact.objects.create(
        presence=here, at=now, channel=channel, why=why, contact=contact
    )

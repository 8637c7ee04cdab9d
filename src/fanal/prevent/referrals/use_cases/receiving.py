"""The desk of a place: seen, did not come, could not be received; taken back for some minutes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.referrals import terms
from fanal.prevent.referrals.events import ReferralFailed
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.queries import day_of
from fanal.prevent.referrals.terms import OUTCOMES, Reason, State


class AlreadySettled(Refusal):
    message = "Quelqu’un d’autre l’a déjà dit, ou la personne a annulé."


class NotYet(Refusal):
    message = "Ce rendez-vous n’a pas encore eu lieu."


class TooLate(Refusal):
    message = "Ce n’est plus modifiable : dix minutes sont passées."


class TooFar(Refusal):
    message = "Ce rendez-vous est trop ancien : les comptes de ce mois sont arrêtés."


class NoReason(Refusal):
    message = "Dites pourquoi, en choisissant dans la liste : la personne le lira avec son code."


@transaction.atomic
def settle(
    *,
    agent: Agent,
    ref: UUID,
    outcome: State,
    now: datetime,
    reason: Reason | None = None,
    elsewhere: UUID | None = None,
) -> Booking:
    """
    Say what became of somebody who was expected. Whoever was seen is counted, by the database.

    Args:
        outcome: of ``OUTCOMES``. reason: of a place that could not receive.
        elsewhere: a public place that could instead.

    Raises:
        NotVisible: not of the agent's place.
        AlreadySettled: somebody was quicker, or the person cancelled.
        NotYet: a slot of another day has not come.
        TooFar: counts of that time move no more.
        NoReason: « could not » says why.
    """
    booking = _locked(ref)
    today = day_of(booking.participation, now=now)
    if outcome not in OUTCOMES or booking.state != State.EXPECTED:
        raise AlreadySettled
    if booking.opening_id is not None and booking.day > today and outcome != State.IMPOSSIBLE:
        raise NotYet
    if booking.day + terms.KEPT < today:
        raise TooFar
    if outcome == State.IMPOSSIBLE and reason is None:
        raise NoReason
    booking.state, booking.settled_at = outcome, now
    if outcome == State.IMPOSSIBLE:
        booking.reason, booking.elsewhere = str(reason), elsewhere
        ReferralFailed(booking.ref).announce(once=now + terms.UNDONE_WITHIN)
    booking.save(update_fields=["state", "settled_at", "reason", "elsewhere"])
    record(agent=agent, deed=f"booking.{outcome}", subject=booking)
    return booking


@transaction.atomic
def take_back(*, agent: Agent, ref: UUID, now: datetime) -> Booking:
    """
    A key pressed too quickly.

    Raises:
        NotVisible: not of the agent's place.
        TooLate: some minutes have passed, or there is nothing to take back.
    """
    booking = _locked(ref)
    settled = booking.settled_at
    if booking.state not in OUTCOMES or settled is None or now - settled > terms.UNDONE_WITHIN:
        raise TooLate
    booking.state, booking.settled_at, booking.reason = State.EXPECTED, None, ""
    booking.elsewhere = None
    booking.save(update_fields=["state", "settled_at", "reason", "elsewhere"])
    record(agent=agent, deed="booking.take_back", subject=booking)
    return booking


def _locked(ref: UUID) -> Booking:
    found = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("participation")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotVisible
    return found

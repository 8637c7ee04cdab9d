"""A whole list changes hands in one gesture: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.documents.rendering import render
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.use_cases import notify
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import HandedOver, HandOver, Situation
from fanal.protect.situations.queries.accountable import supervises
from fanal.protect.situations.use_cases.assigning import SameReferent, change_referent
from fanal.protect.situations.use_cases.holding import pass_file
from fanal.protect.situations.use_cases.letters import handover_receipt
from fanal.protect.situations.use_cases.opening import (
    NotSupervisor,
    ReasonMissing,
    check_referent,
)


class NothingToHandOver(Refusal):
    message = "Cette personne ne suit aucune situation ici : il n'y a rien à remettre."


@transaction.atomic
def hand_over(
    *,
    agent: Agent,
    authority: ChildWelfareAuthority,
    giver: Agent,
    taker: Agent,
    reason: str,
    now: datetime,
    situation_refs: Sequence[UUID] | None = None,
) -> HandOver:
    """
    Pass the situations of one référent to another, with a receipt: the whole list by default.

    Those who supervise hand over what they see; a référent hands over their own list, sealed
    files included.

    Raises:
        NotVisible: one of the situations is not the agent's to see, or not the giver's.
        NotSupervisor, ReasonMissing, SameReferent, NothingToHandOver, NotAReferent,
        CannotHoldFile: the rules refuse, and nothing has changed hands.
    """
    if agent != giver and not supervises(agent, authority, on=local_day(authority, now)):
        raise NotSupervisor
    if not reason.strip():
        raise ReasonMissing
    if giver == taker:
        raise SameReferent
    situations = _lock_list(authority, giver, situation_refs)
    for situation in situations:
        check_referent(situation, taker, now)
    gesture = HandOver(
        ref=uuid4(),
        authority=authority,
        giver=giver,
        taker=taker,
        decided_by=agent,
        reason=reason.strip(),
        at=now,
        count=len(situations),
    )
    gesture.receipt = render(handover_receipt(hand_over=gesture, situations=situations, now=now))
    gesture.receipt_sha256 = sha256(gesture.receipt).hexdigest()
    gesture.save(force_insert=True)
    for situation in situations:
        HandedOver.objects.create(
            hand_over=gesture, case_file=situation.case_file, situation=situation
        )
        change_referent(
            situation=situation, referent=taker, agent=agent, reason=gesture.reason, now=now
        )
    record(
        agent=agent, deed="situation.hand_over", subject=gesture, detail={"count": len(situations)}
    )
    notify(
        agents=[taker, giver],
        text="Une liste de situations change de référent : le reçu vous attend.",
        path=reverse("situations:receipt", args=[gesture.ref]),
        now=now,
    )
    for situation in situations:
        pass_file(situation=situation, now=now)
    return gesture


def _lock_list(
    authority: ChildWelfareAuthority, giver: Agent, refs: Sequence[UUID] | None
) -> list[Situation]:
    wanted = (
        Situation.objects.living()
        .of_authority(authority)
        .followed_by(giver)
        .select_for_update(of=("self",))
        .select_related("case_file__minor", "case_file__authority", "authority", "referent")
        .order_by("pk")
    )
    if refs is None:
        situations = list(wanted)
    else:
        situations = list(wanted.filter(ref__in=refs))
        if len(situations) != len(set(refs)):
            raise NotVisible
    if not situations:
        raise NothingToHandOver
    return situations

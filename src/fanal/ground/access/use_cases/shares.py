"""
A part of a file told to somebody until a day (CASF L226-2-2): what is necessary, and no more.

What is told is copied on that day: whoever receives it never sees the file, and what left can be
shown years later as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from fanal.ground.access.contents import lines_of
from fanal.ground.access.models import CaseFile, DisclosureRecord
from fanal.ground.access.queries import beside_its_file, lock_case_file, shut_out_of, visible_shares
from fanal.ground.access.terms import (
    CLASSES,
    LONGEST_SHARE_DAYS,
    OPENED_BY,
    SUMMED_UP,
    Act,
    DisclosureGround,
    StepKind,
)
from fanal.ground.access.use_cases.steps import check, keep_step, said
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.privacy.terms import Tag


class CannotReceive(Refusal):
    """The same words whether the account is closed or the file shuts it out."""

    message = "Ce dossier ne peut pas être partagé avec cette personne."


class FieldNotOpened(Refusal):
    message = "Ce fondement n'ouvre pas ces données : décochez-les, ou choisissez-en un autre."


class NothingShared(Refusal):
    message = "Choisissez au moins une donnée à partager, et écrivez celles qui se résument."


class ExemptionMissing(Refusal):
    message = (
        "Les parents et l'enfant sont informés avant le partage, sauf si c'est contraire à "
        "l'intérêt de l'enfant : écrivez pourquoi."
    )


class TooLong(Refusal):
    message = f"Un partage dure {LONGEST_SHARE_DAYS} jours au plus ; il se renouvelle ensuite."


class ShareIsOver(Refusal):
    message = "Ce partage a déjà pris fin."


@dataclass(frozen=True, slots=True)
class Written:
    """What whoever shares has decided. ``texts`` holds what they sum up themselves."""

    shared_with: Agent
    ground: DisclosureGround
    purpose: str
    fields: frozenset[Tag]
    days: int
    informed_parents: bool
    informed_child: bool
    exemption_reason: str = ""
    texts: dict[Tag, str] = field(default_factory=dict)


@transaction.atomic
def share_file(*, agent: Agent, ref: UUID, written: Written, now: datetime) -> DisclosureRecord:
    """
    Tell one agent, of any organisation, a part of a file until a day.

    Raises:
        NotVisible: the file is not the agent's to see.
        NoRight, ReasonMissing, CannotReceive, FieldNotOpened, NothingShared, ExemptionMissing,
        TooLong: the rules refuse.
    """
    file = lock_case_file(ref=ref)
    check(agent, Act.SHARE, file)
    purpose = said(written.purpose)
    _check_receiver(agent, file, written.shared_with)
    if not 0 < written.days <= LONGEST_SHARE_DAYS:
        raise TooLong
    if not written.fields <= OPENED_BY[written.ground]:
        raise FieldNotOpened
    informed = written.informed_parents and written.informed_child
    if not informed and not written.exemption_reason.strip():
        raise ExemptionMissing
    package = _package(file, written)
    share = DisclosureRecord.objects.create(
        case_file=file,
        file_ref=file.ref,
        authority=file.authority,
        shared_by=agent,
        shared_with=written.shared_with,
        ground=written.ground,
        purpose=purpose[:300],
        fields=sorted(written.fields),
        package=package,
        informed_parents=written.informed_parents,
        informed_child=written.informed_child,
        exemption_reason="" if informed else written.exemption_reason.strip()[:500],
        at=now,
        expires_at=now + timedelta(days=written.days),
    )
    keep_step(file=file, kind=StepKind.SHARED, agent=agent, reason=purpose, now=now)
    record(
        agent=agent,
        deed="share.make",
        subject=share,
        detail={"ground": written.ground.value, "fields": sorted(written.fields)},
    )
    return share


def _check_receiver(agent: Agent, file: CaseFile, receiver: Agent) -> None:
    if receiver == agent or not receiver.is_active or shut_out_of(file.pk, [receiver]):
        raise CannotReceive


def _package(file: CaseFile, written: Written) -> list[dict[str, str]]:
    """What leaves, class by class; one that is summed up does not leave in silence."""
    package = []
    for tag, label in CLASSES.items():
        if tag not in written.fields:
            continue
        lines = [(line.label, line.text) for line in lines_of(file, tag)]
        if tag in SUMMED_UP:
            if not (text := written.texts.get(tag, "").strip()):
                raise NothingShared
            lines.append((label, text))
        package += [{"field": tag.value, "label": said, "text": text} for said, text in lines]
    if not package:
        raise NothingShared
    return package


@transaction.atomic
def answer_share(
    *, agent: Agent, ref: UUID, reply: str, returned: bool, now: datetime
) -> DisclosureRecord:
    """
    Say that a share was received, with a word for whoever made it, or give it back.

    What is given back is not read again.

    Raises:
        NotVisible: there is no such share, it is over, or it was made to somebody else.
    """
    share = visible_shares(agent).filter(ref=ref).first()
    if share is None:
        raise NotVisible
    share.received_at = share.received_at or now
    share.reply = reply.strip()[:2000] or share.reply
    share.returned_at = now if returned else None
    deed = "share.return" if returned else "share.receive"
    share.save(update_fields=["received_at", "reply", "returned_at"])
    record(agent=agent, deed=deed, subject=beside_its_file(share))
    return share


@transaction.atomic
def withdraw_share(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> CaseFile:
    """
    End a share before its day; whoever received it reads it no longer.

    Raises:
        NotVisible: the agent does not see the file that it left.
        NoRight, ReasonMissing, ShareIsOver: the rules refuse.
    """
    shares = DisclosureRecord.objects.select_related("case_file__authority")
    share = shares.filter(ref=ref).first()
    if share is None:
        raise NotVisible
    file = share.case_file
    check(agent, Act.SHARE, file)
    why = said(reason)
    if not share.is_living(at=now):
        raise ShareIsOver
    share.withdrawn_at = now
    share.save(update_fields=["withdrawn_at"])
    keep_step(file=file, kind=StepKind.SHARE_WITHDRAWN, agent=agent, reason=why, now=now)
    record(agent=agent, deed="share.withdraw", subject=share)
    return file

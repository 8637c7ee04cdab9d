"""Set a block, confirm it, lift it; each with its trace. It ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.blocks import terms
from fanal.helpline.blocks.models import Block
from fanal.helpline.blocks.queries import coordinated_by, helpline_of
from fanal.helpline.blocks.terms import Handle


class Blocked(Refusal):
    """Said to whoever comes; who says to be in danger never meets it."""

    message = (
        "On ne peut pas écrire d’ici pour le moment. En danger, il faut cocher la case « en danger "
        "maintenant » : rien n’arrête alors le message. Le 119 répond aussi, jour et nuit."
    )


class NoReason(Refusal):
    message = f"Écrivez le motif, en {terms.SHORTEST_REASON} caractères au moins."


class BadLength(Refusal):
    message = "Un blocage dure d’une heure à trente jours ; celui d’une connexion, un jour au plus."


class NotYours(Refusal):
    message = "Qui coordonne confirme et lève un blocage ; qui l’a posé peut aussi le lever."


class OwnBlock(Refusal):
    message = "Un blocage est confirmé par quelqu’un d’autre que qui l’a posé."


class Over(Refusal):
    message = "Ce blocage a pris fin."


@transaction.atomic
def set_block(
    *, agent: Agent, handle: Handle, digest: str, reason: str, length: timedelta, now: datetime
) -> Block:
    """
    Hold what this digest names, at once; without a coordinator's word it ends within a day.

    Raises:
        NotVisible: the agent listens nowhere.
        NoReason, BadLength.
    """
    why = " ".join(reason.split())
    if not terms.SHORTEST_REASON <= len(why) <= terms.LONGEST_REASON:
        raise NoReason
    longest = terms.LONGEST_CONNECTION if handle is Handle.CONNECTION else terms.LONGEST
    if not terms.SHORTEST <= length <= longest:
        raise BadLength
    block = Block.objects.create(
        organisation=helpline_of(agent, now=now),
        handle=handle,
        digest=digest,
        reason=why,
        set_by=agent,
        set_at=now,
        until=now + length,
    )
    record(
        agent=agent,
        deed="block.set",
        subject=block,
        detail={"handle": str(handle), "hours": int(length.total_seconds() // 3600)},
    )
    return block


@transaction.atomic
def confirm_block(*, agent: Agent, ref: UUID, now: datetime) -> Block:
    """
    It holds for all its time.

    Raises:
        NotVisible
        NotYours: the agent does not coordinate there.
        OwnBlock: one does not confirm what one has set.
        Over: it has ended, by its time, by a lift, or because nobody confirmed it in a day.
    """
    block = _locked(ref)
    if block.organisation_id not in coordinated_by(agent, now=now):
        raise NotYours
    if block.set_by_id == agent.pk:
        raise OwnBlock
    if not block.holds(now):
        raise Over
    if block.confirmed_at is None:
        block.confirmed_by, block.confirmed_at = agent, now
        block.save(update_fields=["confirmed_by", "confirmed_at"])
        record(agent=agent, deed="block.confirm", subject=block)
    return block


@transaction.atomic
def lift_block(*, agent: Agent, ref: UUID, now: datetime) -> Block:
    """
    It ends now.

    Raises:
        NotVisible
        NotYours: neither who set it, nor a coordinator.
        Over: it had ended.
    """
    block = _locked(ref)
    if block.set_by_id != agent.pk and block.organisation_id not in coordinated_by(agent, now=now):
        raise NotYours
    if not block.holds(now):
        raise Over
    block.lifted_by, block.lifted_at = agent, now
    block.save(update_fields=["lifted_by", "lifted_at"])
    record(agent=agent, deed="block.lift", subject=block)
    return block


@transaction.atomic
def forget_blocks(*, now: datetime) -> int:
    """What ended a day ago leaves no row; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT blocks_forget(%s)", [now - terms.FORGOTTEN_AFTER])
        gone: int = cursor.fetchone()[0]
    if gone:
        record(agent=None, deed="block.forget", detail={"rows": gone})
    return gone


def _locked(ref: UUID) -> Block:
    found = Block.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found

"""Whether a block holds, for whoever comes; what holds, for whoever listens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localdate

from fanal.ground.access.decisions import PARIS
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.helpline.blocks import connections, digests
from fanal.helpline.blocks.models import Block
from fanal.helpline.blocks.terms import Handle

USE = "fanal.blocks.held"


def stops_code(*, kind: Kind, opens: UUID, in_danger: bool, now: datetime) -> bool:
    """Whether what a return code opens is held. Who says to be in danger is never stopped."""
    return not in_danger and bool(held(Handle.CODE, digests.each_of_code(kind, opens), now=now))


def stops_number(*, number: str, in_danger: bool, now: datetime) -> bool:
    """Whether a telephone number is held. A number that cannot be read is nobody's."""
    if in_danger:
        return False
    try:
        known = digests.each_of_number(number)
    except digests.UnreadableNumber:
        return False
    return bool(held(Handle.NUMBER, known, now=now))


def stops_connection(
    *,
    peer: str | None,
    in_danger: bool,
    now: datetime,
    seen: connections.Connections = connections.here,
) -> bool:
    """Whether whoever connects from there led a conversation that is held."""
    seen.forget(lambda silent: held(Handle.CONNECTION, silent, now=now))
    return not in_danger and bool(held(Handle.CONNECTION, seen.led_from(peer), now=now))


def held(handle: Handle, known: Collection[str], *, now: datetime) -> list[str]:
    """Those of these digests that a block holds at that moment."""
    if not known:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT blocks_held(%s, %s, %s)", [handle, list(known), now])
        return [digest for (digest,) in cursor.fetchall()]


def blocks() -> QuerySet[Block]:
    """Those of the helplines of whoever asks, the last set first."""
    return Block.objects.select_related("set_by", "confirmed_by", "lifted_by")


def read_block(*, ref: UUID) -> Block:
    """
    Raises:
        NotVisible: it does not exist, or is another helpline's.
    """
    found = blocks().filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def helpline_of(agent: Agent, *, now: datetime) -> Organisation:
    """
    Where this agent listens.

    Raises:
        NotVisible: nowhere, today.
    """
    posting = (
        agent.postings.current(on=localdate(now, timezone=PARIS))
        .filter(
            role__in=(Role.LISTENER, Role.COORDINATOR),
            organisation__kind=OrganisationKind.HELPLINE,
        )
        .select_related("organisation")
        .order_by("pk")
        .first()
    )
    if posting is None:
        raise NotVisible
    return posting.organisation


def coordinated_by(agent: Agent, *, now: datetime) -> set[int]:
    """The helplines that the agent coordinates today."""
    today = localdate(now, timezone=PARIS)
    postings = agent.postings.current(on=today).filter(role=Role.COORDINATOR)
    return set(postings.values_list("organisation_id", flat=True))


def named(handle: Handle, digest: str) -> str:
    """For a room above: what its screen hands to the form that sets a block."""
    return signing.dumps([handle.value, digest], salt=USE)


def read_named(written: str) -> tuple[Handle, str]:
    """
    Raises:
        NotVisible: not written by ``named``.
    """
    try:
        handle, digest = signing.loads(written, salt=USE)
        return Handle(handle), str(digest)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotVisible from None

"""The doors to what decides who enters: each answers to whoever is asking, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from fanal.ground.access.models import BreakGlass, BreakGlassQuerySet, CaseFile, DisclosureRecord
from fanal.ground.agents.models import Agent
from fanal.ground.agents.queries import agents_of
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.ground.territory.queries import local_day


def shut_out_of(case_file_id: int, agents: Iterable[Agent]) -> set[int]:
    """Among these agents, those whom the file shuts out; whoever asks need not see the file."""
    return _told("SELECT access_shut_out(%s, %s)", case_file_id, agents)


def told_of(case_file: CaseFile, agents: Iterable[Agent]) -> list[Agent]:
    """Among these agents, those who may be told that something happened in a file."""
    people = list(agents)
    allowed = _told("SELECT access_told(%s, %s)", case_file.pk, people)
    return [one for one in people if one.pk in allowed]


def _told(question: str, case_file_id: int, agents: Iterable[Agent]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(question, [case_file_id, [one.pk for one in agents]])
        return {pk for (pk,) in cursor.fetchall()}


def transaction_began() -> datetime:
    """What the database takes for the present, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (moment,) = cursor.fetchone()
    began: datetime = moment
    return began


def read_together(case_file: CaseFile) -> QuerySet[CaseFile]:
    """The file with those that were merged into it: what closes one closes all."""
    root = case_file.merged_into_id or case_file.pk
    return CaseFile.objects.filter(Q(pk=root) | Q(merged_into=root))


def read_case_file(*, agent: Agent, ref: UUID) -> CaseFile:
    """
    Read who may open a file; the reading leaves a trace.

    Raises:
        NotVisible: there is none, or it is not the agent's to see.
    """
    file = CaseFile.objects.select_related("authority").filter(ref=ref).first()
    if file is None:
        raise NotVisible
    record(agent=agent, deed="access.read", subject=file, outcome=Outcome.READ)
    return file


def lock_case_file(*, ref: UUID) -> CaseFile:
    """
    Take a file, with those read with it, for a change of who may open it.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    files = CaseFile.objects.select_for_update(of=("self",)).select_related("authority")
    file = files.filter(ref=ref).first()
    if file is None:
        raise NotVisible
    list(files.filter(pk__in=read_together(file).values("pk")).order_by("pk"))
    return file


def visible_shares(agent: Agent) -> QuerySet[DisclosureRecord]:
    """What was shared with the agent and may still be read, the newest first."""
    shares = DisclosureRecord.objects.living(at=transaction_began()).filter(shared_with=agent)
    return shares.select_related("shared_by", "authority")


def read_share(*, agent: Agent, ref: UUID) -> DisclosureRecord:
    """
    Read what was shared with the agent; the reading leaves a trace.

    Raises:
        NotVisible: there is no such share, it is over, or it was made to somebody else.
    """
    share = visible_shares(agent).filter(ref=ref).first()
    if share is None:
        raise NotVisible
    record(agent=agent, deed="share.read", subject=beside_its_file(share), outcome=Outcome.READ)
    return share


def beside_its_file(row: DisclosureRecord | BreakGlass) -> DisclosureRecord | BreakGlass:
    """The row as the traces take it, for somebody who does not see the file that it hangs on."""
    row.case_file = CaseFile(pk=row.case_file_id, ref=row.file_ref, authority=row.authority)
    return row


def openings_to_review(agent: Agent) -> BreakGlassQuerySet:
    """Emergency openings that the agent may review, those of their own hand left out."""
    reviewed = agent.postings.filter(role__in=(Role.CONTROLLER, Role.DATA_PROTECTION))
    return (
        BreakGlass.objects.filter(authority__in=reviewed.values("organisation__authority"))
        .exclude(agent=agent)
        .select_related("agent", "authority", "reviewed_by")
    )


def reviewers_of(opening: BreakGlass) -> list[Agent]:
    day = local_day(opening.authority, opening.opened_at)
    found = agents_of(opening.authority, Role.CONTROLLER, Role.DATA_PROTECTION, on=day)
    shut_out = shut_out_of(opening.case_file_id, found)
    return [one for one in found if one.pk != opening.agent_id and one.pk not in shut_out]


def files_behind_glass(ref: UUID) -> list[tuple[int, UUID, str]]:
    """
    The file that an emergency opens to whoever is asking, first, then those read with it.

    Returns:
        Identifier, reference and authority of each; nothing when no emergency opens it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ref, authority FROM access_files_behind_glass(%s)", [ref])
        return [(pk, found, authority) for pk, found, authority in cursor.fetchall()]

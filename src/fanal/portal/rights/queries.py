from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fanal.ground.access.decisions import PARIS
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.terms import OPEN, Status

ANSWERING = (Role.CONTROLLER, Role.DATA_PROTECTION)


def answers_for(agent: Agent) -> list[ChildWelfareAuthority]:
    """The authorities whose requests this agent answers today."""
    postings = (
        Posting.objects.current(on=localdate(timezone=PARIS))
        .filter(agent=agent, role__in=ANSWERING, organisation__authority__isnull=False)
        .select_related("organisation__authority")
    )
    found = {one.organisation.authority_id: one.organisation.authority for one in postings}
    return [one for one in found.values() if one is not None]


def requests_of(agent: Agent) -> QuerySet[RightsRequest]:
    return _light().filter(authority__in=answers_for(agent))


def late(agent: Agent, *, now: datetime) -> Q:
    """Open ones whose last day is over, each in the days of its own authority."""
    found = Q(pk__in=())
    for authority in answers_for(agent):
        found |= Q(authority=authority, due_on__lt=local_day(authority, now))
    return found & Q(status__in=OPEN)


def requests_to_prepare() -> QuerySet[RightsRequest]:
    """Those whose file is open to whoever asks: row-level security chooses the files."""
    return (
        _light()
        .filter(
            file_ref__in=CaseFile.objects.values("ref"),
            status__in=(Status.IDENTIFIED, Status.PREPARED),
        )
        .exclude(file_ref__isnull=True)
    )


def read_request(*, agent: Agent, ref: UUID) -> RightsRequest:
    """
    Raises:
        NotVisible: neither of the agent's authority, nor of a file open to them.
    """
    found = _one(agent, ref).first()
    if found is None:
        raise NotVisible
    record(
        agent=agent,
        deed="rights.read",
        subject=found,
        outcome=Outcome.READ,
        detail={"status": found.status},
    )
    return found


def lock_request(*, agent: Agent, ref: UUID, answering: bool) -> RightsRequest:
    """
    Args:
        answering: the deed belongs to those who answer; else to those who hold the file.

    Raises:
        NotVisible: it is not this agent's to change.
    """
    rows = requests_of(agent) if answering else _of_open_files()
    found = rows.filter(ref=ref).select_for_update(of=("self",)).first()
    if found is None:
        raise NotVisible
    return found


def has_letter(request: RightsRequest) -> bool:
    """Whether the answer was written; told while the keys are closed too."""
    return RightsRequest.objects.filter(pk=request.pk, letter__isnull=False).exists()


def file_of(request: RightsRequest) -> CaseFile | None:
    """The file itself, for those to whom it is open."""
    if request.file_ref is None:
        return None
    return CaseFile.objects.filter(ref=request.file_ref, authority=request.authority).first()


def _one(agent: Agent, ref: UUID) -> QuerySet[RightsRequest]:
    mine = Q(authority__in=answers_for(agent)) | Q(file_ref__in=CaseFile.objects.values("ref"))
    return RightsRequest.objects.select_related("authority", "recorded_by").filter(mine, ref=ref)


def _of_open_files() -> QuerySet[RightsRequest]:
    return _light().filter(file_ref__in=CaseFile.objects.values("ref"))


def _light() -> QuerySet[RightsRequest]:
    return (
        RightsRequest.objects.select_related("authority").defer("letter").order_by("due_on", "pk")
    )

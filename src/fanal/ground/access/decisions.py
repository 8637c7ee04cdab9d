"""
The one decision: may this agent do this with that, on what ground, and which fields open?

The policies of the database say the same of reading; a test draws worlds in which both must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.timezone import now as this_moment

from fanal.ground.access.asking import who_asks
from fanal.ground.access.models import BreakGlass, CaseFile, DisclosureRecord, Grant
from fanal.ground.access.queries import shut_out_of
from fanal.ground.access.terms import (
    CLASSES,
    FIELDS_HELD,
    FIELDS_OF_ROLE,
    RIGHT_TO,
    RIGHTS,
    Act,
    Because,
    Capacity,
    Purpose,
    Right,
)
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import AUTHORITY_WIDE, OrganisationKind, Role
from fanal.ground.privacy.terms import Tag
from fanal.ground.territory.models import ChildWelfareAuthority

# The database counts the days of a posting there too: both walls agree (access_today).
PARIS = ZoneInfo("Europe/Paris")


def postings_of(agent: Agent) -> list[Posting]:
    """The agent's postings of the day, read once per request."""
    kept: list[Posting] | None = getattr(agent, "_postings_today", None)
    if kept is None:
        kept = list(
            agent.postings.current(on=localdate(timezone=PARIS))
            .select_related("organisation__authority", "organisation__court")
            .order_by("id")
        )
        agent._postings_today = kept  # type: ignore[attr-defined]
    return kept


def roles_of(agent: Agent) -> set[Role]:
    return {Role(posting.role) for posting in postings_of(agent)}


def rights_of(agent: Agent) -> set[Right]:
    return {right for role in roles_of(agent) for right in RIGHTS[role]}


def holds(agent: Agent, right: Right | None) -> bool:
    """Whether one of the agent's roles of the day carries the right."""
    return right is None or (agent.is_active and right in rights_of(agent))


def territory_of(agent: Agent, right: Right) -> frozenset[str] | None:
    """
    The départements for which the agent holds a right of steering; None: for all of them.

    A préfecture steers its own; whoever holds the right otherwise holds it for the whole.
    """
    codes: set[str] = set()
    for posting in postings_of(agent):
        if right not in RIGHTS[Role(posting.role)]:
            continue
        where = posting.organisation
        if posting.role != Role.STEERING or where.kind == OrganisationKind.NATIONAL:
            return None
        if where.kind == OrganisationKind.PREFECTURE and where.departement_id:
            codes.add(where.departement_id)
    return frozenset(codes)


def authorities_of(agent: Agent) -> list[ChildWelfareAuthority]:
    """Authorities for which the agent holds a role that spans the whole authority."""
    found = {
        posting.organisation.authority_id: posting.organisation.authority
        for posting in postings_of(agent)
        if posting.role in AUTHORITY_WIDE and posting.organisation.authority
    }
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is allowed, which fields open, and on what ground."""

    allowed: bool
    because: Because
    fields: frozenset[Tag] = frozenset()


Thing = CaseFile | DisclosureRecord | BreakGlass
EVERY_FIELD = frozenset(CLASSES)


def decide(
    agent: Agent | None,
    act: Act,
    thing: Thing,
    purpose: Purpose = Purpose.DESK,
    *,
    at: datetime | None = None,
) -> Decision:
    """
    May ``agent`` do ``act`` with ``thing``?

    Rights come from the postings of the day, and count in the authority whose file it is.
    """
    moment = at or this_moment()
    if isinstance(thing, BreakGlass):
        return _on_opening(agent, act, thing)
    if isinstance(thing, DisclosureRecord):
        return _on_share(agent, act, thing, purpose, moment)
    if act is Act.BREAK_GLASS:
        return _behind_glass(agent, thing)
    seen = _seen(agent, thing, purpose, moment)
    if act is Act.READ or not seen.allowed:
        return seen
    return seen if _holds_there(agent, act, thing.authority_id) else _no(Because.NO_RIGHT)


def _no(because: Because) -> Decision:
    return Decision(allowed=False, because=because)


def _seen(agent: Agent | None, file: CaseFile, purpose: Purpose, at: datetime) -> Decision:
    if purpose in (Purpose.ALARMS, Purpose.MAJORITY):
        return Decision(allowed=True, because=Because.SCHEDULED, fields=EVERY_FIELD)
    intake = who_asks().intake
    if purpose is Purpose.INTAKE and intake is not None and intake.pk == file.authority_id:
        return Decision(allowed=True, because=Because.RECEIVED, fields=EVERY_FIELD)
    return _seen_by(agent, file, at)


def _seen_by(agent: Agent | None, file: CaseFile, at: datetime) -> Decision:
    """A name that is shut out, then a name that is let in, then the roles of the day."""
    if agent is None or not agent.is_active:
        return _no(Because.NOBODY)
    if shut_out_of(file.pk, [agent]):
        return _no(Because.EXCLUDED)
    wide = _wide_fields(agent, file.authority_id)
    held = Grant.objects.living(at=at).filter(agent=agent, case_file=file)
    if capacities := list(held.values_list("capacity", flat=True)):
        fields = wide.union(*(FIELDS_HELD[Capacity(one)] for one in capacities))
        return Decision(allowed=True, because=Because.HELD, fields=fields)
    if not wide or file.sealed_at is not None:
        return _no(Because.SEALED if wide else Because.NO_TIE)
    return Decision(allowed=True, because=Because.AUTHORITY, fields=wide)


def _wide_fields(agent: Agent, authority: str) -> frozenset[Tag]:
    """What the agent's roles that span the authority open of its files."""
    fields: frozenset[Tag] = frozenset()
    for posting in postings_of(agent):
        if posting.organisation.authority_id == authority:
            fields |= FIELDS_OF_ROLE.get(Role(posting.role), frozenset())
    return fields


def _holds_there(agent: Agent | None, act: Act, authority: str) -> bool:
    """Whether a posting of the day, in that very authority, carries the right to the act."""
    return (
        agent is not None
        and agent.is_active
        and any(
            RIGHT_TO[act] in RIGHTS[Role(posting.role)]
            for posting in postings_of(agent)
            if posting.organisation.authority_id == authority
        )
    )


def _behind_glass(agent: Agent | None, file: CaseFile) -> Decision:
    """An emergency opens neither what shuts the agent out nor a seal that yields to nothing."""
    if agent is None or not _holds_there(agent, Act.BREAK_GLASS, file.authority_id):
        return _no(Because.NO_RIGHT)
    if shut_out_of(file.pk, [agent]):
        return _no(Because.EXCLUDED)
    if file.sealed_at is not None and not file.seal_yields:
        return _no(Because.SEALED)
    fields = FIELDS_HELD[Capacity.BREAK_GLASS]
    return Decision(allowed=True, because=Because.AUTHORITY, fields=fields)


def _on_share(
    agent: Agent | None, act: Act, share: DisclosureRecord, purpose: Purpose, at: datetime
) -> Decision:
    """Whoever receives reads what was granted; whoever sees the file sees what left it."""
    if agent is not None and agent.is_active and share.shared_with_id == agent.pk:
        shut_out = shut_out_of(share.case_file_id, [agent])
        if act is Act.READ and share.is_living(at=at) and not shut_out:
            return Decision(allowed=True, because=Because.SHARED, fields=share.opened)
    file = CaseFile.objects.filter(pk=share.case_file_id).first()
    return decide(agent, act, file, purpose, at=at) if file else _no(Because.NO_TIE)


def _on_opening(agent: Agent | None, act: Act, opening: BreakGlass) -> Decision:
    """The emergency itself, never the file; nobody reviews their own."""
    if act is not Act.REVIEW or agent is None:
        return _no(Because.NO_RIGHT)
    if opening.agent_id == agent.pk or not _holds_there(agent, act, opening.authority_id):
        return _no(Because.NO_RIGHT)
    if shut_out_of(opening.case_file_id, [agent]):
        return _no(Because.EXCLUDED)
    return Decision(allowed=True, because=Because.REVIEWED)

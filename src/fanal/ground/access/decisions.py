"""The one decision: may this agent do this, and to whom does it open?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from fanal.ground.access.terms import RIGHTS, Right
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import AUTHORITY_WIDE, Role
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


def authorities_of(agent: Agent) -> list[ChildWelfareAuthority]:
    """Authorities for which the agent holds a role that spans the whole authority."""
    found = {
        posting.organisation.authority_id: posting.organisation.authority
        for posting in postings_of(agent)
        if posting.role in AUTHORITY_WIDE and posting.organisation.authority
    }
    return list(found.values())

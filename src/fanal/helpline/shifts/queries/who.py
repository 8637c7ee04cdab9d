"""For which helpline somebody works today, and who works there."""

from __future__ import annotations

from django.db.models import Q
from django.utils.timezone import localdate

from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.errors import NotVisible
from fanal.helpline.shifts.weeks import HERE

LISTENING = (Role.LISTENER, Role.COORDINATOR)


def helpline_of(agent: Agent) -> Organisation:
    """
    The helpline for which the agent works today.

    Raises:
        NotVisible: none.
    """
    for posting in postings_of(agent):
        if posting.organisation.kind == OrganisationKind.HELPLINE and posting.role in LISTENING:
            return posting.organisation
    raise NotVisible


def listeners_of(helpline: Organisation) -> list[Agent]:
    """Who may be put on the roster today."""
    return list(
        Agent.objects.filter(
            Q(postings__until__isnull=True) | Q(postings__until__gte=localdate(timezone=HERE)),
            postings__organisation=helpline,
            postings__role__in=LISTENING,
            postings__since__lte=localdate(timezone=HERE),
            is_active=True,
        )
        .distinct()
        .order_by("name")
    )

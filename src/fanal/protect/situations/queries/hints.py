"""That other information exists, and nothing of what it says."""

from __future__ import annotations

from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.people.queries import hinted_files
from fanal.protect.situations.models import Situation


def other_information_exists(*, agent: Agent, situation: Situation) -> bool:
    """
    Whether another file of this authority may concern the same minor; each display is traced.

    The database leaves out what is sealed and what the agent is excluded from.
    """
    exists = hinted_files(situation.case_file).exists()
    if exists:
        record(agent=agent, deed="situation.hint", subject=situation, outcome=Outcome.READ)
    return exists


def desk_to_call(situation: Situation) -> Organisation | None:
    """The CRIP of the authority, with its telephone when it is known."""
    desks = Organisation.objects.filter(
        kind=OrganisationKind.CHILD_WELFARE,
        authority=situation.authority,
        postings__role=Role.CRIP,
    ).distinct()
    return desks.order_by("phone", "name").last()

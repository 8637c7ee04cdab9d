"""The five places from which a file is looked at, and the people who look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from config.demonstration.world import member
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.models import CaseFile, Exclusion, Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from rows import as_owner

SCOPES = ("own", "shared", "other", "sealed", "excluded")
HERE = "59"
ELSEWHERE = "13"
# Who plays each role in the demonstration; a role that nobody plays there is played by an extra.
CAST = {
    Role.AUTHOR: "Sofia",
    Role.CRIP: "Nadia",
    Role.EVALUATOR: "Karim",
    Role.REFERENT: "Claire",
    Role.SUPERVISOR: "Inès",
    Role.ON_CALL: "Omar",
    Role.PARQUET: "Julien",
    Role.ADMINISTRATOR: "Adèle",
    Role.CONTROLLER: "Solène",
    Role.DATA_PROTECTION: "Denis",
    Role.LISTENER: "Maya",
    Role.COORDINATOR: "Anouk",
    Role.DIRECTORY: "Lou",
    Role.CONTACT_POINT: "Hugo",
    Role.RECEPTION: "Noé",
    Role.STEERING: "Yaël",
}
KINDS = {
    Role.AUTHOR: {"kind": "school"},
    Role.LISTENER: {"kind": "helpline"},
    Role.COORDINATOR: {"kind": "helpline"},
    Role.DIRECTORY: {"kind": "association"},
    Role.CONTACT_POINT: {"kind": "police", "departement_id": "13"},
    Role.RECEPTION: {"kind": "association"},
    Role.STEERING: {"kind": "prefecture", "departement_id": "13"},
    Role.PARQUET: {"kind": "prosecution", "court_id": "tj75056"},
}
AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Undone(Exception):
    """Ends a scope: all that it set up is rolled back."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody of one role, in one scope."""

    agent: Agent
    role: Role
    scope: str


@contextmanager
def looking(role: Role, scope: str) -> Iterator[Looker]:
    """Set a scope up over every file of one authority, for one agent, and undo it."""
    try:
        with transaction.atomic():
            yield Looker(_place(role, scope), role, scope)
            raise Undone
    except Undone:
        return


def _place(role: Role, scope: str) -> Agent:
    with as_owner():
        if scope in ("shared", "other"):
            agent = _elsewhere(role)
            if scope == "shared":
                _grant(agent)
            return agent
        agent = member(CAST[role]) if role in CAST else posted(role, authority=HERE)
        files = CaseFile.objects.all()
        if scope == "sealed":
            # Held by name a minute ago; nothing holds it open now.
            now = datetime.now(tz=UTC)
            files.update(sealed_at=now, seal_reason="motif inventé")
            Grant.objects.filter(agent=agent).update(
                starts_at=AGES_AGO, ends_at=now - timedelta(minutes=1)
            )
        if scope == "excluded":
            Exclusion.objects.filter(agent=agent).delete()
            Exclusion.objects.bulk_create(
                Exclusion(case_file=one, agent=agent, reason="parent (inventé)", since=AGES_AGO)
                for one in files
            )
        return agent


def _elsewhere(role: Role) -> Agent:
    return posted(role, authority=ELSEWHERE)


def posted(role: Role, *, authority: str) -> Agent:
    """Somebody who holds one role, in a place of their own."""
    kind = KINDS.get(role, {"kind": "child_welfare", "authority_id": authority})
    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=OrganisationFactory(**kind), role=role)
    return agent


def _grant(agent: Agent) -> None:
    Grant.objects.bulk_create(
        Grant(case_file=one, agent=agent, capacity=Capacity.STAND_IN, starts_at=AGES_AGO)
        for one in CaseFile.objects.filter(Q(authority_id=HERE))
    )

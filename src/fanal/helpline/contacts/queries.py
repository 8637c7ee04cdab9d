"""Records and what left from them, for whoever may read: each reading leaves its trace."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from fanal.ground.access.decisions import holds, postings_of
from fanal.ground.access.terms import RIGHTS, Right
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State as Talk
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import SENT, Reading, State


def helpline_of(agent: Agent) -> Organisation:
    """
    The helpline at which the agent listens today.

    Raises:
        NotVisible: at none.
    """
    for posting in postings_of(agent):
        listens = Right.LISTEN in RIGHTS[Role(posting.role)]
        if listens and posting.organisation.kind == OrganisationKind.HELPLINE:
            return posting.organisation
    raise NotVisible


def visible_contacts() -> QuerySet[Contact]:
    """Records that the database shows to whoever asks; what they say is read one at a time."""
    return Contact.objects.select_related("listener").defer("content")


def contacts_shown(agent: Agent, filters: dict[str, Any]) -> QuerySet[Contact]:
    """Those of the agent; those of everybody for a coordinator who asks for them."""
    found = visible_contacts()
    if not (filters.get("whose") == "all" and holds(agent, Right.COORDINATE)):
        found = found.filter(listener=agent)
    match filters.get("shown") or "":
        case "":
            found = found.exclude(state=State.CLOSED)
        case "closed":
            found = found.filter(state=State.CLOSED)
        case "concern":
            found = found.filter(transmissions__isnull=False).distinct()
    for name in ("channel", "kind"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("departement"):
        found = found.filter(departement=filters["departement"].strip().upper())
    return found.order_by("-opened_at", "-pk")


def read_contact(*, agent: Agent, ref: UUID) -> Contact:
    """
    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    found = (
        Contact.objects.select_related("listener", "organisation")
        .prefetch_related("transmissions__submission", "transmissions__authority")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="contact.read", subject=found, outcome=Outcome.READ)
    return found


def lock_contact(*, ref: UUID) -> Contact:
    """
    Take one record for a change; a second click waits for the first.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    found = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("organisation", "listener")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def read_transmission(*, agent: Agent, ref: UUID) -> Transmission:
    """
    Raises:
        NotVisible: there is none, or it is not the agent's to read.
    """
    found = (
        Transmission.objects.select_related(
            "contact__organisation", "contact__listener", "author", "authority", "submission"
        )
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="transmission.read", subject=found, outcome=Outcome.READ)
    return found


def lock_transmission(*, ref: UUID) -> Transmission:
    """
    Take what is to leave, after its record: both are locked in that order everywhere.

    Raises:
        NotVisible: there is none, or it is not for whoever is asking.
    """
    of = Transmission.objects.filter(ref=ref).values_list("contact__ref", flat=True).first()
    if of is None:
        raise NotVisible
    contact = lock_contact(ref=of)
    found = (
        Transmission.objects.select_for_update(of=("self",))
        .select_related("author", "authority", "submission")
        .get(ref=ref)
    )
    found.contact = contact
    return found


def of_conversation(talk: UUID) -> Contact | None:
    """The record of a conversation, when whoever asks may see it."""
    return visible_contacts().filter(conversation=talk).first()


def follow_conversation(talk: UUID) -> UUID | None:
    """The record of the conversation that whoever asks holds now is theirs: its reference."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_follow(%s)", [talk])
        followed: UUID | None = cursor.fetchone()[0]
    return followed


def is_held_by(talk: Conversation, agent: Agent) -> bool:
    return talk.listener_id == agent.pk and talk.state in (Talk.ACTIVE, Talk.ENDED)


def coordinators_of(organisation: Organisation, *, on: date) -> list[Agent]:
    """Who reads after the listeners of a helpline, that day."""
    postings = Posting.objects.filter(organisation=organisation, role=Role.COORDINATOR)
    return list(
        Agent.objects.filter(is_active=True, postings__in=postings.current(on=on))
        .distinct()
        .order_by("name")
    )


def to_read() -> QuerySet[Transmission]:
    """What waits for a second reader: before it leaves, or once it has left."""
    return _with_names().filter(reading__in=(Reading.TO_SIGN, Reading.TO_REVIEW))


def sent_back_to(agent: Agent) -> QuerySet[Transmission]:
    """What the agent wrote and a second reader gave back."""
    return _with_names().filter(reading=Reading.SENT_BACK, contact__listener=agent)


def awaiting_answer(authority: str = "") -> QuerySet[Transmission]:
    """What left and has no answer yet, of one authority or of all, the oldest first."""
    found = _with_names().filter(authority=authority) if authority else _with_names()
    return (
        found.filter(reading__in=SENT)
        .exclude(Q(answered_at__isnull=False) | Q(submission__status="outcome_given"))
        .order_by("sent_at", "pk")
    )


def _with_names() -> QuerySet[Transmission]:
    return Transmission.objects.select_related(
        "contact", "author", "authority", "submission"
    ).defer("content", "contact__content", "note")

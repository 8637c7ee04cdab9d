"""Short ways to write a record and to let something leave from it. Everybody is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import Channel

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def child(given: str = "Lila", age: int | None = 16, **more: Any) -> dict[str, Any]:
    return {"given_names": given, "family_name": "Inventée", "age": age, "sex": "F"} | more


def written(**changes: Any) -> dict[str, Any]:
    """Answers that are enough to transmit, of a child who can wait for a second reader."""
    return {
        "caller_kind": "mother",
        "caller_named": "no",
        "caller_name": "Anne Appelante",
        "caller_contact": "06 00 00 00 00",
        "children": [child()],
        "commune": "59350",
        "immediate_danger": "no",
        "missing_now": "no",
        "facts": "Sort la nuit depuis deux mois. [personne inventée]",
        "dangers": ["exploitation.suspected"],
        "exploitation": "suspected",
        "child_informed": "no",
        "parents_informed": "yes",
    } | changes


def kept(agent: Agent, content: dict[str, Any] | None = None, *, now: datetime = NOON) -> Contact:
    with acting_as(agent):
        contact = use_cases.open_contact(agent=agent, channel=Channel.CALL, now=now)
        return use_cases.save_contact(
            agent=agent,
            ref=contact.ref,
            content=written() if content is None else content,
            now=now,
        )


def prepared(
    agent: Agent, contact: Contact, *, group: int = 1, now: datetime = NOON
) -> Transmission:
    with acting_as(agent):
        return use_cases.prepare_concern(agent=agent, ref=contact.ref, group=group, now=now)


def digest(agent: Agent, found: Transmission, *, now: datetime = NOON) -> str:
    """Of what that agent reads now."""
    with acting_as(agent):
        known = Transmission.objects.select_related("contact__organisation", "author")
        ready = use_cases.ready_of(known.get(pk=found.pk), now=now)
        return use_cases.digest_of(ready.content)


def signed(agent: Agent, found: Transmission, *, now: datetime = NOON) -> Transmission:
    read = digest(agent, found, now=now)
    with acting_as(agent):
        return use_cases.sign_concern(agent=agent, ref=found.ref, digest=read, now=now)

"""Invented records: one beside a conversation, three informations that left, one that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fanal.detect.concerns import use_cases as concerns
from fanal.detect.concerns.models import Concern
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State as Talk
from fanal.helpline.contacts import use_cases as contacts
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import Channel, Kind, State

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _child(given: str, age: int, *, group: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "given_names": given,
        "family_name": "Chimère" if group == 1 else "Imaginé",
        "age": age,
        "sex": "F",
        "group": group,
        **more,
    }


WRITTEN: dict[str, Any] = {
    "caller_kind": "mother",
    "caller_named": "no",
    "children": [_child("Lila", 16), _child("Tessa", 15, tie="sœur")],
    "commune": "Lille (59350)",
    "immediate_danger": "no",
    "missing_now": "no",
    "facts": "Sort la nuit depuis deux mois, rentre avec des vêtements neufs. Sa mère ne sait "
    "plus comment lui parler. [personne inventée]",
    "dangers": ["exploitation.suspected", "behaviour.runaway"],
    "exploitation": "suspected",
    "child_informed": "no",
    "parents_informed": "yes",
    "answer": "Écoute, et numéro du lieu d’accueil le plus proche.",
}
ADVICE: dict[str, Any] = {
    "caller_kind": "friend",
    "children": [_child("Nila", 15)],
    "departement": "13",
    "facts": "S’inquiète pour une amie qui ne vient plus au collège. [personne inventée]",
    "requests": ["request.friends"],
    "answer": "Comment en parler à un adulte du collège ; le 119 à tout moment.",
}


def play_contacts(cast: dict[str, Agent], *, now: datetime) -> None:
    maya, anouk, nadia = cast["maya"], cast["anouk"], cast["nadia"]
    _answered(maya, anouk, nadia, now - 12 * DAY)
    _signed(maya, anouk, now - 5 * DAY, WRITTEN)
    _advised(maya, now - DAY)
    _prepare(maya, WRITTEN, now - 5 * HOUR)
    young = WRITTEN | {"children": [_child("Zélie", 13)]}
    _prepare(maya, young, now - 2 * HOUR)
    _send_back(maya, anouk, now - 26 * HOUR)
    _written(anouk, Channel.FORM, ADVICE, now - 3 * HOUR)
    _beside(maya, now)


def _written(agent: Agent, channel: Channel, content: dict[str, Any], at: datetime) -> Contact:
    with acting_as(agent):
        contact = contacts.open_contact(agent=agent, channel=channel, now=at)
        return contacts.save_contact(agent=agent, ref=contact.ref, content=content, now=at)


def _prepare(agent: Agent, content: dict[str, Any], at: datetime) -> Transmission:
    contact = _written(agent, Channel.CALL, content, at)
    with acting_as(agent):
        return contacts.prepare_concern(agent=agent, ref=contact.ref, group=1, now=at)


def _sign(agent: Agent, ref: UUID, at: datetime) -> Transmission:
    with acting_as(agent):
        found = Transmission.objects.select_related("contact__organisation", "author").get(ref=ref)
        digest = contacts.digest_of(contacts.ready_of(found, now=at).content)
        return contacts.sign_concern(agent=agent, ref=ref, digest=digest, now=at)


def _signed(maya: Agent, anouk: Agent, at: datetime, content: dict[str, Any]) -> Transmission:
    waiting = _prepare(maya, content, at)
    sent = _sign(anouk, waiting.ref, at + HOUR)
    with acting_as(maya):
        contacts.close_contact(agent=maya, ref=waiting.contact.ref, now=at + 2 * HOUR)
    return sent


def _answered(maya: Agent, anouk: Agent, nadia: Agent, at: datetime) -> None:
    """The CRIP opened it, and answered the next day."""
    sent = _signed(maya, anouk, at, WRITTEN | {"exploitation": "none", "dangers": []})
    with acting_as(nadia):
        concern = Concern.objects.get(submission__ref=sent.submission.ref)  # type: ignore[union-attr]
        concerns.open_concern(agent=nadia, ref=concern.ref, now=at + 4 * HOUR)
        concerns.dismiss_concern(
            agent=nadia,
            ref=concern.ref,
            reason="La famille est déjà accompagnée, et l’enfant va bien.",
            now=at + DAY,
        )


def _advised(maya: Agent, at: datetime) -> None:
    advised = _written(maya, Channel.CALL, ADVICE, at)
    cut_short = _written(maya, Channel.CALL, {}, at + HOUR)
    with acting_as(maya):
        for contact, outcome, kind in (
            (advised, State.ADVISED, None),
            (cut_short, State.ABANDONED, Kind.ABANDONED),
        ):
            contacts.conclude_contact(agent=maya, ref=contact.ref, outcome=outcome, now=at + HOUR)
            contacts.close_contact(agent=maya, ref=contact.ref, kind=kind, now=at + HOUR)


def _send_back(maya: Agent, anouk: Agent, at: datetime) -> None:
    two_homes = WRITTEN | {"children": [_child("Maëlle", 17), _child("Soraya", 16, group=2)]}
    waiting = _prepare(maya, two_homes, at)
    with acting_as(anouk):
        contacts.send_back(
            agent=anouk,
            ref=waiting.ref,
            reason="Dites depuis quand, et qui l’a vue rentrer.",
            now=at + HOUR,
        )


def _beside(maya: Agent, now: datetime) -> None:
    """Of the conversation that Maya leads."""
    with acting_as(maya):
        led = Conversation.objects.filter(listener=maya, state=Talk.ACTIVE).first()
        if led is not None:
            contacts.open_for_conversation(agent=maya, talk=led.ref, now=now)

"""What whoever listens may do with a letter; one listener a letter, each act leaves its trace."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.chats.asked import cleaned
from fanal.helpline.letters import terms
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.terms import Side, Source, State, Way
from fanal.prevent.exchange.use_cases import pass_answer


class AlreadyTaken(Refusal):
    message = "Quelqu’un d’autre a pris cette lettre."


class AlreadyAnswered(Refusal):
    message = "Cette lettre a déjà sa réponse."


class NotYours(Refusal):
    message = "Cette lettre est tenue par quelqu’un d’autre, ou attend d’être prise."


class NothingSaid(Refusal):
    message = "Écrivez la réponse avant de l’envoyer."


@transaction.atomic
def take_letter(*, agent: Agent, ref: UUID, now: datetime) -> Letter:
    """
    Take a letter that waits. Taken again by who has it, it stays theirs.

    Raises:
        NotVisible: not of the agent's helpline.
        AlreadyTaken, AlreadyAnswered: somebody was quicker.
    """
    letter = _locked(ref)
    if letter.state in (State.ANSWERED, State.CLOSED):
        raise AlreadyAnswered
    if letter.state == State.TAKEN:
        if letter.listener_id == agent.pk:
            return letter
        raise AlreadyTaken
    letter.state, letter.listener, letter.taken_at = State.TAKEN, agent, now
    letter.save(update_fields=["state", "listener", "taken_at"])
    record(agent=agent, deed="letter.take", subject=letter, detail={"level": letter.level})
    return letter


@transaction.atomic
def answer_letter(
    *, agent: Agent, ref: UUID, text: str, key: UUID, now: datetime, way: Way = Way.CODE
) -> Letter:
    """
    Answer: the text waits for whoever comes back with the code. By telephone or mail, an empty
    text says that much and no more. Sent again with its key, it is the same answer.

    Raises:
        NotVisible, NotYours.
        NothingSaid: an answer that is read here has words.
    """
    letter = _locked(ref)
    if letter.texts.filter(key=key).exists():
        return letter
    if letter.state != State.TAKEN or letter.listener_id != agent.pk:
        raise NotYours
    said = cleaned(text, longest=terms.LONGEST_LETTER) or terms.BY_OTHER_WAY.get(way, "")
    if not said:
        raise NothingSaid
    letter.last += 1
    letter.state, letter.answered_at = State.ANSWERED, now
    LetterText.objects.create(
        letter=letter, number=letter.last, side=Side.LISTENER, way=way, text=said, key=key, at=now
    )
    letter.save(update_fields=["state", "answered_at", "last"])
    if letter.source == Source.DISCLOSURE:
        # Whoever wrote comes back by the code of the question that they had asked.
        pass_answer(ref=letter.sent, text=said, now=now)
    record(
        agent=agent,
        deed="letter.answer",
        subject=letter,
        detail={"way": str(way), "late": now > letter.due_at},
    )
    return letter


@transaction.atomic
def give_back(*, agent: Agent, ref: UUID, now: datetime) -> Letter:
    """
    It waits again, at the place that its class and its promise give it.

    Raises:
        NotVisible, NotYours.
    """
    letter = _locked(ref)
    if letter.state != State.TAKEN or letter.listener_id != agent.pk:
        raise NotYours
    letter.state, letter.listener, letter.taken_at = State.WAITING, None, None
    letter.save(update_fields=["state", "listener", "taken_at"])
    record(agent=agent, deed="letter.give_back", subject=letter)
    return letter


@transaction.atomic
def close_letter(*, agent: Agent, ref: UUID, now: datetime) -> Letter:
    """
    Nothing more to do: answered, or nothing that can be answered. A word added opens it again.

    Raises:
        NotVisible
        NotYours: it waits for an answer, and somebody else holds it or nobody does.
    """
    letter = _locked(ref)
    if letter.state == State.CLOSED:
        return letter
    if letter.state != State.ANSWERED and letter.listener_id != agent.pk:
        raise NotYours
    answered = letter.state == State.ANSWERED
    letter.state, letter.closed_at = State.CLOSED, now
    letter.save(update_fields=["state", "closed_at"])
    record(agent=agent, deed="letter.close", subject=letter, detail={"answered": answered})
    return letter


def _locked(ref: UUID) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found

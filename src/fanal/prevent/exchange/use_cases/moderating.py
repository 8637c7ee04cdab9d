"""What whoever moderates does with a question: answer, set aside, say that it is a danger."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.exchange import terms
from fanal.prevent.exchange.events import DangerDisclosed
from fanal.prevent.exchange.models import PublicAnswer, Question
from fanal.prevent.exchange.terms import EntryState, State
from fanal.prevent.exchange.use_cases.asking import cleaned


class AlreadySettled(Refusal):
    message = "Quelqu’un d’autre a déjà traité cette question."


class NothingSaid(Refusal):
    message = "Écrivez la réponse avant de l’envoyer."


@transaction.atomic
def answer_question(*, agent: Agent, ref: UUID, text: str, now: datetime) -> Question:
    """
    Answer who asked: they alone read it, with their code. Nothing is published by it.

    Raises:
        NotVisible: not of the agent's organisation.
        AlreadySettled: somebody was quicker.
        NothingSaid: an answer has words.
    """
    question = _waiting(ref)
    said = cleaned(text, longest=terms.LONGEST_ANSWER)
    if not said:
        raise NothingSaid
    question.state, question.answer, question.answered_at = State.ANSWERED, said, now
    _settle(question, agent, now, "answer", "answered_at")
    record(agent=agent, deed="question.answer", subject=question)
    return question


@transaction.atomic
def set_aside(*, agent: Agent, ref: UUID, now: datetime) -> Question:
    """
    Nothing to answer: an insult, a test, an advertisement.

    Raises:
        NotVisible, AlreadySettled.
    """
    question = _waiting(ref)
    question.state = State.SET_ASIDE
    _settle(question, agent, now)
    record(agent=agent, deed="question.set_aside", subject=question)
    return question


@transaction.atomic
def disclose_danger(*, agent: Agent, ref: UUID, now: datetime) -> Question:
    """
    The one key. Whoever listens is told by a job of this very transaction; nothing of the question
    is ever published, and what was is withdrawn. Pressed again, it changes nothing.

    Raises:
        NotVisible: not of the agent's organisation.
    """
    question = _locked(ref)
    if question.state == State.DANGER:
        return question
    question.state = State.DANGER
    _settle(question, agent, now)
    PublicAnswer.objects.filter(about=question.ref).update(state=EntryState.WITHDRAWN)
    record(agent=agent, deed="question.danger", subject=question)
    DangerDisclosed(question.ref).announce()
    return question


@transaction.atomic
def pass_answer(*, ref: UUID, text: str, now: datetime) -> None:
    """
    What whoever listens answered to a danger, for who asked to read with their code. Erased since,
    or never a danger, nothing is passed.
    """
    question = Question.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if question is None or question.state != State.DANGER:
        return
    question.answer, question.answered_at = text[: terms.LONGEST_ANSWER], now
    question.save(update_fields=["answer", "answered_at"])


def _settle(question: Question, agent: Agent, now: datetime, *more: str) -> None:
    question.settled_by, question.settled_at = agent, now
    question.save(update_fields=["state", "settled_by", "settled_at", *more])


def _waiting(ref: UUID) -> Question:
    question = _locked(ref)
    if question.state != State.WAITING:
        raise AlreadySettled
    return question


def _locked(ref: UUID) -> Question:
    found = Question.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found

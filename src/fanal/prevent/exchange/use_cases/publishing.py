"""One rewrites, another reads again and publishes: nothing is public by one hand alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.prevent.exchange import terms
from fanal.prevent.exchange.flags import flags_of
from fanal.prevent.exchange.models import PublicAnswer, Question
from fanal.prevent.exchange.queries import plain_words
from fanal.prevent.exchange.terms import EntryState, State
from fanal.prevent.exchange.use_cases.asking import cleaned


class NotPublishable(Refusal):
    message = "Seule une question qui a eu sa réponse, et où rien ne parle d’un danger, se publie."


class OwnWords(Refusal):
    message = "Quelqu’un d’autre que la personne qui a réécrit doit relire avant de publier."


class NotToRead(Refusal):
    message = "Ce texte n’attend pas de relecture."


@dataclass(frozen=True, slots=True)
class Rewritten:
    title: str
    question: str
    answer: str


@transaction.atomic
def propose_entry(*, agent: Agent, ref: UUID, rewritten: Rewritten, now: datetime) -> PublicAnswer:
    """
    Rewrite a question that was answered. It waits to be read by somebody else.

    Raises:
        NotVisible: not of the agent's organisation.
        NotPublishable: it waits for its answer, was set aside, or speaks of a danger.
    """
    question = Question.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if question is None:
        raise NotVisible
    if question.state != State.ANSWERED:
        raise NotPublishable
    entry = PublicAnswer(organisation_id=question.organisation_id, about=question.ref)
    _rewrite(entry, agent, rewritten, now)
    entry.save()
    record(agent=agent, deed="entry.propose", subject=entry)
    return entry


@transaction.atomic
def rewrite_entry(*, agent: Agent, ref: UUID, rewritten: Rewritten, now: datetime) -> PublicAnswer:
    """
    Change a text: published or not, it waits to be read again.

    Raises:
        NotVisible, NotToRead.
    """
    entry = _locked(ref)
    if entry.state == EntryState.WITHDRAWN:
        raise NotToRead
    _rewrite(entry, agent, rewritten, now)
    entry.save()
    record(agent=agent, deed="entry.rewrite", subject=entry)
    return entry


@transaction.atomic
def publish_entry(*, agent: Agent, ref: UUID, now: datetime) -> PublicAnswer:
    """
    Read again by somebody else, who saw what the rules flag and decides: it is public.

    Raises:
        NotVisible: not of the agent's organisation.
        NotToRead: published or withdrawn already.
        OwnWords: the agent wrote it.
        NotPublishable: a danger was read in the question since.
    """
    entry = _locked(ref)
    if entry.state != EntryState.DRAFT:
        raise NotToRead
    if entry.written_by_id == agent.pk:
        raise OwnWords
    if Question.objects.filter(ref=entry.about, state=State.DANGER).exists():
        raise NotPublishable
    entry.state, entry.reviewed_by, entry.reviewed_at = EntryState.PUBLISHED, agent, now
    entry.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    kinds = sorted({one.kind for one in flags_of(entry.title, entry.question, entry.answer)})
    record(agent=agent, deed="entry.publish", subject=entry, detail={"flagged": kinds})
    return entry


@transaction.atomic
def withdraw_entry(*, agent: Agent, ref: UUID, now: datetime) -> PublicAnswer:
    """
    It is public no more, or never will be.

    Raises:
        NotVisible
    """
    entry = _locked(ref)
    entry.state = EntryState.WITHDRAWN
    entry.save(update_fields=["state"])
    record(agent=agent, deed="entry.withdraw", subject=entry)
    return entry


def _rewrite(entry: PublicAnswer, agent: Agent, rewritten: Rewritten, now: datetime) -> None:
    entry.title = cleaned(rewritten.title, longest=terms.LONGEST_TITLE)
    entry.question = cleaned(rewritten.question, longest=terms.LONGEST_QUESTION)
    entry.answer = cleaned(rewritten.answer, longest=terms.LONGEST_ANSWER)
    entry.words = plain_words(entry.title, entry.question, entry.answer)
    entry.state, entry.written_by, entry.written_at = EntryState.DRAFT, agent, now
    entry.reviewed_by = entry.reviewed_at = None


def _locked(ref: UUID) -> PublicAnswer:
    found = PublicAnswer.objects.select_for_update(of=("self",)).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found

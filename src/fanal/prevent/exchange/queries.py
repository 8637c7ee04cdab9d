"""What is read: by everybody, what was published; by who moderates, what waits."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, QuerySet

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import postings_of
from fanal.ground.access.terms import RIGHTS, Purpose, Right
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import OrganisationKind, Role
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.prevent.exchange.models import PublicAnswer, PublishedAnswer, Question
from fanal.prevent.exchange.terms import LONGEST_SEARCH, EntryState, State

FRENCH = "french"
VECTOR = SearchVector("words", config=FRENCH)


def moderators_here() -> Organisation | None:
    """Whose people moderate the questions of this instance."""
    return Organisation.objects.filter(kind=OrganisationKind.HELPLINE).order_by("pk").first()


def who_moderate(moderators: Organisation, *, on: date) -> list[Agent]:
    """Whoever answers questions there that day."""
    roles = [role for role, rights in RIGHTS.items() if Right.MODERATE in rights]
    posted = moderators.postings.current(on=on).filter(role__in=roles)
    return list(Agent.objects.filter(is_active=True, postings__in=posted).distinct())


def plain_words(*texts: str) -> str:
    """
    >>> plain_words("Où dormir ?", "Cœur serré")
    'ou dormir ? coeur serre'
    """
    apart = unicodedata.normalize("NFKD", " ".join(texts).lower().replace("œ", "oe"))
    return "".join(one for one in apart if not unicodedata.combining(one)).replace("’", "'")


def published() -> QuerySet[PublishedAnswer]:
    """What two people have read, the last first. All that a public page may ask."""
    return PublishedAnswer.objects.order_by("-reviewed_at", "-pk")


def search(text: str) -> QuerySet[PublishedAnswer]:
    """Those published that share a word with a text, in whatever form, nearest first."""
    folded = plain_words(text[:LONGEST_SEARCH])
    words = "".join(one if one.isalnum() else " " for one in folded).split()
    if not words:
        return published()
    wanted = reduce(or_, (SearchQuery(one, config=FRENCH) for one in words))
    found = published().annotate(near=VECTOR, rank=SearchRank(VECTOR, wanted))
    return found.filter(near=wanted).order_by("-rank", "-reviewed_at", "-pk")


def read_published(ref: UUID) -> PublishedAnswer | None:
    """None: it does not exist, or is not published."""
    return published().filter(ref=ref).first()


def waiting() -> QuerySet[Question]:
    """Those that whoever asks may see and nobody has settled, by class, then by arrival."""
    return Question.objects.filter(state=State.WAITING).order_by("level", "received_at", "pk")


def settled() -> QuerySet[Question]:
    return Question.objects.exclude(state=State.WAITING).order_by("-settled_at", "-pk")


def listed_entries() -> QuerySet[PublicAnswer]:
    """What waits to be read again, then what is published; for whoever moderates."""
    listed = PublicAnswer.objects.exclude(state=EntryState.WITHDRAWN)
    return listed.select_related("written_by").order_by(F("state"), "-written_at", "-pk")


def read_question(*, agent: Agent, ref: UUID) -> Question:
    """
    One question, for whoever moderates; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another organisation's.
    """
    found = Question.objects.filter(ref=ref).select_related("settled_by").first()
    if found is None:
        raise NotVisible
    record(agent=agent, deed="question.read", subject=found, outcome=Outcome.READ)
    return found


def entries_about(question: Question) -> QuerySet[PublicAnswer]:
    return PublicAnswer.objects.filter(about=question.ref).order_by("-written_at", "-pk")


def read_entry(*, agent: Agent, ref: UUID) -> PublicAnswer:
    """
    One entry in whatever state, for whoever moderates where it was written; leaves a trace.

    Raises:
        NotVisible: it does not exist, or is another organisation's.
    """
    found = (
        PublicAnswer.objects.filter(ref=ref, organisation__in=_moderated_by(agent))
        .select_related("written_by", "reviewed_by")
        .first()
    )
    if found is None:
        raise NotVisible
    record(agent=agent, deed="entry.read", subject=found, outcome=Outcome.READ)
    return found


def _moderated_by(agent: Agent) -> list[int]:
    moderating = (one for one in postings_of(agent) if Right.MODERATE in RIGHTS[Role(one.role)])
    return [one.organisation_id for one in moderating]


def disclosed(ref: UUID) -> Question | None:
    """A question in which somebody read a danger, for whoever hears of it; None: erased since."""
    with acting_as(None, purpose=Purpose.DISCLOSURE):
        return Question.objects.filter(ref=ref).select_related("organisation").first()

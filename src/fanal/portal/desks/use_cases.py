from __future__ import annotations

from uuid import UUID

from django.db import transaction

from fanal.ground.agents.models import Agent, SavedFilter
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.searches import without_words

MOST = 20


class NameMissing(Refusal):
    message = "Donnez un nom à ce filtre."


class TooMany(Refusal):
    message = f"Vous avez déjà {MOST} filtres : effacez-en un."


@transaction.atomic
def save_filter(*, agent: Agent, screen: str, name: str, query: str) -> SavedFilter:
    """
    Keep a list's filters under a name; the same name again replaces them.

    Raises:
        NameMissing, TooMany: it is not kept.
    """
    if not name.strip():
        raise NameMissing
    others = SavedFilter.objects.filter(agent=agent).exclude(screen=screen, name=name.strip())
    if others.count() >= MOST:
        raise TooMany
    saved, _ = SavedFilter.objects.update_or_create(
        agent=agent,
        screen=screen,
        name=name.strip()[:60],
        defaults={"query": without_words(query)[:500]},
    )
    return saved


@transaction.atomic
def forget_filter(*, agent: Agent, ref: UUID) -> None:
    """
    Raises:
        NotVisible: it is another agent's filter, or nobody's.
    """
    if not SavedFilter.objects.filter(agent=agent, ref=ref).delete()[0]:
        raise NotVisible

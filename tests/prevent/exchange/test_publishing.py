"""Nothing unreviewed is ever public, whatever is done in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.errors import Refusal
from fanal.ground.shell.visitors import form_token
from fanal.prevent.exchange import queries, use_cases
from fanal.prevent.exchange.models import PublicAnswer, PublishedAnswer, Question
from fanal.prevent.exchange.terms import EntryState, State
from fanal.prevent.exchange.use_cases import NotPublishable, OwnWords, Rewritten
from past import past
from prevent.exchange.asking import NOON, TEXT, answered, asked, proposed, published
from sizes import size

pytestmark = pytest.mark.django_db
ANSWERS = reverse("exchange:answers")


def public_pages(client: Client) -> str:
    """Every public page there is, and what each search gives."""
    pages = [client.get(ANSWERS), client.get(reverse("exchange:ask"))]
    pages += [
        client.post(ANSWERS, {"jeton": form_token(), "words": words})
        for words in ("", "texte", "secret", "question", "réponse")
    ]
    pages += [client.get(reverse("exchange:entry", args=[one.ref])) for one in past(PublicAnswer)]
    return " ".join(page.content.decode() for page in pages)


STEPS = ("answer", "set_aside", "danger", "propose", "rewrite", "publish", "withdraw")


@given(done=st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=9))
@settings(
    max_examples=size(10, 25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_that_nobody_else_read_is_ever_public(
    client: Client, maya: Agent, tom: Agent, done: list[tuple[str, bool]]
) -> None:
    with suppress(_Undone), transaction.atomic():
        ref, _ = asked("Secret de la question zzzsecret.")
        read_by_other: set[str] = set()
        writer: dict[UUID, Agent] = {}
        count = 0
        for step, first in done:
            agent, entry = (maya if first else tom), past(PublicAnswer).order_by("-pk").first()
            count += 1
            text = Rewritten(f"Titre zzz{count}a", "Un texte.", "Une réponse.")
            acts: dict[str, Callable[[], object]] = {
                "answer": lambda a=agent: use_cases.answer_question(
                    agent=a, ref=ref, text="Réponse zzzprivee.", now=NOON
                ),
                "set_aside": lambda a=agent: use_cases.set_aside(agent=a, ref=ref, now=NOON),
                "danger": lambda a=agent: use_cases.disclose_danger(agent=a, ref=ref, now=NOON),
                "propose": lambda a=agent, t=text: use_cases.propose_entry(
                    agent=a, ref=ref, rewritten=t, now=NOON
                ),
                "rewrite": lambda a=agent, t=text, e=entry: use_cases.rewrite_entry(
                    agent=a, ref=e.ref if e else uuid4(), rewritten=t, now=NOON
                ),
                "publish": lambda a=agent, e=entry: use_cases.publish_entry(
                    agent=a, ref=e.ref if e else uuid4(), now=NOON
                ),
                "withdraw": lambda a=agent, e=entry: use_cases.withdraw_entry(
                    agent=a, ref=e.ref if e else uuid4(), now=NOON
                ),
            }
            try:
                with acting_as(agent):
                    acts[step]()
            except Refusal:
                continue
            if step in ("propose", "rewrite"):
                writer[past(PublicAnswer).order_by("-pk").first().ref] = agent
            if step == "publish":
                assert entry is not None
                assert writer[entry.ref] != agent
                read_by_other.add(entry.title)
        seen = public_pages(client)
        in_danger = past(Question).get(ref=ref).state == State.DANGER
        for one in past(PublicAnswer):
            shown = one.title in seen
            assert shown == (one.state == EntryState.PUBLISHED)
            assert not shown or (one.title in read_by_other and not in_danger)
        assert "zzzsecret" not in seen
        assert "zzzprivee" not in seen
        raise _Undone


class _Undone(Exception):
    pass


def test_who_wrote_does_not_publish(maya: Agent, tom: Agent) -> None:
    ref, _ = asked()
    answered(maya, ref)
    entry = proposed(maya, ref)
    with acting_as(maya), pytest.raises(OwnWords):
        use_cases.publish_entry(agent=maya, ref=entry.ref, now=NOON)
    with acting_as(tom):
        use_cases.publish_entry(agent=tom, ref=entry.ref, now=NOON)
    assert queries.read_published(entry.ref) is not None


def test_a_question_without_its_answer_is_not_rewritten(maya: Agent) -> None:
    ref, _ = asked()
    with pytest.raises(NotPublishable):
        proposed(maya, ref)


def test_the_database_refuses_what_the_application_might_forget(maya: Agent, tom: Agent) -> None:
    entry = published(maya, tom)
    with acting_as(maya):
        for change in ({"title": "Autre chose"}, {"reviewed_by": maya}, {"reviewed_by": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                PublicAnswer.objects.filter(pk=entry.pk).update(**change)
    ref, _ = asked()
    answered(maya, ref)
    draft = proposed(maya, ref)
    with acting_as(maya), pytest.raises(DatabaseError), transaction.atomic():
        PublicAnswer.objects.filter(pk=draft.pk).update(
            state="published", reviewed_by=tom, reviewed_at=NOON
        )


def test_everybody_reads_a_view_and_neither_the_table_nor_who_wrote(
    maya: Agent, tom: Agent
) -> None:
    published(maya, tom)
    assert not PublicAnswer.objects.exists()
    columns = {field.column for field in PublishedAnswer._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exchange_published")
        assert {one.name for one in cursor.description} == columns
        assert len(cursor.fetchall()) == 1
    for change in ("DELETE FROM exchange_published", "UPDATE exchange_published SET title = 'a'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_changed_it_is_public_no_more_until_it_is_read(maya: Agent, tom: Agent) -> None:
    entry = published(maya, tom)
    with acting_as(maya):
        use_cases.rewrite_entry(agent=maya, ref=entry.ref, rewritten=TEXT, now=NOON)
    assert queries.read_published(entry.ref) is None


def test_the_words_are_found_in_whatever_form(maya: Agent, tom: Agent) -> None:
    sleep = published(maya, tom)
    money = published(
        maya, tom, Rewritten("On me demande de l’argent", "Quelqu’un insiste.", "N’envoyez rien.")
    )
    for words in ("dormir", "INFIRMIERE", "infirmières nuit", "nuits"):
        assert [one.ref for one in queries.search(words)] == [sleep.ref], words
    assert [one.ref for one in queries.search("argents demander")] == [money.ref]
    assert list(queries.search("xylophone")) == []
    assert len(queries.search("' | & !")) == 2

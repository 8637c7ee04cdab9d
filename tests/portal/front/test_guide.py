"""Questions without a label: whom they lead to, what they never say, who reviewed them."""

from __future__ import annotations

import re
from html import unescape
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import OrganisationKind
from fanal.ground.shell.visitors import form_token
from fanal.portal.front.advising import MOST, advise
from fanal.portal.front.guide import DOORS, EDITIONS, WHO, read_guide
from fanal.prevent.spaces.terms import Audience, Need
from portal.front.naming import NAMED

ALL = [(edition, who) for edition, who in product(EDITIONS, WHO)]
# A sentence of the easy edition holds one idea.
EASY_WORDS = 15


def sent(client: Client, edition: str, who: str, **answers: str) -> str:
    answer = client.post(
        reverse("front:ask", args=[edition, who]), {"jeton": form_token()} | answers
    )
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def plain(page: str) -> str:
    """What is read of a page: numbers of an edition from right to left are held apart in it."""
    return unescape(re.sub(r"</?bdi[^>]*>", "", page))


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_four_questions_for_each_and_the_place_is_the_fifth(edition: str) -> None:
    guide, first = read_guide(edition), read_guide(EDITIONS[0])
    assert set(guide.words) == set(first.words)
    for who in guide.people.values():
        assert [one.key for one in who.questions] == ["now", "what", "how", "whom"]
        assert who.audience in Audience.values
        assert {one.need for q in who.questions for one in q.answers} <= {"", *Need.values}
        assert any(one.danger for one in who.questions[0].answers)


@given(st.data())
def test_whatever_is_answered_there_are_doors_and_never_more_than_three(
    data: st.DataObject,
) -> None:
    edition, who = data.draw(st.sampled_from(ALL))
    asked = read_guide(edition).people[who]
    answers = {
        one.key: data.draw(st.sampled_from(["", "inconnu", *(a.name for a in one.answers)]))
        for one in asked.questions
    }
    served = data.draw(st.sets(st.sampled_from(DOORS))) | {"call", "place"}

    advice = advise(asked, answers, served=served)

    assert 2 <= len(advice.doors) <= MOST
    assert set(advice.doors) <= served
    assert "call" in advice.doors or len(advice.doors) == MOST
    if answers["now"] in ("yes", "danger"):
        assert advice.in_danger
        assert advice.doors[0] == "call"


@pytest.mark.django_db
@pytest.mark.parametrize(("edition", "who"), ALL)
def test_no_page_names_the_subject(client: Client, edition: str, who: str) -> None:
    asked = read_guide(edition).people[who]
    for answer in asked.questions[1].answers:
        page = sent(client, edition, who, now="unsure", what=answer.name, where="Lille")
        assert NAMED.findall(page) == []
        assert "<title>Fanal</title>" in page
        assert answer.say in plain(page)


@pytest.mark.django_db
def test_who_is_in_danger_has_the_numbers_first(client: Client) -> None:
    page = sent(client, "courant", "moi", now="yes", how="later")

    assert page.index('class="danger-call"') < page.index('id="portes"')
    assert page.count('class="danger-call"') == 1


@pytest.mark.django_db
def test_a_place_is_named_and_an_unknown_one_is_said(client: Client) -> None:
    assert "nulle part au monde" in (
        unknown := sent(client, "courant", "moi", where="nulle part au monde")
    )
    assert "Aucune commune" in unknown
    assert "Aucune commune" not in sent(client, "courant", "moi", where="Lille")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", ["Li\x00lle", "\x00", "%", "_", "\\", "'; --", "\ud7ff", "<b>", "9" * 5000, "\u202e"]
)
def test_no_writing_of_a_place_breaks_the_page(client: Client, where: str) -> None:
    page = sent(client, "courant", "moi", where=where, now="\x00", what="<b>", how="9" * 999)

    assert 'id="portes"' in page
    assert "<b>" not in page


@pytest.mark.django_db
def test_a_form_that_is_not_ours_or_too_old_says_nothing_of_what_it_held(client: Client) -> None:
    address = reverse("front:ask", args=["courant", "moi"])

    old = client.post(address, {"now": "yes"}).content.decode()
    assert 'id="portes"' not in old
    assert read_guide("courant").words["too_old"] in old
    foreign = client.post(address, {"now": "yes"}, headers={"Origin": "https://ailleurs.invalid"})
    assert foreign.status_code == 403


@pytest.mark.django_db
def test_a_closed_conversation_is_proposed_to_who_wants_to_write_and_said_to_be_closed(
    client: Client, settings: Settings
) -> None:
    Organisation.objects.create(name="Ligne inventée", kind=OrganisationKind.HELPLINE)
    settings.FANAL_CHAT_HOURS = "Mo-Su 00:00-24:00 off"
    # The foot of every page says when it opens.
    said, asked = (
        sent(client, "courant", "moi", how=how).partition("<footer")[0]
        for how in ("voice", "write")
    )

    assert "/parler/" not in said
    assert "/parler/" in asked


def test_the_easy_edition_has_short_sentences() -> None:
    guide = read_guide("facile")
    texts = [
        *guide.words.values(),
        *guide.safety.does,
        *guide.safety.hides_not,
        *guide.safety.better,
        *(text for d in guide.doors.values() for text in (d.text, d.next)),
    ]
    for who in guide.people.values():
        texts += [who.title, who.lead, who.where]
        for question in who.questions:
            texts += [question.ask, *(a.label for a in question.answers)]
            texts += [a.say for a in question.answers]
    long = [
        sentence
        for text in texts
        for sentence in re.split(r"[.?!:]", text)
        if len(sentence.split()) > EASY_WORDS
    ]
    assert long == []

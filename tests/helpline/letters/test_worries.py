"""Whoever worries about a child: the same letter, with what was asked written in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.ground.agents.models import Organisation
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.terms import LONGEST_LETTER, Source
from fanal.helpline.letters.worries import LONGEST_ANSWER, LONGEST_WORDS, WorryForm
from helpline.letters.test_page import hidden, words_of
from past import past

pytestmark = pytest.mark.django_db
WORRY = reverse("letters:worry")
SAID = "Des faits inventés, un mardi."


def sent(client: Client, **given: str) -> str:
    form = client.get(WORRY).content.decode()
    given = {"text": SAID, "sent": hidden(form, "sent")} | given
    return client.post(WORRY, given).content.decode()


def test_one_answer_is_enough_and_gives_a_code(client: Client, helpline: Organisation) -> None:
    assert len(words_of(sent(client))) == 5
    letter, text = past(Letter).get(), past(LetterText).get()
    assert (letter.source, letter.writer, letter.topic) == (Source.WORRY, "", "friend")
    assert text.text == SAID


def test_each_answer_is_written_under_its_question(client: Client, helpline: Organisation) -> None:
    sent(
        client,
        tie="Par mon métier",
        age="15, 16 ou 17 ans",
        whereabouts="On ne sait pas où il est",
        place="Quartier inventé",
        departement="59",
    )
    letter = past(Letter).get()
    assert (letter.writer, letter.departement) == ("professional", "59")
    assert past(LetterText).get().text.splitlines() == [
        "Qui êtes-vous pour cet enfant ? Par mon métier",
        "Quel âge a-t-il, à peu près ? 15, 16 ou 17 ans",
        "Sait-on où il est en ce moment ? On ne sait pas où il est",
        "Dans quelle commune ? Quartier inventé",
        "",
        SAID,
    ]


def test_the_longest_answers_leave_every_word_of_the_facts() -> None:
    longest = {name: max(WorryForm().fields[name].choices, key=lambda one: len(one[0]))[0]
               for name in ("tie", "age", "whereabouts")}  # fmt: skip
    said = {"place": "p" * LONGEST_ANSWER, "known": "k" * LONGEST_ANSWER}
    form = WorryForm({"text": "f" * LONGEST_WORDS} | longest | said)
    assert form.is_valid(), form.errors
    assert len(form.written.text) <= LONGEST_LETTER
    assert form.written.text.endswith("f" * LONGEST_WORDS)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, helpline: Organisation
) -> None:
    page = sent(client, text="", place="Quartier inventé", way="phone", contact="abc")
    assert "Il faut écrire quelque chose" in page
    assert "il faut un numéro" in page
    assert 'value="Quartier inventé"' in page
    assert not past(Letter).exists()


def test_in_danger_the_numbers_come_before_it_can_be_sent(
    client: Client, helpline: Organisation, settings: Settings
) -> None:
    settings.FANAL_SERVICE = "Écoute inventée"
    page = sent(client, danger="on")
    assert "une lettre est trop lente" in page
    assert 'href="tel:17"' in page
    assert SAID in page
    assert not past(Letter).exists()
    assert len(words_of(sent(client, danger="on", seen="1"))) == 5
    assert past(Letter).get().in_danger

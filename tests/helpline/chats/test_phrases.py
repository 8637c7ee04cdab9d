"""Ready phrases: written by one, reviewed by another; a way in another language is proposed."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Phrase, Proposal
from fanal.helpline.chats.phrasing import hint_of, longest_of
from fanal.helpline.chats.queries import listed_phrases, offered_phrases
from fanal.helpline.chats.use_cases import (
    NotToReview,
    NotYours,
    OwnWords,
    propose_way,
    retire_phrase,
    review_phrase,
    take_conversation,
    write_phrase,
)
from fanal.helpline.chats.ways import offered_ways
from helpline.chats.talking import NOON, opened
from past import past

pytestmark = pytest.mark.django_db


def write(agent: Agent, text: str = "Tu peux prendre ton temps.", **more: object) -> Phrase:
    with acting_as(agent):
        return write_phrase(agent=agent, title="Prendre son temps", text=text, now=NOON, **more)  # type: ignore[arg-type]


def review(agent: Agent, ref: UUID) -> Phrase:
    with acting_as(agent):
        return review_phrase(agent=agent, ref=ref, now=NOON)


def offered(agent: Agent) -> list[str]:
    with acting_as(agent):
        return list(offered_phrases().values_list("text", flat=True))


@pytest.mark.usefixtures("helpline")
def test_a_phrase_is_offered_once_another_person_reviewed_it(maya: Agent, anouk: Agent) -> None:
    phrase = write(maya)
    assert offered(maya) == []
    review(anouk, phrase.ref)
    assert offered(maya) == ["Tu peux prendre ton temps."]
    kept = past(Phrase).get()
    assert (kept.version, kept.written_by, kept.reviewed_by, kept.reviewed_at) == (
        *(1, maya, anouk),
        NOON,
    )
    with pytest.raises(NotToReview):
        review(anouk, phrase.ref)
    assert {one.deed for one in past(Trace)} == {"phrase.write", "phrase.review"}


@pytest.mark.usefixtures("helpline")
def test_nobody_reviews_their_own_words(anouk: Agent) -> None:
    phrase = write(anouk)
    with pytest.raises(OwnWords):
        review(anouk, phrase.ref)
    with acting_as(anouk), pytest.raises(IntegrityError), transaction.atomic():
        Phrase.objects.update(state="reviewed", reviewed_by=anouk, reviewed_at=NOON)


@pytest.mark.usefixtures("helpline")
def test_a_new_version_takes_the_place_of_the_former_once_reviewed(
    maya: Agent, tom: Agent, anouk: Agent
) -> None:
    first = write(maya)
    review(anouk, first.ref)
    second = write(tom, "Prends ton temps.", after=first.ref)
    assert (second.version, second.root) == (2, first.root)
    assert offered(tom) == ["Tu peux prendre ton temps."]
    review(anouk, second.ref)
    assert offered(tom) == ["Prends ton temps."]
    with acting_as(anouk):
        retire_phrase(agent=anouk, ref=second.ref, now=NOON)
        assert not listed_phrases().exists()


@pytest.mark.usefixtures("helpline")
def test_a_text_never_changes_and_only_who_coordinates_reviews(
    maya: Agent, tom: Agent, anouk: Agent
) -> None:
    phrase = write(maya)
    with acting_as(tom):
        assert Phrase.objects.update(state="retired") == 0
    with (
        acting_as(anouk),
        pytest.raises(IntegrityError, match="does not change"),
        transaction.atomic(),
    ):
        Phrase.objects.filter(ref=phrase.ref).update(text="Autre chose.")
    with acting_as(tom), pytest.raises(DatabaseError), transaction.atomic():
        Phrase.objects.create(
            organisation=phrase.organisation,
            title="x",
            text="x",
            state="reviewed",
            written_by=tom,
            written_at=NOON,
            reviewed_by=anouk,
            reviewed_at=NOON,
        )


def test_another_helpline_has_its_own_words(
    helpline: Organisation, maya: Agent, elsewhere: Agent, nadia: Agent
) -> None:
    phrase = write(maya)
    for stranger in (elsewhere, nadia):
        with acting_as(stranger):
            assert not Phrase.objects.exists()
            for act in (review_phrase, retire_phrase):
                with pytest.raises(NotVisible):
                    act(agent=stranger, ref=phrase.ref, now=NOON)
            with pytest.raises(NotVisible):
                write_phrase(agent=stranger, title="x", text="x", now=NOON, after=phrase.ref)
    with acting_as(nadia), pytest.raises(NotVisible):
        write_phrase(agent=nadia, title="x", text="x", now=NOON)


def test_long_sentences_are_told_and_nothing_else_is() -> None:
    assert longest_of("Tu es là. Tu peux rester ici ?") == 4
    assert longest_of("") == 0
    assert hint_of("Tu peux rester. On a le temps.") == ""
    assert "16 mots" in hint_of(" ".join(["mot"] * 16))


def test_a_way_is_proposed_by_who_listens_and_it_is_kept(
    helpline: Organisation, maya: Agent, tom: Agent, elsewhere: Agent
) -> None:
    _, ref = opened(helpline)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
        assert "114" in propose_way(agent=maya, ref=ref, name="sms_114", now=NOON)
        with pytest.raises(NotVisible):
            propose_way(agent=maya, ref=ref, name="autre", now=NOON)
    with acting_as(tom), pytest.raises(NotYours):
        propose_way(agent=tom, ref=ref, name="signs", now=NOON)
    with acting_as(elsewhere), pytest.raises(NotVisible):
        propose_way(agent=elsewhere, ref=ref, name="signs", now=NOON)
    assert [(one.way, one.by) for one in past(Proposal)] == [("sms_114", maya)]
    assert past(Trace).get(deed="chat.propose").detail == {"way": "sms_114"}


def test_a_service_has_its_own_ways_and_the_unreviewed_are_not_offered(
    tmp_path: Path, settings: Settings
) -> None:
    assert {way.name for way in offered_ways()} == {"sms_114", "signs", "interpreter"}
    way = '[[way]]\nname = "{0}"\ntitle = "t"\nlistener = "l"\nsentence = "s"\n'
    file = tmp_path / "ways.toml"
    file.write_text(way.format("ours") + "reviewed = 2026-11-01\n" + way.format("draft"))
    settings.FANAL_CHAT_WAYS = str(file)
    assert [one.name for one in offered_ways()] == ["ours"]
    broken = tmp_path / "broken.toml"
    broken.write_text('[[way]]\nname = "x"\n')
    settings.FANAL_CHAT_WAYS = str(broken)
    with pytest.raises(ValueError, match="il manque title"):
        offered_ways()


def test_the_screens_write_review_change_and_insert(
    helpline: Organisation, maya: Agent, anouk: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    hers, coordinator = Client(), Client()
    hers.force_login(maya)
    coordinator.force_login(anouk)
    listed = reverse("chats:phrases")
    assert "obligatoire" in hers.post(listed, {"title": ""}).content.decode().lower()
    hers.post(listed, {"title": "Temps", "text": "Tu peux prendre ton temps."})
    ref = past(Phrase).get().ref
    assert "Marquer comme relue" not in hers.get(listed).content.decode()
    assert hers.post(reverse("chats:review_phrase", args=[ref])).status_code == 403
    assert "Marquer comme relue" in coordinator.get(listed).content.decode()
    coordinator.post(reverse("chats:review_phrase", args=[ref]))

    _, talk = opened(helpline, now=this_moment())
    hers.post(reverse("chats:take", args=[talk]))
    show = reverse("chats:show", args=[talk])
    assert 'data-insert="Tu peux prendre ton temps."' in hers.get(show).content.decode()
    assert (
        ">\nTu peux prendre ton temps.</textarea>"
        in hers.get(show, {"phrase": str(ref)}).content.decode()
    )
    change = reverse("chats:change_phrase", args=[ref])
    assert "Tu peux prendre ton temps." in hers.get(change).content.decode()
    hers.post(change, {"title": "Temps", "text": "Prends ton temps."})
    assert "Prends ton temps." not in hers.get(show).content.decode()

    propose = reverse("chats:propose", args=[talk])
    assert hers.post(propose, {"way": "signs", "short": "1"}).status_code == 204
    answer = hers.post(propose, {"way": "signs"}, follow=True).content.decode()
    assert "allo119.gouv.fr. Tu peux rester ici en attendant.</textarea>" in answer
    assert "Langue des signes</dd>" in answer
    assert hers.post(propose, {"way": "x"}).status_code == 404


@pytest.mark.parametrize("act", ["change_phrase", "review_phrase", "retire_phrase"])
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    helpline: Organisation, maya: Agent, elsewhere: Agent, settings: Settings, act: str
) -> None:
    settings.FANAL_SERVICE = ""
    phrase = write(maya)
    client = Client()
    client.force_login(elsewhere)
    for method in ("get", "post"):
        answers = [
            getattr(client, method)(reverse(f"chats:{act}", args=[one]))
            for one in (phrase.ref, uuid4())
        ]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (403, 404, 405)

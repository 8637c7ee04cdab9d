"""A coordinator reads along: both others are told, and without being told nobody reads."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Message, Reading
from fanal.helpline.chats.terms import HERE_SINCE, READS_ALONG, READS_NO_MORE, TAKEN, Agreed
from fanal.helpline.chats.use_cases import (
    NothingToRead,
    Relay,
    accept_transfer,
    ask_transfer,
    be_present,
    end_conversation,
    miss_readers,
    read_along,
    read_no_more,
    take_conversation,
)
from helpline.chats.talking import MINUTE, NOON, SECOND, opened, said, words
from past import past

pytestmark = pytest.mark.django_db


@pytest.fixture
def led(helpline: Organisation, maya: Agent) -> tuple[bytes, UUID]:
    digest, ref = opened(helpline)
    said(digest, "Un secret.")
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    return digest, ref


def heard_by(agent: Agent) -> list[str]:
    with acting_as(agent):
        return list(Message.objects.values_list("text", flat=True))


def test_it_is_said_to_both_when_it_begins_and_when_it_ends(
    led: tuple[bytes, UUID], maya: Agent, anouk: Agent
) -> None:
    digest, ref = led
    with acting_as(anouk):
        for _ in range(2):
            read_along(agent=anouk, ref=ref, now=NOON)
    assert words(digest) == ["Un secret.", TAKEN, READS_ALONG]
    assert heard_by(maya) == heard_by(anouk) == words(digest)
    with acting_as(anouk):
        for _ in range(2):
            read_no_more(agent=anouk, ref=ref, now=NOON)
    assert words(digest)[2:] == [READS_ALONG, READS_NO_MORE]
    assert heard_by(anouk) == []
    deeds = {one.deed for one in past(Trace).filter(agent=anouk)}
    assert deeds == {"chat.read_along", "chat.read_no_more"}


def test_unannounced_nobody_hears_what_a_colleague_leads(
    led: tuple[bytes, UUID], tom: Agent, anouk: Agent, maya: Agent
) -> None:
    assert heard_by(tom) == heard_by(anouk) == []
    with acting_as(maya):
        end_conversation(agent=maya, ref=led[1], now=NOON)
    # For the record and its second reader.
    assert heard_by(anouk)[:1] == ["Un secret."]


def test_only_a_coordinator_of_this_helpline_reads_along(
    led: tuple[bytes, UUID], tom: Agent, elsewhere: Agent, nadia: Agent
) -> None:
    with acting_as(tom), pytest.raises(DatabaseError), transaction.atomic():
        read_along(agent=tom, ref=led[1], now=NOON)
    for stranger in (elsewhere, nadia):
        for act in (read_along, read_no_more):
            with acting_as(stranger), pytest.raises(NotVisible):
                act(agent=stranger, ref=led[1], now=NOON)
        with acting_as(stranger):
            assert not Reading.objects.exists()
    assert not past(Reading).exists()


def test_there_is_nothing_to_announce_of_one_s_own_nor_of_who_waits(
    helpline: Organisation, anouk: Agent
) -> None:
    _, ref = opened(helpline)
    with acting_as(anouk), pytest.raises(NothingToRead):
        read_along(agent=anouk, ref=ref, now=NOON)
    with acting_as(anouk):
        take_conversation(agent=anouk, ref=ref, now=NOON)
        with pytest.raises(NothingToRead):
            read_along(agent=anouk, ref=ref, now=NOON)


def test_a_desk_that_closes_reads_no_more(led: tuple[bytes, UUID], anouk: Agent) -> None:
    digest, ref = led
    with acting_as(anouk):
        be_present(agent=anouk, now=NOON)
        read_along(agent=anouk, ref=ref, now=NOON)
    assert miss_readers(now=NOON + HERE_SINCE) == 0
    assert miss_readers(now=NOON + HERE_SINCE + SECOND) == 1
    assert miss_readers(now=NOON + MINUTE) == 0
    assert words(digest)[-1] == READS_NO_MORE


def test_at_the_end_nobody_reads_any_more(
    led: tuple[bytes, UUID], maya: Agent, anouk: Agent
) -> None:
    with acting_as(anouk):
        read_along(agent=anouk, ref=led[1], now=NOON)
    with acting_as(maya):
        end_conversation(agent=maya, ref=led[1], now=NOON)
    assert past(Reading).get().until is not None


def test_who_read_and_takes_over_listens(
    led: tuple[bytes, UUID], maya: Agent, anouk: Agent
) -> None:
    with acting_as(anouk):
        read_along(agent=anouk, ref=led[1], now=NOON)
    with acting_as(maya):
        relay = Relay(anouk.ref, "Résumé.", Agreed.YES)
        ask_transfer(agent=maya, ref=led[1], relay=relay, now=NOON)
    with acting_as(anouk):
        accept_transfer(agent=anouk, ref=led[1], now=NOON)
    assert past(Reading).get().until is not None
    assert heard_by(maya) == []


def test_the_desk_shows_no_word_before_one_is_announced(
    helpline: Organisation, maya: Agent, tom: Agent, anouk: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    digest, ref = opened(helpline, now=this_moment())
    said(digest, "zygomatique", now=this_moment())
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=this_moment())
    show = reverse("chats:show", args=[ref])
    pages = {}
    for agent in (tom, anouk):
        client = Client()
        client.force_login(agent)
        pages[agent.name] = client.get(show).content.decode()
    assert "zygomatique" not in "".join(pages.values())
    assert "Lire aussi cette conversation" not in pages["Tom Inventée"]
    assert "Lire aussi cette conversation" in pages["Anouk Inventée"]
    client.post(reverse("chats:read_along", args=[ref]))
    page = client.get(show).content.decode()
    assert "zygomatique" in page
    assert f'data-ref="{ref}"' in page
    client.post(reverse("chats:read_no_more", args=[ref]))
    assert "zygomatique" not in client.get(show).content.decode()
    # A listener has no such door.
    client.force_login(tom)
    assert client.post(reverse("chats:read_along", args=[ref])).status_code == 403

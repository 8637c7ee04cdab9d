"""A conversation passes to a colleague who accepts; until then the first keeps it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as this_moment
from pytest_django import Settings

from factories import AgentFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.helpline.chats.models import Conversation, Transfer
from fanal.helpline.chats.queries import colleagues_of, here_now, transfers_asked_of
from fanal.helpline.chats.terms import HANDED_OVER, MOST_AT_ONCE, TAKEN, Agreed, State
from fanal.helpline.chats.use_cases import (
    AlreadyEnded,
    NobodyThere,
    NotAsked,
    NotYours,
    Relay,
    TooManyAtOnce,
    accept_transfer,
    answer,
    ask_transfer,
    be_present,
    decline_transfer,
    end_conversation,
    give_back,
    leave,
    take_conversation,
    withdraw_transfer,
)
from helpline.chats.talking import MINUTE, NOON, opened, words
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
LATER = NOON + MINUTE


@pytest.fixture
def led(helpline: Organisation, maya: Agent) -> tuple[bytes, UUID]:
    digest, ref = opened(helpline)
    with acting_as(maya):
        take_conversation(agent=maya, ref=ref, now=NOON)
    return digest, ref


def ask(agent: Agent, ref: UUID, to: Agent | None, agreed: Agreed = Agreed.YES) -> Transfer:
    relay = Relay(to.ref if to else None, "Seule ce soir, attend sa sœur.", agreed)
    with acting_as(agent):
        return ask_transfer(agent=agent, ref=ref, relay=relay, now=LATER)


def accept(agent: Agent, ref: UUID) -> Conversation:
    with acting_as(agent):
        return accept_transfer(agent=agent, ref=ref, now=LATER)


def test_until_it_is_accepted_the_first_keeps_it(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent
) -> None:
    digest, ref = led
    ask(maya, ref, tom)
    assert past(Conversation).get().listener == maya
    with acting_as(maya):
        answer(agent=maya, ref=ref, text="Je reste là.", key=uuid4(), now=LATER)
    assert words(digest) == [TAKEN, "Je reste là."]

    accept(tom, ref)

    assert past(Conversation).get().listener == tom
    assert words(digest)[-1] == HANDED_OVER
    with acting_as(maya), pytest.raises(NotYours):
        answer(agent=maya, ref=ref, text="Encore moi.", key=uuid4(), now=LATER)
    with acting_as(tom):
        answer(agent=tom, ref=ref, text="Je suis Tom.", key=uuid4(), now=LATER)


def test_the_summary_and_the_word_of_who_writes_reach_who_is_asked(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent, anouk: Agent, elsewhere: Agent
) -> None:
    ask(maya, led[1], tom, Agreed.NO)
    with acting_as(tom):
        (asked,) = transfers_asked_of(tom)
        assert (asked.summary, asked.agreed) == ("Seule ce soir, attend sa sœur.", "no")
    for agent in (anouk, elsewhere):
        with acting_as(agent):
            assert not transfers_asked_of(agent).exists()
            assert not Transfer.objects.exists()


def test_somebody_else_is_whoever_accepts_first(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent, anouk: Agent
) -> None:
    ask(maya, led[1], None)
    with acting_as(anouk), pytest.raises(NotAsked):
        decline_transfer(agent=anouk, ref=led[1], now=LATER)
    accept(anouk, led[1])
    with pytest.raises(NotAsked):
        accept(tom, led[1])
    assert past(Conversation).get().listener == anouk


def test_declined_the_first_keeps_it_and_may_ask_again(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent
) -> None:
    digest, ref = led
    ask(maya, ref, tom)
    with acting_as(tom):
        decline_transfer(agent=tom, ref=ref, now=LATER)
    assert past(Conversation).get().listener == maya
    assert words(digest) == [TAKEN]
    with pytest.raises(NotAsked):
        accept(tom, ref)
    ask(maya, ref, None)
    accept(tom, ref)


def test_withdrawn_or_asked_of_another_it_is_asked_no_more(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent, anouk: Agent
) -> None:
    ask(maya, led[1], tom)
    ask(maya, led[1], anouk)
    with pytest.raises(NotAsked):
        accept(tom, led[1])
    with acting_as(maya):
        withdraw_transfer(agent=maya, ref=led[1], now=LATER)
    with pytest.raises(NotAsked):
        accept(anouk, led[1])


@pytest.mark.parametrize("how", ["left", "ended", "given back"])
def test_what_is_led_no_more_is_asked_of_nobody(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent, how: str
) -> None:
    digest, ref = led
    ask(maya, ref, tom)
    if how == "left":
        leave(digest=digest, now=LATER)
    else:
        act = end_conversation if how == "ended" else give_back
        with acting_as(maya):
            act(agent=maya, ref=ref, now=LATER)
    assert past(Transfer).get().state == "withdrawn"
    with pytest.raises((AlreadyEnded, NotAsked)):
        accept(tom, ref)


def test_only_who_leads_asks_and_only_a_colleague_is_asked(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent, elsewhere: Agent, nadia: Agent
) -> None:
    with pytest.raises(NotYours):
        ask(tom, led[1], maya)
    for stranger in (elsewhere, nadia, maya):
        with pytest.raises(NobodyThere):
            ask(maya, led[1], stranger)
    for act in (accept_transfer, decline_transfer, withdraw_transfer):
        with acting_as(elsewhere), pytest.raises(NotVisible):
            act(agent=elsewhere, ref=led[1], now=LATER)


def test_past_the_load_nothing_more_is_accepted(
    helpline: Organisation, led: tuple[bytes, UUID], maya: Agent, tom: Agent
) -> None:
    ask(maya, led[1], tom)
    for _ in range(MOST_AT_ONCE):
        _, ref = opened(helpline)
        with acting_as(tom):
            take_conversation(agent=tom, ref=ref, now=NOON)
    with pytest.raises(TooManyAtOnce):
        accept(tom, led[1])
    assert past(Conversation).get(ref=led[1]).listener == maya


def test_the_database_lets_no_conversation_change_hands_otherwise(
    led: tuple[bytes, UUID], tom: Agent
) -> None:
    with (
        acting_as(tom),
        pytest.raises(IntegrityError, match="one listener"),
        transaction.atomic(),
    ):
        Conversation.objects.filter(ref=led[1]).update(listener=tom)


def test_the_database_keeps_one_transfer_asked_at_a_time(
    led: tuple[bytes, UUID], maya: Agent, tom: Agent
) -> None:
    kept = ask(maya, led[1], tom)
    with acting_as(maya), pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            conversation=kept.conversation, asked_by=maya, summary="x", agreed="yes", asked_at=NOON
        )


def test_who_is_at_their_desk_is_known(maya: Agent, tom: Agent, helpline: Organisation) -> None:
    gone = AgentFactory(name="Partie Inventée")
    with as_owner():
        PostingFactory(agent=gone, organisation=helpline, role="listener", until="2020-01-01")
    with acting_as(tom):
        be_present(agent=tom, now=NOON)
    with acting_as(maya):
        assert [one.name for one in colleagues_of(maya)] == ["Tom Inventée"]
        assert here_now([tom], now=LATER - MINUTE / 2) == {tom.pk}
        assert here_now([tom], now=LATER) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chats_desk")
        assert cursor.fetchone() == (0,)


def test_traces_hold_no_word(led: tuple[bytes, UUID], maya: Agent, tom: Agent) -> None:
    ask(maya, led[1], tom)
    accept(tom, led[1])
    traces = {one.deed: one for one in past(Trace).filter(deed__startswith="chat.transfer")}
    assert set(traces) == {"chat.transfer_ask", "chat.transfer_accept"}
    assert traces["chat.transfer_ask"].detail == {"named": True, "agreed": "yes"}


def test_the_desk_asks_and_the_colleague_accepts(
    helpline: Organisation, maya: Agent, tom: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    _, ref = opened(helpline, now=this_moment())
    hers, his = Client(), Client()
    hers.force_login(maya)
    his.force_login(tom)
    hers.post(reverse("chats:take", args=[ref]))
    address = reverse("chats:ask_relay", args=[ref])
    assert "obligatoire" in hers.post(address, {}).content.decode().lower()
    his.get(reverse("chats:desk"))
    assert (
        "Tom Inventée, à son poste" in hers.get(reverse("chats:show", args=[ref])).content.decode()
    )
    hers.post(address, {"to": str(tom.ref), "summary": "Attend sa sœur.", "agreed": "not_asked"})
    page = his.get(reverse("chats:queue")).content.decode()
    assert "On vous demande le relais" in page
    assert "La personne est d’accord : pas demandé." in page
    his.post(reverse("chats:decline_relay", args=[ref]))
    assert "relais décliné par Tom" in hers.get(reverse("chats:queue")).content.decode()
    hers.post(address, {"to": "any", "summary": "Attend sa sœur.", "agreed": "yes"})
    assert (
        "Relais demandé à quelqu’un d’autre"
        in hers.get(reverse("chats:show", args=[ref])).content.decode()
    )
    his.post(reverse("chats:accept_relay", args=[ref]))
    assert past(Conversation).get().listener == tom
    assert past(Conversation).get().state == State.ACTIVE

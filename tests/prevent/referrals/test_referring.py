"""A warm referral: with the person, without their name; whoever made it learns one word."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.codes.use_cases import redeem_code
from fanal.ground.notifications.models import Notification
from fanal.prevent.referrals import queries, use_cases
from fanal.prevent.referrals.models import Booking
from fanal.prevent.referrals.slots import Slot
from fanal.prevent.referrals.terms import Said, State
from fanal.prevent.referrals.use_cases import Booked, NotAgreed, TellsOfSomebody, Wanted
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import DAY, NOON, kept
from prevent.referrals.test_desk import DESK, signed_in, today
from prevent.referrals.test_pages import words_on
from rows import as_owner

pytestmark = pytest.mark.django_db
NOTE = "A peur d’entrer seule, préfère parler à une femme."
FOLLOWED, REFER = reverse("referrals:followed"), reverse("referrals:refer")


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def referred(agent: Agent, place: PublicService, slot: Slot | None, note: str = "") -> Booked:
    with acting_as(agent):
        return use_cases.refer(
            agent=agent,
            place=place,
            key=slot.key if slot else "",
            wanted=Wanted(),
            note=note,
            agreed=True,
            sent=uuid4(),
            now=NOON,
        )


def said_to(agent: Agent) -> list[Said]:
    with acting_as(agent):
        return [one.said for one in queries.followed()]


def test_from_the_listener_to_the_desk_and_back(
    place: PublicService, slot: Slot, sofia: Agent, noe: Agent
) -> None:
    school = signed_in(sofia)
    found = school.post(REFER, {"where": "Lille"}).content.decode()
    address = f"{REFER}?lieu={place.ref}"
    assert address in found
    given = {"slot": slot.key, "note": NOTE, "need": "talk", "agreed": "on"}
    for missing, message in (("agreed", "avec la personne"), ("", "")):
        page = school.post(address, {k: v for k, v in given.items() if k != missing})
        if missing:
            assert message in page.content.decode()
    words = words_on(page.content.decode())
    assert str(past(Booking).get().number) in page.content.decode()
    assert redeem_code(typed=words, now=NOON).opens == past(Booking).get().ref
    assert past(Notification).filter(agent=noe).exists()
    row = past(Booking).get()
    with as_owner():
        Booking.objects.update(day=NOON.date())
    desk = signed_in(noe)
    assert NOTE in desk.get(DESK).content.decode()
    desk.post(reverse("referrals:seen", args=[row.ref]))
    page = school.get(FOLLOWED).content.decode()
    assert "Vu·e" in page
    for hidden in (NOTE, str(row.ref), f">{row.number}<"):
        assert hidden not in page


def test_a_note_is_sealed_and_refuses_what_tells_of_somebody(
    place: PublicService, slot: Slot, sofia: Agent
) -> None:
    for note in ("Elle s’appelle Lila.", "Rappeler au 06 12 34 56 78", "lune@exemple.fr"):
        with pytest.raises(TellsOfSomebody, match="Réécrivez"):
            referred(sofia, place, slot, note)
    assert not past(Booking).exists()
    assert "Lila" not in str(past(Trace).values_list("detail", flat=True))
    kept(referred(sofia, place, slot, "Vient avec une amie, préfère un bureau fermé."))
    row = kept(referred(sofia, place, slot, NOTE))
    assert row.note == NOTE
    with as_owner():
        rows = Booking.objects.filter(pk=row.pk)
        stored = rows.extra(select={"raw": "note"}).values_list("raw", flat=True).get()
    assert NOTE.encode() not in bytes(stored)


def test_nobody_is_referred_without_agreeing(place: PublicService, sofia: Agent) -> None:
    with acting_as(sofia), pytest.raises(NotAgreed):
        use_cases.refer(
            agent=sofia, place=place, key="", wanted=Wanted(), note="", agreed=False,
            sent=uuid4(), now=NOON,
        )  # fmt: skip


def test_this_week_is_a_referral_of_its_own_and_the_public_has_none(
    client: Client, place: PublicService, slot: Slot, sofia: Agent, noe: Agent
) -> None:
    row = kept(referred(sofia, place, None))
    assert (row.opening_id, row.seat, row.day) == (None, None, (NOON + 7 * DAY).date())
    page = signed_in(noe).get(DESK).content.decode()
    assert "Dans la semaine" in page
    signed_in(noe).post(reverse("referrals:seen", args=[row.ref]))
    assert said_to(sofia) == [Said.SEEN]


def test_whoever_referred_learns_one_word_and_opens_nothing(
    place: PublicService, slot: Slot, sofia: Agent, nadia: Agent
) -> None:
    done = referred(sofia, place, slot)
    assert said_to(sofia) == [Said.EXPECTED]
    assert said_to(nadia) == []
    row = today(done)
    with acting_as(sofia):
        assert not Booking.objects.exists()
    words = {
        State.SEEN: Said.SEEN,
        State.ABSENT: Said.ABSENT,
        State.IMPOSSIBLE: Said.IMPOSSIBLE,
        State.EXPECTED: Said.UNSAID,
        # Theirs to say: it looks like somebody who did not come.
        State.CANCELLED: Said.ABSENT,
    }
    for state, said in words.items():
        with as_owner():
            Booking.objects.filter(pk=row.pk).update(
                state=state, settled_at=NOON, day=(NOON - DAY).date()
            )
        assert said_to(sofia) == [said]


def test_who_may_not_refer_takes_no_seat_in_the_name_of_a_referral(
    place: PublicService, slot: Slot, lou: Agent
) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError):
        referred(lou, place, slot)
    assert signed_in(lou).get(FOLLOWED).status_code == 403
    assert not past(Booking).exists()


def test_a_place_that_does_not_receive_is_not_chosen(sofia: Agent, place: PublicService) -> None:
    school = signed_in(sofia)
    for written in (str(uuid4()), "x"):
        assert school.get(REFER, {"lieu": written}).status_code == 404
    assert re.search("Aucune commune", school.post(REFER, {"where": "zzz"}).content.decode())

"""The desk of a place: numbers, one key for each outcome, taken back for some minutes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.codes.models import ReturnCode
from fanal.ground.notifications.models import Notification
from fanal.ground.retention.use_cases import apply_retention
from fanal.prevent.referrals import use_cases
from fanal.prevent.referrals.models import Booking, Opening, Reach
from fanal.prevent.referrals.reactions import doubt_the_place
from fanal.prevent.referrals.slots import Slot, slots_of
from fanal.prevent.referrals.terms import Reason, State
from fanal.prevent.referrals.use_cases import NotReady, NotYet, TooFar, TooLate
from fanal.prevent.spaces.models import Doubt, PublicService, Service
from past import past
from prevent.referrals.receiving import DAY, NOON, TOMORROW, booked, kept, words_of
from prevent.referrals.test_pages import BACK, sent
from prevent.spaces.places import ServiceFactory
from rows import as_owner

pytestmark = pytest.mark.django_db
DESK = reverse("referrals:desk")
ACTS = ("seen", "absent", "impossible", "take_back")


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def act(name: str, booking: Booking) -> str:
    return reverse(f"referrals:{name}", args=[booking.ref])


def today(done: use_cases.Booked) -> Booking:
    """Its day has come."""
    with as_owner():
        Booking.objects.filter(ref=done.kept.ref).update(day=NOON.date())
    return kept(done)


def seen() -> int:
    return sum(past(Reach).values_list("seen", flat=True))


def test_one_key_says_that_somebody_was_seen_and_counts_them(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    row, desk = today(booked(place, slot, audience="child", need="family")), signed_in(noe)
    page = desk.get(DESK).content.decode()
    assert f">{row.number}</p>" in page
    assert "Pour mon enfant" in page
    answer = desk.post(act("seen", row), follow=True).content.decode()
    assert f"Le numéro {row.number} a été vu." in answer
    counted = past(Reach).get()
    assert (counted.departement_id, counted.audience, counted.seen) == ("59", "child", 1)
    assert counted.month == row.day.replace(day=1)
    assert "déjà dit" in desk.post(act("absent", row), follow=True).content.decode()
    assert "de nouveau attendu" in desk.post(act("take_back", row), follow=True).content.decode()
    assert seen() == 0
    desk.post(act("absent", row))
    assert past(Booking).get().state == State.ABSENT
    assert seen() == 0


def test_who_could_not_be_received_reads_why_not_and_where_else(
    client: Client, place: PublicService, slot: Slot, noe: Agent
) -> None:
    other = ServiceFactory(name="Autre lieu inventé")
    done, desk = booked(place, slot), signed_in(noe)
    row = today(done)
    assert "Dites pourquoi" in desk.post(act("impossible", row), {}).content.decode()
    assert "Autre lieu inventé" in desk.get(act("impossible", row)).content.decode()
    desk.post(act("impossible", row), {"reason": Reason.CLOSED, "elsewhere": str(other.ref)})
    page = sent(client, BACK, code=words_of(done))
    assert "n’a pas pu recevoir" in page
    assert reverse("spaces:place", args=[other.ref]) in page
    assert seen() == 0


def test_a_place_that_could_not_receive_is_doubted_once_it_is_not_taken_back(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    row = today(booked(place, slot))
    with acting_as(noe):
        use_cases.settle(
            agent=noe, ref=row.ref, outcome=State.IMPOSSIBLE, reason=Reason.CLOSED, now=NOON
        )
        use_cases.take_back(agent=noe, ref=row.ref, now=NOON)
    doubt_the_place(str(row.ref))
    assert not past(Doubt).exists()
    with acting_as(noe):
        use_cases.settle(
            agent=noe, ref=row.ref, outcome=State.IMPOSSIBLE, reason=Reason.CLOSED, now=NOON
        )
    for _ in range(2):
        doubt_the_place(str(row.ref))
    assert past(Doubt).get().service_id == place.pk


def test_a_key_is_taken_back_for_ten_minutes_and_no_more(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    row = today(booked(place, slot))
    with acting_as(noe):
        use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=NOON)
        with pytest.raises(TooLate):
            use_cases.take_back(agent=noe, ref=row.ref, now=NOON + timedelta(minutes=11))
        use_cases.take_back(agent=noe, ref=row.ref, now=NOON + timedelta(minutes=9))
    assert past(Booking).get().state == State.EXPECTED


def test_a_day_that_has_not_come_or_that_is_too_old_is_not_said(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    row = kept(booked(place, slot))
    with acting_as(noe):
        with pytest.raises(NotYet):
            use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=NOON)
        with pytest.raises(TooFar):
            use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=NOON + 32 * DAY)
    assert seen() == 0


@pytest.mark.parametrize("name", ACTS)
def test_the_desk_of_another_place_meets_what_does_not_exist(
    place: PublicService, slot: Slot, elsewhere: Agent, name: str
) -> None:
    row, desk = today(booked(place, slot)), signed_in(elsewhere)
    assert str(row.ref) not in desk.get(DESK).content.decode()
    given = {"reason": Reason.CLOSED}
    answers = [
        desk.post(reverse(f"referrals:{name}", args=[ref]), given) for ref in (row.ref, uuid4())
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert kept_state() == State.EXPECTED


def kept_state() -> str:
    return str(past(Booking).get().state)


def test_another_trade_holds_no_desk(nadia: Agent, place: PublicService, slot: Slot) -> None:
    assert signed_in(nadia).get(DESK).status_code == 403


def test_a_place_says_when_it_receives_and_shuts_a_day(
    place: PublicService, noe: Agent, elsewhere: Agent
) -> None:
    desk = signed_in(noe)
    participation = next(
        one for one in desk.get(DESK).context["places"] if one.service_id == place.pk
    )
    hours = reverse("referrals:hours", args=[participation.ref])
    assert "Choisissez un jour" in desk.post(hours, {"starts": "14:00"}).content.decode()
    weekday = TOMORROW.weekday()
    desk.post(hours, {"weekday": weekday, "starts": "14:00", "ends": "15:00", "seats": "2"})
    desk.post(
        hours, {"weekday": weekday, "starts": "16:00", "ends": "17:00", "seats": 1, "walk_in": "on"}
    )
    offered = slots_of(place, now=NOON)
    assert {one.walk_in for one in offered} == {True, False}
    slot = next(one for one in offered if one.is_free)
    booked(place, slot)
    shut = reverse("referrals:close_day", args=[participation.ref])
    said = desk.post(shut, {"day": slot.day.isoformat()}, follow=True).content.decode()
    assert "1 personne est attendue" in said
    assert slot.key not in {one.key for one in slots_of(place, now=NOON)}
    desk.post(shut, {"day": slot.day.isoformat(), "rouvrir": "1"})
    assert slot.key in {one.key for one in slots_of(place, now=NOON)}
    tell = reverse("referrals:welcome", args=[participation.ref])
    refused = desk.post(tell, {"welcome": "Écrire à lune@exemple.fr"}).content.decode()
    assert "Réécrivez" in refused
    desk.post(tell, {"welcome": "On sonne en bas.", "paused": "on"})
    assert slots_of(place, now=NOON) == []
    opening = past(Opening).filter(walk_in=False).get()
    end = reverse("referrals:end", args=[opening.ref])
    for address in (hours, shut, tell, end):
        assert signed_in(elsewhere).post(address, {"day": "2026-12-01"}).status_code == 404
    desk.post(end)
    assert past(Opening).get(pk=opening.pk).until < NOON.date()


def test_a_public_holiday_is_not_offered(place: PublicService) -> None:
    christmas = NOON.replace(month=12, day=24)
    from fanal.prevent.referrals.models import Participation
    from prevent.referrals.receiving import OpeningFactory

    participation = past(Participation).get(service_id=place.pk)
    for weekday in range(7):
        OpeningFactory(participation=participation, weekday=weekday, day=None)
    days = {one.day.isoformat()[5:] for one in slots_of(place, now=christmas)}
    assert "12-26" in days
    assert not days & {"12-25", "01-01"}


def test_the_keeper_of_the_directory_says_whose_people_hold_a_desk(
    lou: Agent, noe: Agent, place: PublicService
) -> None:
    ready = ServiceFactory(verified={"address": "2026-11-20"})
    unsure = ServiceFactory()
    organisation = noe.postings.get().organisation
    keeper = signed_in(lou)
    for one, said in ((ready, "Ce lieu peut dire ses créneaux"), (unsure, NotReady.message)):
        address = reverse("referrals:take_part", args=[one.ref])
        page = keeper.post(address, {"organisation": organisation.pk}, follow=True)
        assert said in page.content.decode()
        assert signed_in(noe).get(address).status_code == 403
    assert len(signed_in(noe).get(DESK).context["places"]) == 2
    keeper.post(reverse("referrals:take_part", args=[ready.ref]), {"quitter": "1"})
    assert past(Service).filter(pk=ready.pk).exists()


def test_a_place_that_says_nothing_is_reminded_twice(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    booked(place, slot)
    told = [use_cases.remind(now=TOMORROW + days * DAY) for days in (0, 1, 1, 2, 3, 4, 5, 20)]
    assert told == [0, 1, 0, 0, 0, 1, 0, 0]
    assert past(Notification).filter(agent=noe).count() == 2


def test_thirty_days_after_it_is_forgotten_and_the_count_stays(
    place: PublicService, slot: Slot, noe: Agent
) -> None:
    row = today(booked(place, slot))
    with acting_as(noe):
        use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=NOON)
    apply_retention(now=NOON + 30 * DAY)
    assert past(Booking).exists()
    apply_retention(now=NOON + 32 * DAY)
    assert not past(Booking).exists()
    assert not past(ReturnCode).exists()
    assert seen() == 1

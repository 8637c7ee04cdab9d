"""The public pages without script: no cookie, no name, the words shown once, the number said."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fanal.ground.shell.visitors import form_token
from fanal.prevent.referrals import terms
from fanal.prevent.referrals.models import Booking, ClosedDay, Participation
from fanal.prevent.referrals.slots import Slot
from fanal.prevent.referrals.terms import State
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import DAY, TOMORROW, a_place, booked, kept, opened, words_of
from prevent.spaces.places import ServiceFactory
from rows import as_owner
from visitor import but_its_token

pytestmark = pytest.mark.django_db
BACK = reverse("referrals:come_back")


def address(place: PublicService) -> str:
    return reverse("referrals:book", args=[place.ref])


def sent(client: Client, to: str, **given_: str) -> str:
    answer = client.post(to, {"jeton": form_token()} | given_)
    assert answer.status_code == 200
    return answer.content.decode()


def words_on(page: str) -> str:
    found = re.search(r'class="letter-code">(.*?)</p>', page)
    assert found, page
    return " ".join(re.findall(r"<span>(.*?)</span>", found[1]))


def key_on(page: str) -> str:
    found = re.search(r'name="cle" value="([^"]+)"', page)
    assert found
    return found[1]


def test_from_the_page_of_a_place_to_its_cancelling(
    client: Client, place: PublicService, slot: Slot
) -> None:
    other = opened(place, day=(TOMORROW + DAY).date())
    page = client.get(reverse("spaces:place", args=[place.ref])).content.decode()
    assert address(place) in page
    form = client.get(address(place)).content.decode()
    key = re.search(r'name="sent" value="([^"]+)"', form)
    assert key
    page = sent(client, address(place), slot=slot.key, audience="child", need="family", sent=key[1])
    row = past(Booking).get()
    assert (row.audience, row.need, row.seat) == ("child", "family", 1)
    assert str(row.number) in page
    assert "Ces cinq mots ne seront plus montrés" in page
    words = words_on(page)
    shown = sent(client, BACK, code=words.upper())
    assert str(row.number) in shown
    # Neither the words nor what was chosen is ever shown again.
    for said in (*words.split(), "Pour mon enfant"):
        assert f"{said}<" not in shown
    moved = sent(client, BACK, cle=key_on(shown), geste="move", slot=other.key)
    assert "déplacé" in moved
    assert past(Booking).get().day == other.day
    assert "annulé" in sent(client, BACK, cle=key_on(moved), geste="cancel")
    assert past(Booking).get().state == State.CANCELLED
    assert "Ce rendez-vous est annulé" in sent(client, BACK, code=words)


def test_nothing_has_to_be_said(client: Client, place: PublicService, slot: Slot) -> None:
    sent(client, address(place), slot=slot.key)
    row = past(Booking).get()
    assert (row.audience, row.need) == ("", "")


def test_a_full_slot_is_refused_and_the_next_is_said(
    client: Client, place: PublicService, slot: Slot
) -> None:
    later = opened(place, day=(TOMORROW + DAY).date())
    for _ in range(2):
        booked(place, slot)
    page = sent(client, address(place), slot=slot.key)
    assert "La dernière place de ce créneau vient d’être prise" in page
    assert later.said in page
    assert f'value="{slot.key}"' not in page
    assert past(Booking).count() == 2


def test_an_unknown_code_and_a_forced_one_answer_alike(
    client: Client, place: PublicService, slot: Slot
) -> None:
    done = booked(place, slot)
    assert done.code
    typed = (" ".join(done.code.duress), "abeille pâte farine zèbre zénith")
    pages = [but_its_token(sent(client, BACK, code=one)) for one in typed]
    assert pages[0] == pages[1]
    assert "n’ouvre rien" in pages[0]


def test_the_code_of_another_opens_and_changes_nothing_of_mine(
    client: Client, place: PublicService, slot: Slot
) -> None:
    mine, other = booked(place, slot), booked(place, slot)
    page = sent(client, BACK, code=words_of(other))
    assert str(mine.kept.number) not in page
    sent(client, BACK, cle=key_on(page), geste="cancel")
    assert kept(mine).state == State.EXPECTED
    # The key of a page names one appointment and cannot be made of another's reference.
    key = key_on(page).replace(str(other.kept.ref), str(mine.kept.ref))
    assert "restée ouverte trop longtemps" in sent(client, BACK, cle=key, geste="cancel")
    assert kept(mine).state == State.EXPECTED
    # The code of an appointment opens no question.
    back = reverse("exchange:come_back")
    assert "n’ouvre rien" in sent(client, back, code=words_of(mine))


def test_a_day_shut_since_is_said_to_who_comes_back(
    client: Client, place: PublicService, slot: Slot
) -> None:
    done = booked(place, slot)
    with as_owner():
        ClosedDay.objects.create(participation=Participation.objects.get(), day=slot.day)
    assert "Le lieu sera fermé ce jour-là" in sent(client, BACK, code=words_of(done))
    assert slot.key not in client.get(address(place)).content.decode()


def test_what_does_not_receive_answers_as_what_does_not_exist(client: Client, db: None) -> None:
    hidden = a_place(None)
    with as_owner():
        Participation.objects.update(paused=True)
    for ref in (ServiceFactory().ref, hidden.ref, uuid4()):
        assert client.get(reverse("referrals:book", args=[ref])).status_code == 404
    page = client.get(reverse("spaces:place", args=[hidden.ref])).content.decode()
    assert "Prendre un rendez-vous" not in page


def test_no_cookie_is_set_and_no_browser_keeps_the_page(
    client: Client, place: PublicService, slot: Slot
) -> None:
    token = {"jeton": form_token()}
    done = client.post(address(place), token | {"slot": slot.key})
    words = words_on(done.content.decode())
    answers = [done, client.get(address(place)), client.get(BACK)]
    answers.append(client.post(BACK, token | {"code": words}))
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "<script" not in re.sub(r"<script[^>]* src=", "", answer.content.decode())
        assert re.search("<title>(.*)</title>", answer.content.decode())[1] == "Fanal"  # type: ignore[index]


def test_another_site_or_an_old_page_takes_no_seat(
    client: Client, place: PublicService, slot: Slot
) -> None:
    given_ = {"slot": slot.key, "jeton": form_token()}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}):
        for to in (address(place), BACK):
            assert client.post(to, given_, headers=headers).status_code == 403
    assert "trop longtemps" in client.post(address(place), {"slot": slot.key}).content.decode()
    assert not past(Booking).exists()


def test_sent_twice_it_is_one_seat(client: Client, place: PublicService, slot: Slot) -> None:
    key = str(uuid4())
    pages = [sent(client, address(place), slot=slot.key, sent=key) for _ in range(2)]
    assert all(words_on(page) for page in pages)
    assert past(Booking).count() == 1


def test_a_flood_is_refused_without_looking_at_anybody(
    client: Client, place: PublicService, slot: Slot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_OF_A_PLACE", 1)
    sent(client, address(place), slot=slot.key)
    assert "Trop de rendez-vous" in sent(client, address(place), slot=slot.key)
    assert past(Booking).count() == 1


FIELDS = st.sampled_from(["slot", "audience", "need", "sent", "code", "cle", "geste"])


@given(
    to=st.sampled_from(["book", BACK]),
    given_=st.dictionaries(FIELDS, st.text(max_size=40) | st.just("a" * 9_000) | st.just("\x00")),
)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_sent_is_answered_in_french_and_breaks_nothing(
    client: Client, place: PublicService, slot: Slot, to: str, given_: dict[str, str]
) -> None:
    page = sent(client, address(place) if to == "book" else to, **given_)
    assert not re.search("Enter a|Select a|Ensure this|Null characters", page)

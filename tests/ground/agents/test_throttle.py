"""A school behind one address works, a flood does not, and no address is written anywhere."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from fanal.ground.agents import throttle
from fanal.ground.agents.forms import LoginForm
from fanal.ground.agents.models import Agent, TryCounter
from fanal.ground.agents.throttle import (
    ACCOUNT,
    Bucket,
    TriedTooMuch,
    day_key,
    take,
    take_for_sign_in,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
PASSWORD = "une phrase assez longue"
SCHOOL, FLOOD = "192.0.2.10", "192.0.2.66"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment at which the next try is made."""
    moment = [NOON]
    monkeypatch.setattr("fanal.ground.agents.forms.now", lambda: moment[0])
    return moment


def agents(count: int) -> list[Agent]:
    maker = Agent()
    maker.set_password(PASSWORD)
    return Agent.objects.bulk_create(
        Agent(name=f"Agent inventé {n}", email=f"a{n}@fanal.invalid", password=maker.password)
        for n in range(count)
    )


def sign_in(
    email: str, password: str = PASSWORD, *, address: str = SCHOOL, client: Client | None = None
) -> HttpResponse:
    browser = client or Client()
    return browser.post("/connexion/", {"email": email, "password": password}, REMOTE_ADDR=address)


def tried(email: str, password: str = PASSWORD, *, address: str = SCHOOL) -> LoginForm:
    """The form alone: what is counted is in it, and a thousand pages take long to draw."""
    data = {"email": email, "password": password}
    request = RequestFactory().post("/connexion/", data, REMOTE_ADDR=address)
    form = LoginForm(data, request=request)
    form.is_valid()
    return form


def test_two_hundred_agents_sign_in_behind_one_address_while_a_flood_is_slowed(
    clock: list[datetime],
) -> None:
    flood, looked_at = RequestFactory().post("/connexion/", REMOTE_ADDR=FLOOD), 0
    for number, one in enumerate(agents(200)):
        clock[0] += timedelta(seconds=0.3)
        assert tried(one.email).agent == one, number
        for n in range(5):
            with suppress(TriedTooMuch):
                # A wrong password gives no place back.
                take_for_sign_in(flood, account=f"f{number}-{n}@fanal.invalid", now=clock[0])
                looked_at += 1

    # A thousand failures: the bucket and what a minute empties from it were looked at.
    minute = timedelta(minutes=1) / throttle.ADDRESS.refill
    assert looked_at <= throttle.ADDRESS.capacity + minute + 1
    assert tried("f0-0@fanal.invalid", "faux", address=FLOOD).wait


def test_a_known_computer_is_not_shut_out_by_a_flood_of_its_address_or_account(
    clock: list[datetime],
) -> None:
    nadia, other = agents(2)
    browser = Client()
    sign_in(nadia.email, client=browser)
    browser.post("/deconnexion/")
    for n in range(120):
        tried(f"f{n}@fanal.invalid", "faux")
    for _ in range(8):
        tried(nadia.email, "faux", address=FLOOD)

    assert sign_in(other.email).status_code == 429
    assert sign_in(nadia.email, address="192.0.2.99").status_code == 429
    assert sign_in(nadia.email, client=browser).status_code == 302


def test_the_right_password_passes_at_the_moment_that_was_said(clock: list[datetime]) -> None:
    (nadia,) = agents(1)
    for _ in range(ACCOUNT.capacity):
        assert not tried(nadia.email, "faux").wait

    slowed = sign_in(nadia.email)
    assert slowed.status_code == 429
    # Said as it is in Paris, where noon came an hour ago; three minutes free one place.
    assert "Réessayez à 13 h 03" in slowed.content.decode()
    clock[0] += timedelta(minutes=3)
    assert sign_in(nadia.email).status_code == 302


def test_nothing_that_is_kept_tells_an_address_or_an_account(clock: list[datetime]) -> None:
    sign_in("nadia@fanal.invalid", "faux", address="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM agents_trycounter t")
        (kept,) = cursor.fetchone()
    assert TryCounter.objects.count() == 2
    assert "203.0.113" not in kept
    assert "nadia" not in kept
    # Tomorrow's key is another one, and each kind has its own.
    keys = {
        day_key(kind, "203.0.113.77", now=NOON + timedelta(days=days))
        for kind in ("address", "account")
        for days in (0, 1)
    }
    assert len(keys) == 4


def test_a_proxy_that_we_did_not_declare_names_nobody(
    settings: object, clock: list[datetime]
) -> None:
    """Who writes the header themselves would have a new address at each try."""
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}
    )
    assert throttle.address_of(request) == "10.0.0.1"
    settings.FANAL_PROXIES = 1  # type: ignore[attr-defined]
    assert throttle.address_of(request) == "203.0.113.9"


def test_a_forged_cookie_of_a_known_computer_gives_no_place(clock: list[datetime]) -> None:
    (nadia,) = agents(1)
    for _ in range(ACCOUNT.capacity):
        tried(nadia.email, "faux")
    browser = Client()
    browser.cookies[throttle.KNOWN_COOKIE] = "eyJhIjoxfQ:1abc:forged"

    assert sign_in(nadia.email, client=browser).status_code == 429


@trials(max_examples=40, deadline=None)
@given(
    waits=st.lists(st.floats(0, 400), min_size=1, max_size=25),
    capacity=st.integers(1, 6),
    minutes=st.integers(1, 4),
)
def test_never_more_passes_than_the_bucket_and_what_time_emptied(
    waits: list[float], capacity: int, minutes: int
) -> None:
    bucket = Bucket("trial", capacity, timedelta(minutes=minutes))
    TryCounter.objects.all().delete()
    moment, passed = NOON, 0
    promises: list[timedelta] = []
    for wait in waits:
        moment += timedelta(seconds=wait)
        try:
            take(bucket, "x", now=moment)
        except TriedTooMuch as refusal:
            promises.append(refusal.until - moment)
        else:
            passed += 1
        elapsed = (moment - NOON - timedelta(seconds=waits[0])).total_seconds()
        assert passed <= capacity + elapsed / bucket.refill.total_seconds() + 1e-6
    # Nobody waits longer than for one place to be free.
    longest = bucket.refill + timedelta(seconds=1)
    assert all(timedelta(0) < promise <= longest for promise in promises)

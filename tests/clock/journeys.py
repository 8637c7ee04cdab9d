"""
What people do, at whatever hour it is. Run by ``test_any_hour``, in a process whose time moves.

Nothing here is counted when the module is read: it was another day.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from clocks import Clock
from detect.concerns.inputs import written
from factories import AgentFactory, ConcernFactory, OrganisationFactory, PostingFactory
from fanal.detect.concerns.lists import concerns_shown, counts_of_the_day
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.schema import parse_concern
from fanal.detect.concerns.use_cases import evaluate_concern, open_concern, send_concern
from fanal.engines.hours.planning import State as Doors
from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS, roles_of
from fanal.ground.access.queries import transaction_began
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.terms import Role, held_in
from fanal.ground.deadlines.models import Clock as Period
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.deadlines.use_cases import due
from fanal.ground.shell import words
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import find_commune, local_day
from fanal.helpline.chats import hours
from fanal.portal.desks.terms import SECTIONS
from fanal.prevent.referrals.models import Booking, Participation
from fanal.prevent.referrals.slots import day_at, slots_of
from fanal.prevent.referrals.use_cases import Wanted, book, cancel, key_of, open_booking
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import OpeningFactory, a_place, kept, somebody_at, words_of

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

DAY, A_WHILE = timedelta(days=1), timedelta(minutes=5)
PLACES = {"59": "59350", "972": "97209", "974": "97411"}
# Of each authority: the period of an answer, one in days and one in months.
PERIODS = (RuleCode.CONCERN_TARGET, RuleCode.CONCERN_EVALUATION)


def ids_twice(page: str) -> list[str]:
    found = Counter(re.findall(r'\sid="([^"]+)"', page))
    return [name for name, times in found.items() if times > 1]


def read(agent: Agent, path: str) -> str:
    client = Client()
    client.force_login(agent)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_python_postgresql_and_what_is_started_live_at_the_clock(clock: Clock) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), access_today()")
        there, today = cursor.fetchone()
    said = subprocess.run(["date", "+%s"], capture_output=True, text=True, check=True).stdout
    for moment in (now().timestamp(), there.timestamp(), int(said)):
        assert clock.at.timestamp() - 1 <= moment <= (clock.at + A_WHILE).timestamp()
    assert today == localdate(timezone=PARIS)


def everyone() -> Agent:
    """One person with every role, each held where it is."""
    agent = AgentFactory()
    kinds = ("child_welfare", "helpline", "association", "police", "prefecture", "prosecution")
    for kind in kinds:
        where: dict[str, Any] = {
            "child_welfare": {"authority_id": "59"},
            "police": {"departement_id": "59"},
            "prefecture": {"departement_id": "59"},
            "prosecution": {"court_id": "tj59350"},
        }.get(kind, {})
        organisation = OrganisationFactory(kind=kind, **where)
        held = set(held_in(kind)) - {Role(one.role) for one in agent.postings.all()}
        for role in held:
            PostingFactory(agent=agent, organisation=organisation, role=role, since=localdate())
        if kind == "association":
            expecting(organisation)
    return agent


def expecting(house: Organisation) -> list[Booking]:
    """Somebody yesterday, today and tomorrow at three places, of the same numbers."""
    rows = []
    for departement, commune in PLACES.items():
        place = a_place(house, departement_id=departement, commune_id=commune)
        held = past(Participation).get(service_id=place.pk)
        for number, ahead in enumerate((-1, 0, 1), start=100):
            day = day_at(place, now()) + ahead * DAY
            slot = OpeningFactory(participation=held, day=day)
            rows.append(expected(held, slot, day, number))
    return rows


def expected(held: Participation, slot: Any, day: date, number: int) -> Booking:
    from prevent.referrals.test_days import BookingFactory

    row: Booking = BookingFactory(
        participation=held, opening=slot, day=day, seat=1, number=number, sent=uuid4()
    )
    return row


def test_the_desk_of_every_role_shows_what_is_of_today_once() -> None:
    today = localdate()
    for due_on in (today - DAY, today, today + DAY):
        ConcernFactory(evaluation_due=due_on, target_due_at=now() + DAY, received_at=now() - DAY)
    agent = everyone()

    page = read(agent, reverse("desks:home"))

    assert len(re.findall(r'id="desk-[a-z-]+"', page)) == len(SECTIONS)
    assert ids_twice(page) == []
    with acting_as(agent):
        assert counts_of_the_day(now=now())["past_law"] == 1
        [late] = concerns_shown({"shown": "past_law"}, now=now())
    assert late.is_past_law(local_day(late.authority, now()))
    assert words.deadline(late.evaluation_due, now=now()).pace == "overdue"


def test_a_desk_that_receives_shows_each_appointment_in_one_section() -> None:
    house = OrganisationFactory(kind="association")
    noe, rows = somebody_at(house, "Noé"), expecting(house)

    page = read(noe, reverse("referrals:desk"))

    assert ids_twice(page) == []
    sections = dict(re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', page, re.S))
    for row in rows:
        place = past(Participation).select_related("service").get(pk=row.participation_id).service
        here = day_at(PublicService(departement_id=place.departement_id), now())
        wanted = {-1: "retard", 0: "jour", 1: "semaine"}[(row.day - here).days]
        link = reverse("referrals:impossible", args=[row.ref])
        assert [name for name, text in sections.items() if link in text] == [wanted]


def test_a_concern_goes_from_a_school_to_its_evaluator(
    school: Organisation, sofia: Agent, nadia: Agent, karim: Agent
) -> None:
    # All of it in one transaction, in which the database looks at its clock once.
    moment, lille = transaction_began(), find_commune("59350")
    told = written(
        received_at=moment.astimezone(PARIS).isoformat(timespec="seconds"),
        minor__birth_date=(moment - 14 * 365 * DAY).date().isoformat(),
    )
    with acting_as(sofia):
        send_concern(
            content=parse_concern(told, now=moment, find_commune=find_commune),
            commune=lille,
            organisation=school,
            agent=sofia,
            now=moment,
        )
    concern = past(Concern).get()
    assert concern.receipt.startswith(f"IP-{localdate():%Y}-")
    assert local_day(concern.authority, moment) < concern.evaluation_due
    assert moment < concern.target_due_at
    with acting_as(nadia):
        open_concern(agent=nadia, ref=concern.ref, now=moment)
        evaluate_concern(agent=nadia, ref=concern.ref, evaluator=karim, reason="", now=moment)
    assert past(Period).filter(case_file=concern.case_file_id, due_at__lte=now()).count() == 0
    page = read(karim, reverse("desks:home"))
    assert concern.receipt in page
    assert "dépassé" not in page.split('id="contenu"')[1]


def test_somebody_books_comes_back_with_their_words_and_gives_up() -> None:
    for departement, commune in PLACES.items():
        place = a_place(departement_id=departement, commune_id=commune)
        held = past(Participation).get(service_id=place.pk)
        for weekday in range(7):
            OpeningFactory(participation=held, weekday=weekday, day=None)
        slot = next(one for one in slots_of(place, now=now()) if one.is_free)
        done = book(place=place, key=slot.key, wanted=Wanted(), sent=uuid4(), now=now())
        assert kept(done).day == slot.day >= day_at(place, now())
        shown = open_booking(typed=words_of(done), now=now())
        assert cancel(key=key_of(shown)).state == "cancelled"


@pytest.mark.parametrize("rule", PERIODS)
def test_no_period_that_begins_now_is_over(rule: RuleCode) -> None:
    moment = now()
    for authority in ChildWelfareAuthority.objects.filter(pk__in=PLACES):
        found = due(rule=rule, authority=authority, since=moment)
        here = moment.astimezone(ZoneInfo(authority.timezone))
        assert found.due_on > here.date()
        assert moment < found.due_at
        assert words.deadline(found.due_on, now=moment).pace != "overdue"


@pytest.mark.parametrize("written_", ["24/7", "Mo-Su 15:00-19:00", "22:00-03:00", "off"])
def test_the_helpline_says_that_it_is_open_when_it_is(settings: Any, written_: str) -> None:
    settings.FANAL_CHAT_HOURS = written_
    moment = now()

    found = hours.status(moment)

    assert (found.state is Doors.OPEN) == hours.is_open(moment)
    assert found.changes_at is None or found.changes_at > moment
    assert found.opens_at is None or found.opens_at > moment
    assert hours.said(moment).startswith("Ouvert" if hours.is_open(moment) else "Fermé")


def test_the_front_page_opens_with_each_id_once() -> None:
    home: Any = Client().get("/")
    assert home.status_code == 200
    assert ids_twice(home.content.decode()) == []


def test_a_posting_of_today_opens_and_one_of_yesterday_does_not() -> None:
    today = localdate(timezone=PARIS)
    organisation = OrganisationFactory(kind="child_welfare", authority_id="59")
    for until, wanted in ((today - DAY, set()), (today, {Role.CRIP})):
        agent = AgentFactory()
        PostingFactory(
            agent=agent, organisation=organisation, role="crip", since=today - DAY, until=until
        )
        ConcernFactory()
        with acting_as(agent):
            assert roles_of(agent) == wanted
            assert Concern.objects.exists() is bool(wanted)


def test_the_same_moment_is_written_the_same_way_on_both_sides() -> None:
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_char(%s AT TIME ZONE 'Europe/Paris', 'HH24:MI')", [moment])
        (shown,) = cursor.fetchone()
    assert shown == f"{datetime.fromtimestamp(moment.timestamp(), tz=PARIS):%H:%M}"

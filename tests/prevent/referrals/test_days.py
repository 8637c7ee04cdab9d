"""Each appointment stands in one section of the desk, by the clock of the place that expects it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import AgentFactory, RowFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.notifications.models import Notification
from fanal.prevent.referrals import queries, use_cases
from fanal.prevent.referrals.models import Booking, Participation
from fanal.prevent.referrals.terms import State
from fanal.prevent.referrals.use_cases import NotYet
from fanal.prevent.referrals.views import desk
from past import past
from prevent.referrals.receiving import OpeningFactory, a_place
from prevent.referrals.test_desk import act, signed_in
from sizes import size

pytestmark = pytest.mark.django_db

# Where the clock is hours behind Paris, beside it, hours ahead.
ZONES = {
    "59": ("59350", ZoneInfo("Europe/Paris")),
    "972": ("97209", ZoneInfo("America/Martinique")),
    "974": ("97411", ZoneInfo("Indian/Reunion")),
}
# Round 29 February, both changes of the clock, the turn of the year.
TURNS = (date(2028, 2, 29), date(2028, 3, 26), date(2028, 10, 29), date(2028, 12, 31))
DAY = timedelta(days=1)


class BookingFactory(RowFactory[Booking]):
    class Meta:
        model = Booking

    booked_at = datetime(2028, 2, 1, tzinfo=UTC)


@pytest.fixture
def held(house: Organisation) -> dict[int, ZoneInfo]:
    """Three places of one house, each with appointments round each turn; the zone of each."""
    zones = {}
    referrer = AgentFactory()
    for departement, (commune, zone) in ZONES.items():
        place = a_place(house, departement_id=departement, commune_id=commune)
        participation = past(Participation).get(service_id=place.pk)
        zones[participation.pk] = zone
        # The same numbers in each: they are drawn for a place.
        numbers = iter(range(100, 200))
        for turn in TURNS:
            for ahead in (-2, -1, 0, 1, 2):
                day = turn + ahead * DAY
                slot = OpeningFactory(participation=participation, day=day)
                common = {"participation": participation, "day": day}
                BookingFactory(opening=slot, seat=1, number=next(numbers), sent=uuid4(), **common)
                if ahead == 0:
                    BookingFactory(
                        referred_by=referrer, number=next(numbers), sent=uuid4(), **common
                    )
    return zones


moments = st.builds(
    lambda turn, shift: datetime(turn.year, turn.month, turn.day, tzinfo=UTC) + shift,
    st.sampled_from(TURNS),
    st.timedeltas(min_value=-2 * DAY, max_value=3 * DAY),
)


def section_of(booking: Booking, here: date) -> str:
    if booking.day < here:
        return "late"
    return "of the day" if booking.day == here or booking.opening_id is None else "to come"


def test_each_appointment_stands_in_one_section_at_any_moment_in_any_zone(
    held: dict[int, ZoneInfo], noe: Agent
) -> None:
    everything = list(past(Booking))

    @settings(
        max_examples=size(25, 400),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(now=moments)
    def each_in_one(now: datetime) -> None:
        with acting_as(noe):
            days = queries.Days.at(queries.my_places(), now=now)
            sections = {
                "late": days.unsaid(),
                "of the day": days.expected(),
                "to come": days.to_come(),
            }
            found = [(one.pk, name) for name, rows in sections.items() for one in rows]
        wanted = [
            (one.pk, section_of(one, now.astimezone(held[one.participation_id]).date()))
            for one in everything
        ]
        assert sorted(found) == sorted(wanted)

    each_in_one()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2028, 2, 28, 23, 5, tzinfo=UTC),
        datetime(2028, 3, 26, 0, 59, tzinfo=UTC),
        datetime(2028, 12, 31, 22, 30, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_desk_shows_each_appointment_once_and_says_of_which_place(
    held: dict[int, ZoneInfo], noe: Agent, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "now", lambda: now)
    with acting_as(noe):
        names = {one.public.name for one in queries.my_places()}

    page = signed_in(noe).get(reverse("referrals:desk")).content.decode()

    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert [name for name, times in ids.items() if times > 1] == []
    for one in past(Booking):
        assert page.count(act("impossible", one)) == 1
    shown = re.findall(r'<li class="booking">.*?<p class="quiet">(.*?)</p>', page, flags=re.DOTALL)
    assert set(shown) == names


def test_a_house_of_one_place_is_not_told_its_name_at_each_line(
    house: Organisation, noe: Agent
) -> None:
    place = a_place(house)
    slot = OpeningFactory(participation=past(Participation).get(service_id=place.pk))
    BookingFactory(
        opening=slot,
        participation=slot.participation,
        day=slot.day,
        seat=1,
        number=100,
        sent=uuid4(),
    )

    page = signed_in(noe).get(reverse("referrals:desk")).content.decode()

    assert page.count(place.name) == 1


def test_the_desk_asks_as_many_questions_for_three_places_as_for_one(
    held: dict[int, ZoneInfo], noe: Agent, elsewhere: Agent
) -> None:
    asked = []
    for agent in (elsewhere, noe):
        client = signed_in(agent)
        client.get(reverse("referrals:desk"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("referrals:desk"))
        asked.append([one["sql"] for one in caught if "referrals_booking" in one["sql"]])
    assert len(asked[1]) == len(asked[0])


@pytest.mark.parametrize(
    ("departement", "now", "may"),
    [
        # Half past one in Saint-Denis, half past eleven the evening before in Paris.
        ("974", datetime(2028, 2, 28, 21, 30, tzinfo=UTC), True),
        ("59", datetime(2028, 2, 28, 21, 30, tzinfo=UTC), False),
        # Half past midnight in Paris, the evening before in Fort-de-France.
        ("59", datetime(2028, 2, 28, 23, 30, tzinfo=UTC), True),
        ("972", datetime(2028, 2, 28, 23, 30, tzinfo=UTC), False),
    ],
)
def test_whether_a_day_has_come_is_told_by_the_clock_of_the_place(
    house: Organisation, noe: Agent, departement: str, now: datetime, may: bool
) -> None:
    row = _expected(house, departement)
    with acting_as(noe):
        if may:
            use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=now)
        else:
            with pytest.raises(NotYet):
                use_cases.settle(agent=noe, ref=row.ref, outcome=State.SEEN, now=now)


@pytest.mark.parametrize(("departement", "told"), [("59", 1), ("972", 0), ("974", 1)])
def test_a_place_is_reminded_of_a_day_that_is_over_there(
    house: Organisation, noe: Agent, departement: str, told: int
) -> None:
    _expected(house, departement)

    use_cases.remind(now=datetime(2028, 2, 29, 23, 30, tzinfo=UTC))

    assert past(Notification).filter(agent=noe).count() == told


def _expected(house: Organisation, departement: str) -> Booking:
    """Somebody, on 29 February, at a place of that département."""
    commune, _ = ZONES[departement]
    place = a_place(house, departement_id=departement, commune_id=commune)
    participation = past(Participation).get(service_id=place.pk)
    slot = OpeningFactory(participation=participation, day=date(2028, 2, 29))
    row: Booking = BookingFactory(
        opening=slot, participation=participation, day=slot.day, seat=1, number=100, sent=uuid4()
    )
    return row

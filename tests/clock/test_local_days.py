"""Days are counted where they are lived: after midnight, UTC is still the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.watch.telling import reader, told
from factories import (
    AgentFactory,
    CaseFileFactory,
    ConcernFactory,
    MinorFactory,
    OrganisationFactory,
    PostingFactory,
)
from fanal.detect.concerns.lists import concerns_shown, counts_of_the_day
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.use_cases.receipts import new_receipt
from fanal.detect.watch import use_cases as watch
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import BreakGlass
from fanal.ground.access.queries import reviewers_of
from fanal.ground.notifications.models import Notification
from fanal.ground.privacy.sealing.deeds import Deed, Kind
from fanal.portal.keys.reading import A_YEAR, Reading
from fanal.prevent.exchange import use_cases as exchange
from ground.codes.conftest import quick
from helpline.letters.conftest import keys
from past import past

__all__ = ["keys", "quick"]
pytestmark = pytest.mark.django_db

# Half past midnight, on 29 February, in Paris.
EARLY = datetime(2028, 2, 28, 23, 30, tzinfo=UTC)
TODAY = date(2028, 2, 29)
NEW_YEAR = datetime(2027, 12, 31, 23, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("authority", "commune", "now", "is_past"),
    [
        ("59", "59350", EARLY, True),
        ("59", "59350", EARLY - HOUR, False),
        # Half past one on the 29th in Saint-Denis, half past ten on the 28th in Paris.
        ("974", "97411", EARLY - 2 * HOUR, True),
        # Half past seven in the evening of the 28th in Fort-de-France.
        ("972", "97209", EARLY, False),
        ("972", "97209", EARLY + 5 * HOUR, True),
    ],
)
def test_the_legal_day_ends_where_the_authority_is_for_the_list_and_its_counter(
    authority: str, commune: str, now: datetime, is_past: bool
) -> None:
    organisation = OrganisationFactory(kind="child_welfare", authority_id=authority)
    nadia = AgentFactory()
    PostingFactory(agent=nadia, organisation=organisation, role="crip")
    minor = MinorFactory(case_file=CaseFileFactory(authority_id=authority), commune_id=commune)
    concern = ConcernFactory(minor=minor, commune_id=commune, evaluation_due=TODAY - DAY)

    with acting_as(nadia):
        shown = list(concerns_shown({"shown": "past_law"}, now=now))
        counted = counts_of_the_day(now=now)["past_law"]

    assert shown == ([concern] if is_past else [])
    assert counted == len(shown)
    local = now.astimezone(ZoneInfo(concern.authority.timezone)).date()
    assert Concern.is_past_law(concern, local) is is_past


def test_a_receipt_of_the_first_minutes_of_a_year_bears_that_year() -> None:
    assert new_receipt(NEW_YEAR).startswith("IP-2028-")
    assert new_receipt(NEW_YEAR - HOUR).startswith("IP-2027-")


def test_whoever_begins_today_is_told_what_arrives_after_midnight(keys: Any, quick: Any) -> None:
    hugo = reader("59", since=TODAY)

    kept = watch.keep_alert(told=told(), sent=uuid4(), now=EARLY)

    assert kept.receipt.startswith("HB-2028-")
    assert past(Notification).filter(agent=hugo).count() == 1


def test_whoever_left_yesterday_reads_no_alert_after_midnight(keys: Any) -> None:
    reader("59", until=TODAY - DAY)

    with pytest.raises(watch.NobodyReads):
        watch.keep_alert(told=told(), sent=uuid4(), now=EARLY)


def test_whoever_moderates_from_today_is_told_of_a_question_after_midnight(
    keys: Any, quick: Any, settings: Any
) -> None:
    settings.FANAL_EXCHANGE_HOURS = "24/7"
    helpline = OrganisationFactory(kind="helpline")
    early, gone = AgentFactory(), AgentFactory()
    # Somebody must moderate by the clock of the machine as well, for the door to be open.
    PostingFactory(agent=AgentFactory(), organisation=helpline, role="coordinator")
    PostingFactory(agent=early, organisation=helpline, role="coordinator", since=TODAY)
    PostingFactory(agent=gone, organisation=helpline, role="coordinator", until=TODAY - DAY)

    exchange.ask(written=exchange.Written(text="Des mots inventés."), sent=uuid4(), now=EARLY)

    told_of_it = set(past(Notification).values_list("agent", flat=True))
    assert early.pk in told_of_it
    assert gone.pk not in told_of_it


def test_whoever_reviews_from_today_reviews_what_was_opened_after_midnight(nord: Any) -> None:
    early, gone = AgentFactory(), AgentFactory()
    PostingFactory(agent=early, organisation=nord, role="controller", since=TODAY)
    PostingFactory(agent=gone, organisation=nord, role="controller", until=TODAY - DAY)
    file = CaseFileFactory()
    opening = BreakGlass(agent=AgentFactory(), case_file=file, authority=file.authority)
    opening.opened_at = EARLY

    with acting_as(early):
        assert reviewers_of(opening) == [early]


@given(after=st.timedeltas(timedelta(0), 100 * DAY))
def test_a_key_is_a_year_old_by_the_day_of_paris(after: timedelta) -> None:
    at = NEW_YEAR + after
    deeds = {Kind.REHEARSAL: Deed(kind=Kind.REHEARSAL, at=at)}
    local = at.astimezone(ZoneInfo("Europe/Paris")).date()

    def late(today: date) -> bool:
        return Reading(deeds, today=today).days[1].late

    assert not late(local + A_YEAR)
    assert late(local + A_YEAR + DAY)

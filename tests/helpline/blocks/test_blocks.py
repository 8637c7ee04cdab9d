"""A block has its reason and its end, another confirms it, and it never stands against danger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from factories import AgentFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.codes.terms import Kind
from fanal.ground.errors import NotVisible
from fanal.helpline.blocks import digests, terms
from fanal.helpline.blocks.connections import Connections
from fanal.helpline.blocks.models import Block
from fanal.helpline.blocks.queries import (
    blocks,
    coordinated_by,
    held,
    helpline_of,
    named,
    read_block,
    read_named,
    stops_code,
    stops_connection,
    stops_number,
)
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.blocks.use_cases import (
    BadLength,
    NoReason,
    NotYours,
    Over,
    OwnBlock,
    confirm_block,
    forget_blocks,
    lift_block,
    set_block,
)
from fanal.helpline.calls.models import Call
from fanal.helpline.calls.use_cases.hearing import rang
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NUMBER, REASON = "01 99 00 00 00", "Insultes répétées."
ASKED = hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def hold(
    agent: Agent, *, number: str = NUMBER, length: timedelta = 2 * HOUR, now: datetime = NOON
) -> Block:
    with acting_as(agent):
        return set_block(
            agent=agent,
            handle=Handle.NUMBER,
            digest=digests.of_number(number),
            reason=REASON,
            length=length,
            now=now,
        )


def stopped(now: datetime, *, number: str = NUMBER, in_danger: bool = False) -> bool:
    return stops_number(number=number, in_danger=in_danger, now=now)


@given(
    hours=st.integers(1, 720),
    confirmed=st.none() | st.integers(0, 1439),
    lifted=st.none() | st.integers(0, 43_200),
    asked=st.integers(-60, 50_000),
)
@ASKED
def test_a_block_never_outlives_its_time_and_never_stops_danger(
    maya: Agent, anouk: Agent, hours: int, confirmed: int | None, lifted: int | None, asked: int
) -> None:
    """Whatever was done to it, the database and the row say the same at every minute."""
    with as_owner():
        Block.objects.all().delete()
    block = hold(maya, length=hours * HOUR)
    with acting_as(anouk):
        for act, minute in ((confirm_block, confirmed), (lift_block, lifted)):
            if minute is not None and block.holds(NOON + minute * MINUTE):
                block = act(agent=anouk, ref=block.ref, now=NOON + minute * MINUTE)
    moment = NOON + asked * MINUTE
    found = past(Block).get()
    assert stopped(moment) is found.holds(moment)
    assert not stopped(moment, in_danger=True)
    assert found.ends_at <= found.until <= NOON + terms.LONGEST
    for ended in (found.ends_at, found.ends_at + SECOND, NOON + hours * HOUR):
        assert not stopped(ended)
    if found.confirmed_at is None:
        assert not stopped(NOON + terms.UNCONFIRMED)


@pytest.mark.parametrize("length", [HOUR - SECOND, 30 * DAY + SECOND, timedelta(0), -HOUR])
def test_it_lasts_from_an_hour_to_thirty_days(maya: Agent, length: timedelta) -> None:
    with pytest.raises(BadLength):
        hold(maya, length=length)
    # The database refuses what the code would forget.
    block = hold(maya)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.filter(pk=block.pk).update(until=NOON + length)


def test_a_connection_is_held_a_day_at_the_most(maya: Agent) -> None:
    with acting_as(maya), pytest.raises(BadLength):
        set_block(
            agent=maya,
            handle=Handle.CONNECTION,
            digest="00",
            reason=REASON,
            length=DAY + SECOND,
            now=NOON,
        )


@pytest.mark.parametrize("reason", ["", "non", "   court   ", "a" * 501])
def test_it_has_a_reason(maya: Agent, reason: str) -> None:
    with acting_as(maya), pytest.raises(NoReason):
        set_block(
            agent=maya, handle=Handle.NUMBER, digest="0", reason=reason, length=HOUR, now=NOON
        )


def test_somebody_else_who_coordinates_confirms(maya: Agent, tom: Agent, anouk: Agent) -> None:
    block, own = hold(maya, length=3 * DAY), hold(anouk)
    with acting_as(tom), pytest.raises(NotYours):
        confirm_block(agent=tom, ref=block.ref, now=NOON)
    with acting_as(anouk):
        with pytest.raises(OwnBlock):
            confirm_block(agent=anouk, ref=own.ref, now=NOON)
        for _ in range(2):
            confirm_block(agent=anouk, ref=block.ref, now=NOON + HOUR)
    assert stopped(NOON + 2 * DAY)
    assert past(Trace).filter(deed="block.confirm").count() == 1


def test_what_nobody_confirmed_in_a_day_is_over(maya: Agent, anouk: Agent) -> None:
    block = hold(maya, length=3 * DAY)
    assert stopped(NOON + DAY - SECOND)
    assert not stopped(NOON + DAY)
    with acting_as(anouk), pytest.raises(Over):
        confirm_block(agent=anouk, ref=block.ref, now=NOON + DAY)


def test_who_set_it_or_who_coordinates_lifts_it(maya: Agent, tom: Agent, anouk: Agent) -> None:
    first, second = hold(maya), hold(maya, number="01 99 00 00 01")
    with acting_as(tom), pytest.raises(NotYours):
        lift_block(agent=tom, ref=first.ref, now=NOON)
    with acting_as(anouk):
        lift_block(agent=anouk, ref=first.ref, now=NOON + MINUTE)
        with pytest.raises(Over):
            lift_block(agent=anouk, ref=first.ref, now=NOON + MINUTE)
    assert not stopped(NOON + MINUTE)
    assert stopped(NOON + MINUTE, number="0199000001")
    with acting_as(maya):
        lift_block(agent=maya, ref=second.ref, now=NOON + MINUTE)
    assert not stopped(NOON + MINUTE, number="0199000001")


def test_another_helpline_sees_and_moves_nothing(
    maya: Agent, elsewhere: Agent, nadia: Agent
) -> None:
    block = hold(maya)
    with acting_as(elsewhere):
        assert not blocks().exists()
        with pytest.raises(NotVisible):
            read_block(ref=block.ref)
        for act in (confirm_block, lift_block):
            with pytest.raises(NotVisible):
                act(agent=elsewhere, ref=block.ref, now=NOON)
    with pytest.raises(NotVisible):
        hold(nadia)
    with acting_as(maya):
        assert read_block(ref=block.ref) == block


def test_no_number_is_written(maya: Agent) -> None:
    hold(maya)
    row = past(Block).values().get()
    assert not any("199000000" in str(value) for value in row.values())
    assert not Block.objects.exists()


@pytest.mark.parametrize(
    "written", ["0199000000", "01 99 00 00 00", "+33 1 99 00 00 00", "0033199000000"]
)
def test_one_number_has_one_digest_however_written(maya: Agent, written: str) -> None:
    hold(maya)
    assert stopped(NOON, number=written)


@pytest.mark.parametrize("written", ["", "masqué", "119", "0", "+", "01 99 00 00 0x", "1" * 40])
def test_what_is_no_number_is_nobody_s(maya: Agent, written: str) -> None:
    with pytest.raises(digests.UnreadableNumber):
        digests.of_number(written)
    assert not stopped(NOON, number=written)


@pytest.mark.parametrize(("in_danger", "stops"), [(False, True), (True, False), (None, False)])
def test_a_held_number_is_dissuaded_when_who_calls_was_asked_and_is_not_in_danger(
    helpline: Organisation, maya: Agent, in_danger: bool | None, stops: bool
) -> None:
    hold(maya)
    for number in (NUMBER, "01 99 00 00 09"):
        rang(
            helpline=helpline,
            call=uuid4(),
            number=number,
            dissuaded=False,
            in_danger=in_danger,
            now=NOON,
        )
    assert sorted(past(Call).values_list("dissuaded", flat=True)) == [False, stops]


def test_a_code_is_held_by_what_it_opens(maya: Agent, settings: Settings) -> None:
    opens = uuid4()
    with acting_as(maya):
        set_block(
            agent=maya,
            handle=Handle.CODE,
            digest=digests.of_code(Kind.FORM, opens),
            reason=REASON,
            length=HOUR,
            now=NOON,
        )
    asked = {"in_danger": False, "now": NOON}
    assert stops_code(kind=Kind.FORM, opens=opens, **asked)  # type: ignore[arg-type]
    assert not stops_code(kind=Kind.FORM, opens=opens, in_danger=True, now=NOON)
    assert not stops_code(kind=Kind.CHAT, opens=opens, **asked)  # type: ignore[arg-type]
    assert not stops_code(kind=Kind.FORM, opens=uuid4(), **asked)  # type: ignore[arg-type]
    # The secret of the instance was changed: what it replaced still finds.
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one"
    assert stops_code(kind=Kind.FORM, opens=opens, **asked)  # type: ignore[arg-type]


def test_a_day_after_its_end_nothing_is_kept(maya: Agent, anouk: Agent) -> None:
    ended, lifted, kept = (hold(maya, length=hours * HOUR) for hours in (1, 10, 10))
    with acting_as(anouk):
        lift_block(agent=anouk, ref=lifted.ref, now=NOON + HOUR)
        confirm_block(agent=anouk, ref=kept.ref, now=NOON)
    assert forget_blocks(now=NOON + DAY + HOUR) == 0
    assert forget_blocks(now=NOON + DAY + HOUR + SECOND) == 2
    assert past(Block).get().ref == kept.ref
    assert not past(Block).filter(ref=ended.ref).exists()
    assert forget_blocks(now=NOON + DAY + 11 * HOUR) == 1


def test_what_a_screen_names_is_read_back_and_nothing_else(db: None) -> None:
    assert read_named(named(Handle.CODE, "ab")) == (Handle.CODE, "ab")
    for wrong in ("", "faux", f"{named(Handle.CODE, 'ab')}x"):
        with pytest.raises(NotVisible):
            read_named(wrong)


def test_a_connection_that_led_a_held_conversation_is_stopped(maya: Agent) -> None:
    seen = Connections()
    seen.note("aa", "192.0.2.1")
    seen.note("bb", "192.0.2.2")
    with acting_as(maya):
        set_block(
            agent=maya,
            handle=Handle.CONNECTION,
            digest="aa",
            reason=REASON,
            length=HOUR,
            now=NOON,
        )

    def meets(peer: str | None, *, now: datetime = NOON, in_danger: bool = False) -> bool:
        return stops_connection(peer=peer, in_danger=in_danger, now=now, seen=seen)

    assert meets("192.0.2.1")
    assert not meets("192.0.2.1", in_danger=True)
    assert not meets("192.0.2.2")
    assert not meets(None)
    assert not meets("192.0.2.1", now=NOON + HOUR)
    assert held(Handle.CONNECTION, [], now=NOON) == []
    # Another process, or this one started again, knows nothing.
    assert not stops_connection(peer="192.0.2.1", in_danger=False, now=NOON, seen=Connections())


def test_the_day_of_a_posting_begins_at_midnight_here(helpline: Organisation) -> None:
    agent = AgentFactory(name="Nuit Inventée", email="nuit@fanal.invalid")
    PostingFactory(
        agent=agent, organisation=helpline, role="coordinator", since=date(2026, 7, 2), until=None
    )
    midnight = datetime(2026, 7, 1, 22, tzinfo=UTC)
    with pytest.raises(NotVisible):
        helpline_of(agent, now=midnight - SECOND)
    assert helpline_of(agent, now=midnight) == helpline
    assert coordinated_by(agent, now=midnight) == {helpline.pk}

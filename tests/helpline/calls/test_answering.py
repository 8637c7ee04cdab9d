"""A line rings, somebody answers, one at a time; no number is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.retention.use_cases import apply_retention
from fanal.helpline.blocks.terms import Handle
from fanal.helpline.blocks.use_cases import set_block
from fanal.helpline.calls import lines
from fanal.helpline.calls.lines import NullLine, line
from fanal.helpline.calls.models import Call, OpenLine
from fanal.helpline.calls.numbers import digest_of
from fanal.helpline.calls.queries import called_before, log, my_call, queue_state
from fanal.helpline.calls.terms import Funnel
from fanal.helpline.calls.use_cases import (
    AlreadyAnswered,
    LineDown,
    NotYourCall,
    StillTalking,
    answer_call,
    close_line,
    end_call,
    open_line,
)
from fanal.helpline.shifts.queries import PauseDue
from fanal.helpline.shifts.terms import Channel
from fanal.helpline.shifts.use_cases import note_hard, pause
from past import past

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
NUMBER = "06 39 98 00 01"


class Spoken(NullLine):
    """Keeps what it was asked, and fails when it is told to."""

    asked: list[str] = []
    broken = False

    def __getattribute__(self, name: str) -> object:
        if name in ("open_for", "close_for", "answer", "hang_up", "dial"):
            if Spoken.broken:
                raise OSError
            Spoken.asked.append(name)
        return super().__getattribute__(name)


@pytest.fixture
def spoken(settings: Settings) -> type[Spoken]:
    lines._line.cache_clear()
    settings.FANAL_LINE = f"{__name__}.Spoken"
    Spoken.asked, Spoken.broken = [], False
    lines._line.cache_clear()
    return Spoken


def answer(agent: Agent, ref: UUID, now: datetime = NOON) -> Call:
    with acting_as(agent):
        return answer_call(agent=agent, ref=ref, now=now)


def test_a_call_rings_is_answered_and_ends(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    ref = phone.ring(helpline, number=NUMBER, now=NOON)
    with acting_as(maya):
        open_line(agent=maya, now=NOON)
        state = queue_state(helpline, now=NOON + 30 * SECOND)
        assert ([one.ref for one in state.waiting], state.longest) == ([ref], 30 * SECOND)
        assert (state.open_lines, state.free) == ([maya], 1)
        answer_call(agent=maya, ref=ref, now=NOON + 40 * SECOND)
        assert my_call(maya) is not None
        assert queue_state(helpline, now=NOON + MINUTE).free == 0
        end_call(agent=maya, ref=ref, treated=True, now=NOON + 20 * MINUTE)
        assert my_call(maya) is None
    assert past(Call).get().funnel is Funnel.TREATED
    deeds = sorted(one.deed for one in past(Trace))
    assert deeds == ["call.answer", "call.end", "call.ring", "line.open", "presence.on"]


def test_told_twice_it_rang_once_and_ended_once(phone: NullLine, helpline: Organisation) -> None:
    ref = phone.ring(helpline, now=NOON)
    told = {"helpline": helpline, "call": ref, "number": "", "dissuaded": False}
    phone.ears.rang(**told, now=NOON + MINUTE)  # type: ignore[arg-type]
    phone.give_up(ref, now=NOON + 3 * SECOND)
    phone.give_up(ref, now=NOON + MINUTE)
    assert past(Call).get().funnel is Funnel.ABANDONED_SOON
    assert past(Trace).filter(deed="call.gone").count() == 1


def test_a_number_goes_no_further_than_a_keyed_digest(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    phone.ring(helpline, number=NUMBER, now=NOON - DAY)
    ref = phone.ring(helpline, number="+33639980001", now=NOON)
    other = phone.ring(helpline, number="06 39 98 00 02", now=NOON)
    hidden = phone.ring(helpline, now=NOON)
    with acting_as(maya):
        again = {one.ref: called_before(one) for one in log(helpline)}
    assert (again[ref], again[other], again[hidden]) == (True, False, False)
    assert "39980001" not in str(list(past(Call).values()) + list(past(Trace).values()))


def test_one_number_is_written_in_many_ways_and_a_hidden_one_in_none() -> None:
    ways = {digest_of(one) for one in (NUMBER, "+33 6 39 98 00 01", "0033639980001")}
    assert len(ways) == 1
    assert [digest_of(one) for one in ("", "anonyme")] == [None, None]


def test_a_digest_needs_the_key_of_the_instance(settings: Settings) -> None:
    before = digest_of(NUMBER)
    settings.SECRET_KEY = "another secret of an instance, as long as it must be"
    assert digest_of(NUMBER) != before


def test_one_call_at_a_time_and_one_listener_a_call(
    phone: NullLine, helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    first, second = (phone.ring(helpline, now=NOON) for _ in range(2))
    answer(maya, first)
    assert answer(maya, first).listener == maya
    with pytest.raises(StillTalking):
        answer(maya, second)
    with pytest.raises(AlreadyAnswered):
        answer(tom, first)
    with acting_as(tom), pytest.raises(NotYourCall):
        end_call(agent=tom, ref=first, treated=True, now=NOON)


def test_who_hung_up_is_not_answered_and_what_it_was_is_still_said(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    gone, talked = (phone.ring(helpline, now=NOON) for _ in range(2))
    phone.give_up(gone, now=NOON + MINUTE)
    with pytest.raises(AlreadyAnswered):
        answer(maya, gone, NOON + 2 * MINUTE)
    answer(maya, talked)
    phone.give_up(talked, now=NOON + 5 * MINUTE)
    with acting_as(maya):
        end_call(agent=maya, ref=talked, treated=True, now=NOON + 9 * MINUTE)
    kept = past(Call).get(ref=talked)
    assert (kept.ended_at, kept.funnel) == (NOON + 5 * MINUTE, Funnel.TREATED)


def test_dissuaded_it_does_not_ring_for_anybody(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    ref = phone.ring(helpline, number=NUMBER, dissuaded=True, now=NOON)
    with acting_as(maya):
        assert queue_state(helpline, now=NOON).waiting == []
    with pytest.raises(AlreadyAnswered):
        answer(maya, ref)


def test_a_pause_that_is_due_comes_before_the_phone_too(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    with acting_as(maya):
        open_line(agent=maya, now=NOON)
        for _ in range(3):
            note_hard(agent=maya, channel=Channel.CALL, now=NOON)
    ref = phone.ring(helpline, now=NOON)
    with pytest.raises(PauseDue, match="13:16"):
        answer(maya, ref, NOON + MINUTE)
    assert past(Call).get().funnel is Funnel.WAITING


def test_in_a_pause_a_line_takes_no_call(helpline: Organisation, maya: Agent) -> None:
    with acting_as(maya):
        open_line(agent=maya, now=NOON)
        pause(agent=maya, now=NOON + MINUTE)
        assert queue_state(helpline, now=NOON + 2 * MINUTE).open_lines == []
        close_line(agent=maya, now=NOON + 3 * MINUTE)
    assert past(OpenLine).get().opened_at is None


def test_what_is_done_is_asked_of_the_line(
    spoken: type[Spoken], helpline: Organisation, maya: Agent
) -> None:
    chosen = line()
    assert isinstance(chosen, Spoken)
    ref = chosen.ring(helpline, now=NOON)
    with acting_as(maya):
        open_line(agent=maya, now=NOON)
        answer_call(agent=maya, ref=ref, now=NOON)
        end_call(agent=maya, ref=ref, treated=False, now=NOON + MINUTE)
        close_line(agent=maya, now=NOON + MINUTE)
    assert spoken.asked == ["open_for", "answer", "hang_up", "close_for"]


def test_what_the_line_refuses_is_said_and_not_kept(
    spoken: type[Spoken], helpline: Organisation, maya: Agent
) -> None:
    chosen = line()
    assert isinstance(chosen, NullLine)
    ref = chosen.ring(helpline, now=NOON)
    spoken.broken = True
    with pytest.raises(LineDown):
        answer(maya, ref)
    assert past(Call).get().funnel is Funnel.WAITING


def test_a_stranger_finds_no_call(
    phone: NullLine, helpline: Organisation, elsewhere: Agent, nadia: Agent
) -> None:
    ref = phone.ring(helpline, now=NOON)
    for agent in (elsewhere, nadia):
        with acting_as(agent):
            assert not Call.objects.exists()
            for act in (
                lambda who: answer_call(agent=who, ref=ref, now=NOON),
                lambda who: end_call(agent=who, ref=ref, treated=True, now=NOON),
            ):
                with pytest.raises(NotVisible):
                    act(agent)


def test_nobody_writes_a_call_but_the_line(
    helpline: Organisation, maya: Agent, nord: Organisation
) -> None:
    with acting_as(maya), pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.create(organisation=helpline, arrived_at=NOON)
    with connection.cursor() as cursor:
        values = [nord.pk, uuid4(), b"x" * 32, False, NOON]
        cursor.execute("SELECT calls_rang(%s, %s, %s, %s, %s)", values)
        assert cursor.fetchone() == (False,)


def test_six_months_later_a_call_is_gone(phone: NullLine, helpline: Organisation) -> None:
    phone.ring(helpline, now=NOON)
    phone.ring(helpline, now=NOON + 30 * DAY)
    apply_retention(now=NOON + 170 * DAY)
    assert len(past(Call)) == 2
    apply_retention(now=NOON + 190 * DAY)
    assert len(past(Call)) == 1


def test_a_call_s_own_digest_holds_its_number_until_the_block_ends(
    phone: NullLine, helpline: Organisation, maya: Agent
) -> None:
    first = phone.ring(helpline, number=NUMBER, now=NOON)
    answer(maya, first)
    caller = past(Call).get(ref=first).caller
    with acting_as(maya):
        set_block(
            agent=maya,
            handle=Handle.NUMBER,
            digest=bytes(caller).hex(),
            reason="Vingt appels muets depuis ce matin.",
            length=timedelta(hours=1),
            now=NOON,
        )
    soon, later = NOON + MINUTE, NOON + 61 * MINUTE
    held = phone.ring(helpline, number=NUMBER, in_danger=False, now=soon)
    danger = phone.ring(helpline, number=NUMBER, in_danger=True, now=soon)
    unasked = phone.ring(helpline, number=NUMBER, now=soon)
    after = phone.ring(helpline, number=NUMBER, in_danger=False, now=later)
    places = {one.ref: one.funnel for one in past(Call)}
    assert places[held] is Funnel.DISSUADED
    assert places[danger] is places[unasked] is places[after] is Funnel.WAITING

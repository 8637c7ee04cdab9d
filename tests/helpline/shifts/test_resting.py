"""A pause is never broken but for danger: an oracle that counts minute by minute says the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.shifts.resting import Span, pause_due
from fanal.helpline.shifts.rules import rules

RULES = rules()
BEGIN = datetime(2026, 11, 24, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
N, M, P = RULES.hard_contacts, RULES.work_minutes, RULES.pause_minutes


def at(minute: int) -> datetime:
    return BEGIN + minute * MINUTE


def test_the_third_hard_contact_calls_for_a_pause() -> None:
    work = [Span(at(0))]
    assert pause_due(work, [at(5), at(10)], now=at(20), rules=RULES) is None
    due = pause_due(work, [at(5), at(10), at(15)], now=at(20), rules=RULES)
    assert due is not None
    assert (due.until, due.begun, due.hard) == (at(20 + P), False, 3)


def test_two_hours_call_for_a_pause() -> None:
    assert pause_due([Span(at(0))], [], now=at(M - 1), rules=RULES) is None
    due = pause_due([Span(at(0))], [], now=at(M), rules=RULES)
    assert due is not None
    assert due.minutes == M


def test_a_pause_that_has_begun_says_when_it_ends() -> None:
    work = [Span(at(0), at(30))]
    hard = [at(1), at(2), at(3)]
    due = pause_due(work, hard, now=at(35), rules=RULES)
    assert due is not None
    assert (due.until, due.begun) == (at(30 + P), True)
    assert pause_due(work, hard, now=at(30 + P), rules=RULES) is None


def test_a_short_rest_resets_nothing() -> None:
    work = [Span(at(0), at(60)), Span(at(60 + P - 1))]
    assert pause_due(work, [], now=at(60 + P - 1 + 60), rules=RULES) is not None
    whole = [Span(at(0), at(60)), Span(at(60 + P))]
    assert pause_due(whole, [], now=at(60 + P + 60), rules=RULES) is None


# Each step: minutes at work, whether each minute weighs, then minutes of rest.
STEPS = st.lists(
    st.tuples(
        st.integers(1, 150), st.lists(st.integers(0, 149), max_size=4), st.integers(1, 2 * P)
    ),
    min_size=1,
    max_size=6,
)


@given(STEPS, st.integers(0, 400))
def test_it_is_due_when_counting_minute_by_minute_says_so(
    steps: list[tuple[int, list[int], int]], later: int
) -> None:
    working: list[bool] = []
    hard: list[int] = []
    work: list[Span] = []
    for minutes, weighing, rest in steps:
        start = len(working)
        hard += [start + one for one in weighing if one < minutes]
        working += [True] * minutes + [False] * rest
        work.append(Span(at(start), at(start + minutes)))
    now = min(later, len(working))
    seen = [Span(s.begin, s.end if s.end and s.end <= at(now) else None) for s in work]
    seen = [one for one in seen if one.begin < at(now)]
    moments = [at(one) for one in hard if one <= now]

    found = pause_due(seen, moments, now=at(now), rules=RULES)

    worked = weighed = rested = 0
    for minute in range(now):
        if working[minute]:
            worked, rested = worked + 1, 0
            weighed += hard.count(minute)
        else:
            rested += 1
            if rested >= P:
                worked = weighed = 0
    # What weighed at this very minute has weighed, at work.
    weighed += hard.count(now) if now < len(working) and rested < P and worked else 0
    assert (found is not None) == (worked >= M or weighed >= N)

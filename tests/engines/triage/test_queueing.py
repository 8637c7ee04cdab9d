"""The order of those who wait: explained, fair, and nobody is left behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.triage.placing import MOVED, Placed, Reason
from fanal.engines.triage.queueing import Move, Place, Waiting, in_order
from fanal.engines.triage.rules import Level, read_rules
from sizes import size

RULES = read_rules()
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONGEST = RULES.longest * MINUTE


def one(
    who: object, level: Level = Level.USUAL, *, minor: bool = False, minutes: float = 0
) -> Waiting[object]:
    reasons = () if level is Level.USUAL else (Reason("rule", "raison"),)
    return Waiting(who, Placed(level, reasons, minor, RULES.version), NOON - minutes * MINUTE)


def order(*waiting: Waiting[object]) -> list[object]:
    return [place.who for place in in_order(waiting, now=NOON, rules=RULES)]


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting[object]]:
    people = draw(
        st.lists(st.tuples(st.sampled_from(Level), st.booleans(), st.integers(0, 120)), max_size=30)
    )
    return [
        one(who, level, minor=minor, minutes=minutes)
        for who, (level, minor, minutes) in enumerate(people)
    ]


def test_classes_then_minors_then_arrival() -> None:
    assert order(
        one("usual adult", minutes=3),
        one("usual minor", minor=True, minutes=1),
        one("soon", Level.SOON),
        one("urgent late", Level.URGENT),
        one("urgent early", Level.URGENT, minutes=2),
        one("danger", Level.DANGER),
    ) == ["danger", "urgent early", "urgent late", "soon", "usual minor", "usual adult"]


def test_waiting_raises_a_class_at_a_time_and_says_so() -> None:
    first, second = in_order(
        [one("soon", Level.SOON), one("usual", minutes=15)], now=NOON, rules=RULES
    )

    assert (first.who, first.level) == ("usual", Level.SOON)
    assert first.reasons[-1].said == "attend depuis 15 minutes"
    assert (second.who, second.reasons) == ("soon", (Reason("rule", "raison"),))


def test_waiting_puts_nobody_in_danger() -> None:
    (place,) = in_order([one("adult", minutes=600)], now=NOON, rules=RULES)

    assert place.level is Level.URGENT


def test_after_the_longest_wait_one_goes_before_minors_who_came_later() -> None:
    assert order(
        one("adult", minutes=RULES.longest), one("minor", Level.URGENT, minor=True, minutes=44)
    ) == ["adult", "minor"]


@given(queues())
def test_in_danger_before_everybody_the_first_come_first(queue: list[Waiting[object]]) -> None:
    places = in_order(queue, now=NOON, rules=RULES)
    since = {each.who: each.since for each in queue}
    danger = [place.who for place in places if place.level is Level.DANGER]

    assert danger == [place.who for place in places[: len(danger)]]
    assert danger == sorted(danger, key=lambda who: (since[who], str(who)))
    assert set(danger) == {each.who for each in queue if each.placed.level is Level.DANGER}


@given(queues())
def test_nobody_who_came_later_passes_whoever_waited_longest_but_those_in_danger(
    queue: list[Waiting[object]],
) -> None:
    places = in_order(queue, now=NOON, rules=RULES)
    known = {each.who: each for each in queue}
    for place in places:
        here = known[place.who]
        if NOON - here.since < LONGEST or place.level is Level.DANGER:
            continue
        for before in places[: place.rank - 1]:
            assert before.level is Level.DANGER or known[before.who].since <= here.since


@given(queues())
def test_in_a_class_minors_go_before_adults(queue: list[Waiting[object]]) -> None:
    known = {each.who: each for each in queue}
    recent = [
        place
        for place in in_order(queue, now=NOON, rules=RULES)
        if NOON - known[place.who].since < LONGEST and place.level is not Level.DANGER
    ]
    for level in Level:
        minors = [known[place.who].placed.minor for place in recent if place.level is level]
        assert minors == sorted(minors, reverse=True)


@given(queues())
def test_every_place_is_explained(queue: list[Waiting[object]]) -> None:
    for place in in_order(queue, now=NOON, rules=RULES):
        assert place.reasons or place.level is Level.USUAL


@given(queue=queues(), seed=st.integers(0, 1000))
def test_the_order_does_not_depend_on_how_it_is_asked(
    queue: list[Waiting[object]], seed: int
) -> None:
    mixed = Random(seed).sample(queue, len(queue))  # noqa: S311

    assert in_order(mixed, now=NOON, rules=RULES) == in_order(queue, now=NOON, rules=RULES)


@given(seed=st.integers(0, 10_000), pace=st.floats(0.8, 2.0))
@settings(max_examples=size(20, 60), deadline=None)
def test_nobody_starves_under_a_stream_that_never_ends(seed: int, pace: float) -> None:
    """
    One is answered each minute, ``pace`` come in, most of them urgent minors. An adult with no
    reason is answered before anybody who came more than the longest wait after them.
    """
    draw = Random(seed)  # noqa: S311
    queue: list[Waiting[object]] = []
    answered: list[Waiting[object]] = []
    coming = 0.0
    for minute in range(240):
        now = NOON + minute * MINUTE
        coming += pace
        while coming >= 1:
            coming -= 1
            urgent = draw.random() < 0.8
            level = Level.URGENT if urgent else Level.USUAL
            placed = Placed(level, (), urgent, RULES.version)
            queue.append(Waiting((minute, len(queue) + len(answered)), placed, now))
        if queue:
            first = in_order(queue, now=now, rules=RULES)[0].who
            served = next(each for each in queue if each.who == first)
            queue.remove(served)
            answered.append(served)

    for place, each in enumerate(answered):
        assert not [before for before in answered[:place] if before.since > each.since + LONGEST], (
            each
        )
    for left in queue:
        assert not [each for each in answered if each.since > left.since + LONGEST]


def test_a_moment_without_a_time_zone_or_to_come_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        in_order([], now=NOON.replace(tzinfo=None), rules=RULES)
    with pytest.raises(ValueError, match="later"):
        in_order([one("x", minutes=-1)], now=NOON, rules=RULES)


# Moves: a listener puts somebody before or behind another, and says why.


def after(queue: list[Waiting[object]], *moves: Move[object]) -> list[Place[object]]:
    return in_order(queue, now=NOON, rules=RULES, moves=moves)


@st.composite
def moved_queues(draw: st.DrawFn) -> tuple[list[Waiting[object]], list[Move[object]]]:
    """Some of those whom moves name have left meanwhile."""
    known = draw(queues().filter(lambda queue: len(queue) > 1))
    moves = [
        Move(known[who].who, known[other], "motif", before)
        for who, other, before in draw(
            st.lists(st.tuples(*[st.integers(0, len(known) - 1)] * 2, st.booleans()), max_size=12)
        )
    ]
    left = draw(st.sets(st.integers(0, len(known) - 1)))
    return [one for number, one in enumerate(known) if number not in left], moves


def test_one_is_put_just_before_or_just_behind_another() -> None:
    queue = [one("a", minutes=3), one("b", minutes=2), one("c", minutes=1)]
    a, b, c = queue
    assert [p.who for p in after(queue, Move("c", a, "seule ce soir"))] == ["c", "a", "b"]
    behind = after(queue, Move("a", b, "calme", before=False))
    assert [p.who for p in behind] == ["b", "a", "c"]
    assert behind[1].reasons == (Reason(MOVED, "déplacé : calme"),)
    assert [p.who for p in after(queue, Move("c", a, "x"), Move("b", c, "y"))] == ["b", "c", "a"]


def test_a_move_holds_when_the_other_is_answered() -> None:
    a, b, c = one("a", minutes=3), one("b", minutes=2), one("c", minutes=1)
    assert [p.who for p in after([b, c], Move("c", a, "motif"))] == ["c", "b"]


def test_before_somebody_in_danger_is_right_behind_them() -> None:
    danger, a, b = one("danger", Level.DANGER), one("a", minutes=3), one("b", minutes=2)
    assert [p.who for p in after([danger, a, b], Move("b", danger, "motif"))] == [
        "danger",
        "b",
        "a",
    ]
    assert [p.who for p in after([danger, a], Move("danger", a, "motif", before=False))] == [
        *("danger", "a")
    ]


@given(moved_queues())
def test_no_move_passes_those_in_danger_nor_who_waited_longest(
    world: tuple[list[Waiting[object]], list[Move[object]]],
) -> None:
    queue, moves = world
    known = {each.who: each for each in queue}

    def first(places: list[Place[object]]) -> list[object]:
        return [
            place.who
            for place in places
            if place.level is Level.DANGER or NOON - known[place.who].since >= LONGEST
        ]

    plain, moved = after(queue), after(queue, *moves)
    assert first(moved) == first(plain) == [place.who for place in moved[: len(first(plain))]]


@given(moved_queues())
def test_everybody_keeps_one_place_and_its_reasons(
    world: tuple[list[Waiting[object]], list[Move[object]]],
) -> None:
    queue, moves = world
    plain = {place.who: place for place in after(queue)}
    moved = after(queue, *moves)
    named = {move.who for move in moves}
    assert [place.rank for place in moved] == list(range(1, len(queue) + 1))
    assert {place.who for place in moved} == set(plain)
    for place in moved:
        assert place.reasons or place.level is Level.USUAL
        said = [reason for reason in place.reasons if reason.rule == MOVED]
        assert len(said) <= (place.who in named)
        assert [one for one in place.reasons if one.rule != MOVED] == list(plain[place.who].reasons)


@given(moved_queues(), st.integers(0, 1000))
def test_moves_replayed_give_the_same_order(
    world: tuple[list[Waiting[object]], list[Move[object]]], seed: int
) -> None:
    queue, moves = world
    mixed = Random(seed).sample(queue, len(queue))  # noqa: S311
    assert after(mixed, *moves) == after(queue, *moves)


@given(moved_queues())
def test_who_was_moved_by_nobody_keeps_the_order_of_the_rules(
    world: tuple[list[Waiting[object]], list[Move[object]]],
) -> None:
    queue, moves = world
    named = {move.who for move in moves}

    def others(places: list[Place[object]]) -> list[object]:
        return [place.who for place in places if place.who not in named]

    assert others(after(queue, *moves)) == others(after(queue))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=size(15, 40), deadline=None)
def test_nobody_starves_whatever_listeners_move(seed: int) -> None:
    """One is answered each minute, more come in, and each minute somebody is put before another."""
    draw = Random(seed)  # noqa: S311
    queue: list[Waiting[object]] = []
    known: list[Waiting[object]] = []
    moves: list[Move[object]] = []
    answered: list[Waiting[object]] = []
    for minute in range(150):
        now = NOON + minute * MINUTE
        for _ in range(draw.choice((1, 1, 2))):
            level = draw.choice((Level.URGENT, Level.USUAL))
            placed = Placed(level, (), draw.random() < 0.5, "")
            new: Waiting[object] = Waiting(len(known), placed, now)
            known.append(new)
            queue.append(new)
        # The newest before the oldest, or anybody before anybody.
        pair = (queue[-1], queue[0]) if draw.random() < 0.7 else draw.choices(queue, k=2)
        moves.append(Move(pair[0].who, pair[1], "motif", draw.random() < 0.8))
        first = in_order(queue, now=now, rules=RULES, moves=moves)[0].who
        served = next(each for each in queue if each.who == first)
        queue.remove(served)
        answered.append(served)
    for place, each in enumerate(answered):
        assert not [before for before in answered[:place] if before.since > each.since + LONGEST]
    for left in queue:
        assert not [each for each in answered if each.since > left.since + LONGEST]

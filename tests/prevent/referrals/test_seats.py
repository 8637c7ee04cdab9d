"""Seats are never over-booked: whatever is done in whatever order, and by many at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.demonstration.world import answering
from deadlines import deadline
from fanal.config.postgres.trials import TrialServer
from fanal.ground.errors import Refusal
from fanal.prevent.referrals import terms, use_cases
from fanal.prevent.referrals.models import Booking, Opening, Participation
from fanal.prevent.referrals.slots import Slot, slots_of
from fanal.prevent.referrals.terms import State
from fanal.prevent.referrals.use_cases import Full, Wanted
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import DAY, NOON, TOMORROW, a_place, booked, opened
from rows import as_owner

MANY, SEATS = 8, 3


class _Undone(Exception):
    pass


def sat(slots: list[Slot]) -> list[tuple[int, int]]:
    """For each slot, how many sit there and how many seats it has."""
    return [
        (
            past(Booking)
            .filter(opening__ref=one.opening, day=one.day)
            .exclude(state=State.CANCELLED)
            .count(),
            past(Opening).get(ref=one.opening).seats,
        )
        for one in slots
    ]


STEPS = st.tuples(st.sampled_from(["book", "cancel", "move"]), st.integers(0, 4), st.integers(0, 2))


@pytest.mark.django_db
@given(done=st.lists(STEPS, max_size=14), seats=st.lists(st.integers(1, 2), min_size=3, max_size=3))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_nobody_sits_on_somebody(
    place: PublicService, done: list[tuple[str, int, int]], seats: list[int]
) -> None:
    with suppress(_Undone), transaction.atomic():
        slots = [
            opened(place, day=(TOMORROW + number * DAY).date(), seats=many)
            for number, many in enumerate(seats)
        ]
        taken = []
        for act, which, where in done:
            try:
                if act == "book":
                    kept, _ = use_cases.keep(
                        place=place, slot=slots[where], wanted=Wanted(), sent=uuid4(), now=NOON
                    )
                    taken.append(kept.ref)
                elif taken:
                    shown = use_cases.reopen(_key(taken[which % len(taken)]))
                    key = use_cases.key_of(shown)
                    if act == "cancel":
                        use_cases.cancel(key=key)
                    else:
                        use_cases.move(key=key, to=slots[where].key, now=NOON)
            except Refusal:
                pass
            assert all(many <= most for many, most in sat(slots))
        # What is said to be left is what nobody has taken.
        left = {one.key: one.left for one in slots_of(place, now=NOON)}
        for one, (many, most) in zip(slots, sat(slots), strict=True):
            assert left[one.key] == most - many
        numbers = list(past(Booking).values_list("number", flat=True))
        assert len(set(numbers)) == len(numbers)
        raise _Undone


def _key(ref: object) -> str:
    from django.core import signing

    from fanal.prevent.referrals.use_cases.booking import SALT

    return signing.TimestampSigner(salt=SALT).sign(str(ref))


@pytest.mark.django_db
def test_the_database_refuses_two_in_one_seat(place: PublicService, slot: Slot) -> None:
    booked(place, slot)
    row = past(Booking).get()
    row.pk, row.ref, row.sent, row.number, row.note = None, uuid4(), uuid4(), 999, ""
    with pytest.raises(IntegrityError), as_owner():
        row.save(force_insert=True)


@pytest.fixture
def alone(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[None]:
    """A database of one's own, in which what is written is there for others."""
    name = f"seats_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        trial_server.create_database(name, template=template_database)
        with answering(name):
            yield
            connections.close_all()
    trial_server.drop_database(name)


def test_many_at_once_take_each_seat_once_and_the_others_are_told(
    alone: None, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_OF_A_PLACE", 1_000)
    place = a_place()
    slot, other = opened(place, seats=SEATS), opened(place, day=(TOMORROW + DAY).date(), seats=1)
    together = Barrier(MANY)

    def try_one(number: int) -> str:
        together.wait(timeout=deadline(20))
        try:
            use_cases.keep(place=place, slot=slot, wanted=Wanted(), sent=uuid4(), now=NOON)
        except Full as refusal:
            return refusal.following.key if refusal.following else "none"
        finally:
            connections.close_all()
        return "kept"

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(try_one, range(MANY)))
    assert answers.count("kept") == SEATS
    assert answers.count(other.key) == MANY - SEATS
    rows = list(past(Booking).all())
    assert sorted(one.seat for one in rows) == list(range(1, SEATS + 1))
    assert len({one.number for one in rows}) == SEATS
    assert past(Participation).count() == 1

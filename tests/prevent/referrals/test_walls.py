"""What the database itself refuses, and that no column can hold who somebody is."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.sealing.fields import SealedField
from fanal.prevent.referrals.models import (
    Booking,
    ClosedDay,
    Opening,
    Participation,
    Reach,
)
from fanal.prevent.referrals.slots import Slot
from fanal.prevent.referrals.terms import State
from fanal.prevent.spaces.models import PublicService
from past import past
from prevent.referrals.receiving import NOON, booked
from prevent.referrals.test_referring import NOTE, referred
from rows import as_owner

pytestmark = pytest.mark.django_db
TABLES = (Participation, Opening, ClosedDay, Booking, Reach)
# What a place writes of itself; a text of a person is sealed.
OF_A_PLACE = {"referrals.Participation.welcome"}
PLAIN = (
    models.UUIDField,
    models.DateField,
    models.DateTimeField,
    models.TimeField,
    models.BooleanField,
    models.IntegerField,
    models.ForeignKey,
    SealedField,
)


def seen_by(agent: Agent | None, model: type[models.Model]) -> int:
    with acting_as(agent):
        return model._default_manager.count()


def test_no_column_can_hold_who_somebody_is() -> None:
    """Each is a day, a number, a word of a closed list, a reference, or sealed."""
    loose = [
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_app_config("referrals").get_models()
        for field in model._meta.concrete_fields
        if not (isinstance(field, PLAIN) or field.choices)
    ]
    assert set(loose) == OF_A_PLACE


def test_nothing_that_identifies_is_stored_after_a_whole_story(
    place: PublicService, slot: Slot, sofia: Agent
) -> None:
    """Walk over all columns: no text but of closed lists, whatever was done."""
    booked(place, slot, audience="me", need="hurt")
    referred(sofia, place, slot, NOTE)
    lists = {
        value for field in Booking._meta.concrete_fields for value, _ in field.choices or ()
    } | {""}
    with as_owner(), connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 — our own names
            names = [one.name for one in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, str):
                        known = value in lists or name in ("welcome", "departement_id")
                        assert known, (model, name, value)
                    elif isinstance(value, bytes | memoryview):
                        assert NOTE.encode() not in bytes(value)
                    else:
                        assert value is None or isinstance(
                            value, bool | int | date | datetime | time | UUID
                        )
        # Nor in what is kept of the act itself.
        cursor.execute("SELECT detail::text FROM audit_trace")
        assert not re.search("hurt|peur", " ".join(row[0] for row in cursor.fetchall()))


def test_each_table_shows_what_is_of_the_place_and_nothing_to_others(
    place: PublicService, slot: Slot, noe: Agent, elsewhere: Agent, sofia: Agent, lou: Agent,
    anouk: Agent,
) -> None:  # fmt: skip
    booked(place, slot)
    assert [seen_by(noe, one) for one in (Participation, Opening, Booking)] == [1, 1, 1]
    for agent in (sofia, anouk, None):
        assert [seen_by(agent, one) for one in TABLES] == [0] * 5
    assert [seen_by(elsewhere, one) for one in (Participation, Opening, Booking)] == [1, 0, 0]
    # Who keeps the directory says whose desk it is, and sees nobody who is expected there.
    assert [seen_by(lou, one) for one in (Participation, Opening, Booking)] == [2, 0, 0]


def test_nobody_writes_an_appointment_nor_a_count_by_hand(
    place: PublicService, slot: Slot, noe: Agent, elsewhere: Agent, anouk: Agent
) -> None:
    booked(place, slot)
    row = past(Booking).get()
    with acting_as(noe):
        for change in (
            lambda: Booking.objects.create(
                sent=row.ref, participation_id=row.participation_id, day=row.day, number=1,
                opening_id=row.opening_id, seat=2, booked_at=NOON,
            ),
            lambda: Reach.objects.create(
                participation_id=row.participation_id, departement_id="59", month=row.day, seen=9
            ),
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert Booking.objects.all().delete()[0] == 0
        Booking.objects.update(state=State.SEEN, settled_at=NOON)
    assert past(Reach).get().seen == 1
    for agent in (noe, anouk, elsewhere):
        with acting_as(agent):
            assert Reach.objects.update(seen=50) == 0
    with acting_as(elsewhere):
        assert Booking.objects.update(state=State.EXPECTED) == 0


def test_whoever_has_no_account_reads_and_writes_no_table(place: PublicService, slot: Slot) -> None:
    booked(place, slot)
    assert [one._default_manager.count() for one in TABLES] == [0] * 5
    assert Booking.objects.update(state=State.SEEN, settled_at=NOON) == 0

"""Neither traces nor notices name anybody whom the case is about."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from config.demonstration.kept import Made
from config.demonstration.world import world
from fanal.detect.concerns.models import Concern, Informant, OtherMinor
from fanal.ground.audit.models import Trace
from fanal.ground.notifications.models import Notification
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.phonetics import plain
from past import past
from rows import as_owner

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def secrets() -> set[str]:
    """Every name and every contact of the world, as words."""
    with as_owner():
        texts = [
            *Minor.objects.values_list("given_names", flat=True),
            *Minor.objects.values_list("family_name", flat=True),
            *OtherMinor.objects.values_list("given_names", flat=True),
            *Holder.objects.values_list("name", flat=True),
            *(one.name for one in Informant.objects.all()),
        ]
    return {word for text in texts for word in plain(text).split() if len(word) > 2}


def rows_of(table: str) -> list[str]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
        return [row for (row,) in cursor.fetchall()]


def words(text: str) -> set[str]:
    return set(plain(text).split())


@pytest.mark.parametrize("table", ["audit_trace", "notifications_notification"])
def test_no_row_names_a_minor_a_holder_or_an_informant(table: str) -> None:
    names, rows = secrets(), rows_of(table)

    assert len(names) > 20
    assert len(rows) > 50
    assert {word for row in rows for word in words(row) & names} == set()


def test_no_trace_holds_a_word_of_the_facts() -> None:
    """Facts are long: any run of three of their words would be a quotation."""
    with as_owner():
        facts = {text.split("[")[0] for text in Concern.objects.values_list("facts", flat=True)}
        details = " ".join(
            plain(str(one)) for one in Trace.objects.values_list("detail", flat=True)
        )
    for text in facts:
        spoken = plain(text).split()
        for start in range(len(spoken) - 2):
            assert " ".join(spoken[start : start + 3]) not in details


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def test_details_hold_states_counts_and_references() -> None:
    with as_owner():
        details = list(Trace.objects.exclude(detail={}).values_list("detail", flat=True))
    for detail in details:
        values = [one for value in detail.values() for one in _each(value)]
        for value in values:
            assert isinstance(value, bool | int) or re.fullmatch(r"[\w.:-]{1,64}", str(value)), (
                detail
            )


def test_no_notice_holds_a_digit_of_a_date_nor_a_contact() -> None:
    with as_owner():
        texts = set(past(Notification).values_list("text", flat=True))
    assert texts
    for text in texts:
        assert "@" not in text
        assert not re.search(r"\d{2}/\d{2}|\d{4}|\d{2} \d{2}", text), text


def test_letters_say_that_something_waits_and_nothing_else(world: Made) -> None:
    assert len(world.letters) > 50
    said = {(letter.subject, letter.body) for letter in world.letters}
    assert len(said) == 1
    assert words(" ".join(said.pop())) & secrets() == set()
    assert all(len(letter.to) == 1 and not letter.cc and not letter.bcc for letter in world.letters)
    assert all(letter.to[0].endswith(".invalid") for letter in world.letters)

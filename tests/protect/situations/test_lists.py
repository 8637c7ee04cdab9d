"""The minors of a referent, the board of the team, and what leaves of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import EntryKind
from fanal.protect.situations.use_cases.entries import write_entry
from protect.situations.following import begin

pytestmark = pytest.mark.django_db


def test_my_minors_are_named_by_initials_and_sorted_by_clock(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    elder = begin(ines, claire, MinorFactory(given_names="Mia", birth_date=date(2010, 5, 20)))
    client.force_login(claire)

    page = client.get(reverse("situations:mine")).content.decode()

    assert page.index(elder.number) < page.index(followed.number)
    assert "L. I., " in page
    assert "Léa" not in page


@pytest.mark.parametrize(
    ("shown", "is_there"),
    [("", True), ("to_take_up", True), ("late", False), ("stand_in", False), ("closing", False)],
)
def test_my_minors_can_be_narrowed(
    client: Client, claire: Agent, opened: Situation, shown: str, is_there: bool
) -> None:
    client.force_login(claire)

    page = client.get(reverse("situations:mine"), {"shown": shown}).content.decode()

    assert (opened.number in page) is is_there


def test_the_board_says_who_carries_what(
    client: Client, ines: Agent, claire: Agent, yanis: Agent, opened: Situation
) -> None:
    client.force_login(ines)

    page = client.get(reverse("situations:board")).content.decode()

    assert "Claire Inventé" in page
    assert "Yanis Inventé" in page
    assert "situations suivies" in page


def test_the_export_names_nobody(client: Client, ines: Agent, followed: Situation) -> None:
    client.force_login(ines)

    answer = client.get(reverse("situations:export"))

    text = answer.content.decode("utf-8-sig")
    assert followed.number in text
    assert "Léa" not in text
    with acting_as(ines):
        assert Trace.objects.filter(deed="situation.export").exists()


def test_many_lines_stay_a_constant_number_of_queries(
    client: Client,
    claire: Agent,
    followed: Situation,
    django_assert_max_num_queries: object,
) -> None:
    with acting_as(claire):
        for number in range(30):
            write_entry(
                case_file=followed.case_file,
                situation=followed,
                kind=EntryKind.NOTE,
                text=f"Note {number}.",
                agent=claire,
                now=NOON,
            )
    client.force_login(claire)

    with django_assert_max_num_queries(45):  # type: ignore[operator]
        client.get(reverse("situations:show", args=[followed.ref]))

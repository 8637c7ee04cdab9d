"""
Who holds a file sees of it the classes that the law's table gives to their role, and no other.

Every text of every row is replaced by the name of its class; each role then goes to every address
about its own files. The table is ``disclosure.csv``, beside this file.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from config.demonstration.world import member
from doors import put
from fanal.ground.access.models import BreakGlass, DisclosureRecord
from fanal.ground.agents.terms import Role
from fanal.ground.privacy.terms import Tag
from fanal.ground.retention.models import Hold
from sizes import WHOLE, size
from walls.classifying import Door, doors
from walls.disclosure import AUDIENCES, classes_given, lines
from walls.figures import say
from walls.marking import free_hand, marks, spoil_every_text, things_of_files
from walls.scopes import CAST
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

TRIED = size(2, 100)
# Their reasons are written for whoever answers in law for the data, and examines them.
WRITTEN_FOR_OVERSIGHT = {DisclosureRecord, BreakGlass, Hold}


def tried(door: Door, *, rank: int) -> list[tuple[str, ...]]:
    """What fills an address; in a sample each role tries one thing, and the next role the next."""
    if not door.about:
        return [()]
    found = things_of_files(door, most=TRIED)
    return found if WHOLE or not found else [found[rank % len(found)]]


def test_the_table_says_of_every_role_what_it_sees_and_of_no_secret() -> None:
    assert set(AUDIENCES) == set(Role)
    assert {line["class"] for line in lines()} == set(Tag) - {Tag.SECRET}
    assert set(AUDIENCES.values()) <= {line["audience"] for line in lines()}
    assert all(line["source"] for line in lines())


def test_no_role_is_shown_a_class_that_the_table_does_not_give_it() -> None:
    with free_hand():
        spoil_every_text(but=WRITTEN_FOR_OVERSIGHT)
    faults: list[object] = []
    asked, read = 0, set()
    for rank, (role, first_name) in enumerate(CAST.items()):
        client = Client(raise_request_exception=False)
        client.force_login(member(first_name))
        allowed = classes_given(role, on=datetime.now(tz=UTC).date())
        for door in doors():
            if "GET" not in door.tried:
                continue
            for refs in tried(door, rank=rank):
                answer = client.get(put(door.route, refs))
                shown = marks(answer.content.decode(errors="replace"))
                asked, read = asked + 1, read | shown
                if over := shown - allowed:
                    faults.append((role, put(door.route, refs), sorted(over)))
    say(
        f"Display: {len(CAST)} roles, {asked} addresses asked, {len(read)} classes read, "
        f"{len(faults)} faults"
    )
    assert len(read) > 1
    assert not faults, "\n".join(map(str, faults[:40]))

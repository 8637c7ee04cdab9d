"""
Who holds a file sees of it the classes that the law's table gives to their role, and no other.

Every text of every row is replaced by the name of its class; each role then goes to every address
about its own files. The table is ``disclosure.csv``, beside this file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from config.demonstration.world import answering, member
from databases import drop_if_free
from doors import put
from fanal.config.postgres.trials import TrialServer
from fanal.ground.access.models import BreakGlass, DisclosureRecord
from fanal.ground.agents.terms import Role
from fanal.ground.privacy.terms import Tag
from fanal.ground.retention.models import Hold
from sizes import WHOLE, size
from walls.classifying import Door, doors, has_right
from walls.disclosure import AUDIENCES, classes_given, lines
from walls.figures import say
from walls.marking import free_hand, marks, spoil_every_text, things_of_files
from walls.scopes import CAST
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spoiled")]

TRIED = size(2, 100)
SEVERAL = 3
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


def read_by(role: Role) -> list[Door]:
    """In a sample, where the right opens: that the others are refused is in ``test_rights.py``."""
    return [door for door in doors() if "GET" in door.tried and (WHOLE or has_right(door, role))]


@pytest.fixture(scope="module")
def spoiled(
    request: pytest.FixtureRequest,
    trial_server: TrialServer,
    house: str,
    django_db_blocker: object,
) -> Iterator[None]:
    """A house whose texts are replaced, once by each process for all the roles."""
    name = f"spoiled_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        is_there = trial_server.has_database(name)
        if not is_there:
            connections.close_all()
            trial_server.create_database(name, template=house)
            request.session.addfinalizer(lambda: drop_if_free(trial_server, name))
        with answering(name):
            if not is_there:
                with free_hand():
                    spoil_every_text(but=WRITTEN_FOR_OVERSIGHT)
            yield
            connections.close_all()


@pytest.mark.parametrize("role", CAST)
def test_no_role_is_shown_a_class_that_the_table_does_not_give_it(role: Role) -> None:
    faults: list[object] = []
    asked, read = 0, set()
    client = Client(raise_request_exception=False)
    client.force_login(member(CAST[role]))
    allowed = classes_given(role, on=datetime.now(tz=UTC).date())
    rank = list(CAST).index(role)
    for door in read_by(role):
        for refs in tried(door, rank=rank):
            answer = client.get(put(door.route, refs))
            shown = marks(answer.content.decode(errors="replace"))
            asked, read = asked + 1, read | shown
            if over := shown - allowed:
                faults.append((role, put(door.route, refs), sorted(over)))
    say(f"Display, {role}: {asked} addresses asked, {len(read)} classes read, {len(faults)} faults")
    assert not faults, "\n".join(map(str, faults[:40]))


def test_what_was_marked_is_read_by_whoever_may() -> None:
    """Else the proof above would look for what no screen shows."""
    client = Client()
    client.force_login(member(CAST[Role.SUPERVISOR]))
    read: set[str] = set()
    for door in read_by(Role.SUPERVISOR):
        if len(read) < SEVERAL:
            for refs in tried(door, rank=0):
                read |= marks(client.get(put(door.route, refs)).content.decode(errors="replace"))
    assert len(read) >= SEVERAL

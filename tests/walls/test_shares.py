"""
Whoever was told a part of a file reads that part, and no other word of it, at any address.

Every text of every row that hangs on a file of one authority is replaced by the name of its class.
Each file is then shared, one class at a time, and whoever receives it goes everywhere: the page of
the share shows that class alone, and no other address shows any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import sample

import pytest
from django.db import transaction
from django.test import Client

from config.demonstration.world import member
from doors import holes, put
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile, DisclosureRecord
from fanal.ground.access.terms import CLASSES, OPENED_BY, SUMMED_UP, DisclosureGround
from fanal.ground.access.use_cases import Written, share_file
from fanal.ground.access.use_cases.shares import NothingShared
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.agents.use_cases import create_token
from fanal.ground.errors import NotVisible
from fanal.ground.privacy.terms import Tag
from rows import as_owner
from sizes import WHOLE, size
from walls.classifying import Door, doors
from walls.figures import say
from walls.marking import LOOKED_AT, free_hand, mark, marks, spoil_every_text, things_of_files
from walls.scopes import ELSEWHERE, HERE
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

SHARED = {tag: ground for ground, opened in OPENED_BY.items() for tag in opened}
TRIED = size(1, 3)
READ_BY_A_SUPERVISOR = (
    "informations/<uuid:ref>/",
    "situations/<uuid:ref>/",
    "mesures/<uuid:ref>/",
    "signalements/<uuid:ref>/",
)
VISITED = size(20, 1_000_000)
CLOSED = (302, 403, 404, 405)


def everywhere() -> Agent:
    """Somebody who holds every role, in another authority and at another court."""
    agent = AgentFactory()
    elsewhere = OrganisationFactory(kind="child_welfare", authority_id=ELSEWHERE)
    court = OrganisationFactory(kind="prosecution", court_id="tj75056")
    for role in Role:
        PostingFactory(
            agent=agent, organisation=court if role == Role.PARQUET else elsewhere, role=role
        )
    return agent


def next_door() -> Agent:
    """Somebody of the same authority whose roles open the files that they hold, and no other."""
    agent = AgentFactory()
    here = OrganisationFactory(kind="child_welfare", authority_id=HERE)
    for role in (Role.AUTHOR, Role.EVALUATOR, Role.REFERENT):
        PostingFactory(agent=agent, organisation=here, role=role)
    return agent


def share_all(tag: Tag, receiver: Agent) -> list[DisclosureRecord]:
    """One class of each file that a supervisor sees, shared by them."""
    supervisor, moment = member("Inès"), datetime.now(tz=UTC)
    made = []
    written = Written(
        shared_with=receiver,
        ground=DisclosureGround(SHARED[tag]),
        purpose="Accueillir l'enfant (inventé).",
        fields=frozenset({tag}),
        days=30,
        informed_parents=True,
        informed_child=True,
        texts={one: mark(one) for one in SUMMED_UP},
    )
    for ref in refs_of_files():
        try:
            with acting_as(supervisor):
                share = share_file(agent=supervisor, ref=ref, written=written, now=moment)
        except (NotVisible, NothingShared):  # sealed, or nothing of this class was written
            continue
        made.append(share)
    assert made, tag
    return made


def refs_of_files() -> list[object]:
    with as_owner():
        return list(CaseFile.objects.filter(authority=HERE).values_list("ref", flat=True))


class Visit:
    """One receiver of shares of one class, who goes to every address."""

    def __init__(self, receiver: Agent, tag: Tag) -> None:
        self.tag, self.count = tag, 0
        self.client = Client(raise_request_exception=False)
        self.client.force_login(receiver)

    def faults(self, shares: list[DisclosureRecord]) -> Iterator[object]:
        for share in shares[:TRIED]:
            shown = marks(self._text("GET", f"/dossiers/partages/{share.ref}/")[1])
            if shown != {str(self.tag)}:
                yield (self.tag, "the page of the share", shown)
        for door in _some(list(doors())):
            for refs in things_of_files(door, most=TRIED) if holes(door.route) else [()]:
                yield from self._fault(door, put(door.route, refs))
        found = self._text("POST", "/recherche/", q=mark(Tag.IDENTITY))[1]
        if seen := marks(found) - {str(Tag.IDENTITY)}:
            yield (self.tag, "the search", seen)

    def _fault(self, door: Door, address: str) -> Iterator[object]:
        for method in door.tried if WHOLE and door.about else ("GET",):
            status, text = self._text(method, address)
            if shown := marks(text):
                yield (self.tag, method, address, shown)
            if door.about and door.thing in ("file", "report") and status not in CLOSED:
                yield (self.tag, method, address, status)

    def _text(self, method: str, address: str, **sent: str) -> tuple[int, str]:
        self.count += 1
        point = transaction.savepoint()
        try:
            ask = self.client.post if method == "POST" else self.client.get
            answer = ask(address, sent)
            return answer.status_code, answer.content.decode(errors="replace")
        finally:
            transaction.savepoint_rollback(point)


def _some(every: list[Door]) -> list[Door]:
    return sample(every, min(VISITED, len(every)))


@contextmanager
def undone() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def test_a_share_opens_one_class_of_the_file_and_no_address_opens_another() -> None:
    with free_hand():
        held = spoil_every_text()
    assert all(held[tag] for tag in CLASSES), held
    faults: list[object] = []
    asked = shared = 0
    for make in (everywhere, next_door):
        with undone():
            receiver = make()
            for tag in SHARED:
                with undone():
                    shares = share_all(tag, receiver)
                    visit = Visit(receiver, tag)
                    faults += visit.faults(shares)
                    asked, shared = asked + visit.count, shared + len(shares)
    say(
        f"Shares: {shared} shares of one class, {len(SHARED)} classes, 2 receivers, {asked} "
        f"addresses asked, {sum(held.values())} texts marked, {len(faults)} faults"
    )
    assert shared > len(SHARED)
    assert not faults, "\n".join(map(str, faults[:20]))


def test_whoever_holds_the_file_does_read_what_was_marked() -> None:
    """Else the proof above would look for what no screen shows."""
    with free_hand():
        spoil_every_text()
    client = Client()
    client.force_login(member("Inès"))
    shown: set[str] = set()
    for door in doors():
        if door.route in READ_BY_A_SUPERVISOR:
            for refs in things_of_files(door, most=LOOKED_AT):
                answer = client.get(put(door.route, refs))
                shown |= marks(answer.content.decode(errors="replace"))
    assert shown >= {str(tag) for tag in CLASSES}


def test_who_alerted_is_shared_by_nobody() -> None:
    assert Tag.INFORMANT not in SHARED
    assert set(SHARED) == set(CLASSES) - {Tag.INFORMANT}


def test_the_software_of_whoever_was_told_reads_nothing_of_the_file() -> None:
    with free_hand():
        spoil_every_text()
    receiver = everywhere()
    shares = share_all(Tag.IDENTITY, receiver)
    organisation = receiver.postings.filter(role=Role.CRIP).get().organisation
    key = create_token(organisation=organisation, label="essai", now=datetime.now(tz=UTC))[1]
    client = Client(headers={"authorization": f"Bearer {key}"})
    refs = [str(share.ref) for share in shares] + [str(share.file_ref) for share in shares]
    answers = [client.get(f"/api/v1/concerns/{ref}") for ref in refs]
    answers.append(client.get("/api/v1/concerns"))
    assert {answer.status_code for answer in answers} <= {404, 405, 422}
    assert not any(marks(answer.content.decode()) for answer in answers)

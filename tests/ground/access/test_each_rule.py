"""
Each rule of who sees a file, alone in its world: the decision says why, the database agrees.

The worlds drawn at random meet some of these once in a thousand; here none is left to chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.utils.timezone import localdate

from factories import (
    AgentFactory,
    CaseFileFactory,
    ExclusionFactory,
    GrantFactory,
    OrganisationFactory,
    PostingFactory,
    RowFactory,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS, decide
from fanal.ground.access.models import BreakGlass, CaseFile, DisclosureRecord
from fanal.ground.access.queries import transaction_began
from fanal.ground.access.terms import Act, Because, Purpose
from fanal.ground.agents.models import Agent
from rows import as_owner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# On one of both, it is another day than in Paris, whatever the hour.
FAR_ZONES = ("Pacific/Kiritimati", "Etc/GMT+12")


@dataclass(frozen=True)
class World:
    """One agent and one file of the Nord; days and hours are counted from now."""

    role: str = "crip"
    authority: str = "59"
    since: int = -9
    until: int | None = None
    active: bool = True
    seal: str = ""
    excluded: bool = False
    # Hours from the beginning of an access by name to its end.
    held: tuple[int, int | None] | None = None
    more: dict[str, Any] = field(default_factory=dict)


def made(world: World) -> tuple[Agent, CaseFile]:
    moment, today = transaction_began(), localdate(timezone=PARIS)
    agent = AgentFactory(is_active=world.active)
    PostingFactory(
        agent=agent,
        organisation=OrganisationFactory(authority_id=world.authority),
        role=world.role,
        since=today + world.since * DAY,
        until=None if world.until is None else today + world.until * DAY,
    )
    sealed = {"sealed_at": moment, "seal_reason": "inventé", "seal_yields": world.seal == "yields"}
    file = CaseFileFactory(**(sealed if world.seal else {}))
    if world.held:
        since, until = world.held
        GrantFactory(
            agent=agent,
            case_file=file,
            starts_at=moment + timedelta(hours=since),
            ends_at=None if until is None else moment + timedelta(hours=until),
        )
    if world.excluded:
        ExclusionFactory(agent=agent, case_file=file)
    return Agent.objects.get(pk=agent.pk), file


READING = {
    "the whole authority": (World(), Because.AUTHORITY),
    "its last day": (World(until=0), Because.AUTHORITY),
    "its first day": (World(since=0), Because.AUTHORITY),
    "another authority": (World(authority="13"), Because.NO_TIE),
    "a posting that is over": (World(until=-1), Because.NO_TIE),
    "a posting to come": (World(since=1), Because.NO_TIE),
    "a closed account": (World(active=False), Because.NOBODY),
    "a seal": (World(seal="firm"), Because.SEALED),
    "a seal that yields, without a danger": (World(seal="yields"), Because.SEALED),
    "shut out": (World(excluded=True), Because.EXCLUDED),
    "a role of named files": (World(role="referent"), Because.NO_TIE),
    "held by name": (World(role="referent", held=(-1, None)), Because.HELD),
    "held until later": (World(role="referent", held=(-1, 1)), Because.HELD),
    "held no more": (World(role="referent", held=(-2, -1)), Because.NO_TIE),
    "held until now": (World(role="referent", held=(-2, 0)), Because.NO_TIE),
    "to be held": (World(role="referent", held=(1, None)), Because.NO_TIE),
    "held under a seal": (World(role="referent", held=(-1, None), seal="firm"), Because.HELD),
    "held and shut out": (
        World(role="referent", held=(-1, None), excluded=True),
        Because.EXCLUDED,
    ),
    "held by a closed account": (
        World(role="referent", held=(-1, None), active=False),
        Because.NOBODY,
    ),
}
BY_DANGER = {
    "of the authority": (World(role="referent"), Because.AUTHORITY),
    "a seal that yields": (World(role="referent", seal="yields"), Because.AUTHORITY),
    "a firm seal": (World(role="referent", seal="firm"), Because.SEALED),
    "shut out": (World(role="referent", excluded=True), Because.EXCLUDED),
    "another authority": (World(role="referent", authority="13"), Because.NO_RIGHT),
    "another trade": (World(role="author"), Because.NO_RIGHT),
    "a posting that is over": (World(role="referent", until=-1), Because.NO_RIGHT),
    "a closed account": (World(role="referent", active=False), Because.NO_RIGHT),
}
REVIEWING = {
    "a controller": (World(role="controller"), Because.REVIEWED),
    "one’s own opening": (World(role="controller", more={"own": True}), Because.NO_RIGHT),
    "shut out": (World(role="controller", excluded=True), Because.EXCLUDED),
    "another authority": (World(role="controller", authority="13"), Because.NO_RIGHT),
    "another trade": (World(role="crip"), Because.NO_RIGHT),
    "a closed account": (World(role="controller", active=False), Because.NO_RIGHT),
}
RECEIVING = {
    "until its day": (World(role="author"), True),
    "past its day": (World(role="author", more={"days": -1}), False),
    "withdrawn": (World(role="author", more={"over": "withdrawn_at"}), False),
    "given back": (World(role="author", more={"over": "returned_at"}), False),
    "shut out since": (World(role="author", excluded=True), False),
    "a closed account": (World(role="author", active=False), False),
}


@pytest.mark.parametrize(("world", "because"), READING.values(), ids=READING)
def test_a_file_is_read_on_its_ground(world: World, because: Because) -> None:
    agent, file = made(world)
    opens = because in (Because.AUTHORITY, Because.HELD)
    with as_owner():
        found = decide(agent, Act.READ, file, at=transaction_began())
    assert (found.because, found.allowed) == (because, opens)
    assert bool(found.fields) is opens
    with acting_as(agent):
        assert CaseFile.objects.filter(pk=file.pk).exists() is opens


@pytest.mark.parametrize(("world", "because"), BY_DANGER.values(), ids=BY_DANGER)
def test_a_danger_opens_on_its_ground(world: World, because: Because) -> None:
    agent, file = made(world)
    with as_owner():
        found = decide(agent, Act.BREAK_GLASS, file)
    assert (found.because, found.allowed) == (because, because is Because.AUTHORITY)
    with acting_as(agent), connection.cursor() as cursor:
        cursor.execute("SELECT access_behind_glass(%s)", [file.pk])
        assert cursor.fetchone()[0] is found.allowed
    assert forged(agent, file) is found.allowed


def forged(agent: Agent, file: CaseFile) -> bool:
    """Whether the agent writes an opening past the use case."""
    moment = transaction_began()
    try:
        with acting_as(agent):
            BreakGlass.objects.create(
                case_file_id=file.pk, file_ref=file.ref, authority_id=file.authority_id,
                agent=agent, reason="inventé", danger="inventé", opened_at=moment,
                ends_at=moment + DAY, review_due_at=moment + 3 * DAY,
            )  # fmt: skip
    except ProgrammingError:
        return False
    return True


class OpeningFactory(RowFactory[BreakGlass]):
    class Meta:
        model = BreakGlass

    reason = danger = "Un danger inventé."


@pytest.mark.parametrize(("world", "because"), REVIEWING.values(), ids=REVIEWING)
def test_an_opening_is_reviewed_on_its_ground(world: World, because: Because) -> None:
    agent, file = made(world)
    moment = transaction_began()
    opening = OpeningFactory(
        case_file=file, file_ref=file.ref, authority=file.authority,
        agent=agent if world.more.get("own") else AgentFactory(),
        opened_at=moment, ends_at=moment + DAY, review_due_at=moment + 3 * DAY,
    )  # fmt: skip
    with as_owner():
        found = decide(agent, Act.REVIEW, opening)
    assert (found.because, found.allowed) == (because, because is Because.REVIEWED)
    with acting_as(agent):
        changed = BreakGlass.objects.filter(pk=opening.pk).update(
            reviewed_at=moment, reviewed_by=agent, verdict="justified", review_reason="inventé"
        )
    assert bool(changed) is found.allowed


class ShareFactory(RowFactory[DisclosureRecord]):
    class Meta:
        model = DisclosureRecord

    purpose = "Accueil (inventé)."
    package: list[Any] = []
    informed_parents = informed_child = True


@pytest.mark.parametrize(("world", "opens"), RECEIVING.values(), ids=RECEIVING)
def test_a_share_is_received_until_something_ends_it(world: World, opens: bool) -> None:
    agent, file = made(world)
    moment = transaction_began()
    over = {world.more["over"]: moment} if "over" in world.more else {}
    share = ShareFactory(
        case_file=file, file_ref=file.ref, authority=file.authority, shared_by=AgentFactory(),
        shared_with=agent, ground="protection", fields=["identity"], at=moment - 9 * DAY,
        expires_at=moment + world.more.get("days", 1) * DAY, **over,
    )  # fmt: skip
    with as_owner():
        found = decide(agent, Act.READ, share, at=moment)
        living = DisclosureRecord.objects.living(at=moment).filter(pk=share.pk)
        assert living.exists() is (not world.more)
    assert found.allowed is opens
    with acting_as(agent):
        assert DisclosureRecord.objects.filter(pk=share.pk).exists() is opens
        assert not CaseFile.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("purpose", Purpose)
def test_three_purposes_alone_open_files_to_nobody_in_person(purpose: Purpose) -> None:
    CaseFileFactory()
    with acting_as(None, purpose=purpose):
        opens = purpose in (Purpose.ALARMS, Purpose.MAJORITY, Purpose.RETENTION)
        assert CaseFile.objects.exists() is opens


def test_the_day_of_a_posting_is_that_of_paris_whatever_the_server_counts_in() -> None:
    with connection.cursor() as cursor:
        for zone in FAR_ZONES:
            cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            cursor.execute("SELECT access_today(), (now() AT TIME ZONE 'Europe/Paris')::date")
            told, here = cursor.fetchone()
            assert told == here, zone

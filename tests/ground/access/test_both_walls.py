"""The decision and the database's policies say the same, in worlds drawn at random."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fanal
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
from fanal.ground.access.terms import CLASSES, OPENED_BY, Act, Capacity, DisclosureGround
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.privacy.terms import Tag
from rows import as_owner
from sizes import size

pytestmark = pytest.mark.django_db

WORLDS = size(25, 300)
PACKAGE = Path(fanal.__file__).parent
AUTHORITIES = ("59", "13")
SPAN = st.tuples(st.integers(-3, 1), st.one_of(st.none(), st.integers(0, 3)))


class ShareFactory(RowFactory[DisclosureRecord]):
    class Meta:
        model = DisclosureRecord

    purpose = "Accueil (inventé)."
    package: list[Any] = []
    informed_parents = True
    informed_child = True


class OpeningFactory(RowFactory[BreakGlass]):
    class Meta:
        model = BreakGlass

    reason = "Un danger inventé."
    danger = "Un danger inventé."


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    """What surrounds one agent and one file."""
    return {
        "active": draw(st.sampled_from((True, True, True, False))),
        "postings": draw(
            st.lists(
                st.tuples(st.sampled_from(Role), st.sampled_from(AUTHORITIES), SPAN), max_size=3
            )
        ),
        "grants": draw(st.lists(st.tuples(st.sampled_from(Capacity), SPAN), max_size=2)),
        "excluded": draw(st.booleans()),
        "seal": draw(st.sampled_from(("", "firm", "yields"))),
        "share": draw(
            st.one_of(
                st.none(),
                st.tuples(
                    st.sampled_from(DisclosureGround),
                    st.integers(-1, 2),
                    st.sampled_from(("", "withdrawn_at", "returned_at")),
                ),
            )
        ),
        "own_opening": draw(st.booleans()),
    }


def span(drawn: tuple[int, int | None]) -> tuple[int, int | None]:
    since, length = drawn
    return since, None if length is None else since + length


def make(world: dict[str, Any]) -> tuple[Agent, CaseFile, DisclosureRecord | None, BreakGlass]:
    moment, today = transaction_began(), localdate(timezone=PARIS)
    agent, colleague = AgentFactory(is_active=world["active"]), AgentFactory()
    places = {code: OrganisationFactory(authority_id=code) for code in AUTHORITIES}
    for role, code, drawn in {(one[0], one[1]): one for one in world["postings"]}.values():
        since, until = span(drawn)
        PostingFactory(
            agent=agent,
            organisation=places[code],
            role=role,
            since=today + timedelta(days=since),
            until=None if until is None else today + timedelta(days=until),
        )
    sealed = {
        "sealed_at": moment,
        "seal_reason": "inventé",
        "seal_yields": world["seal"] == "yields",
    }
    file = CaseFileFactory(**(sealed if world["seal"] else {}))
    for capacity, drawn in {one[0]: one for one in world["grants"]}.values():
        since, until = span(drawn)
        starts = moment + timedelta(hours=since) - timedelta(minutes=1)
        ends = None if until is None else moment + timedelta(hours=until)
        GrantFactory(
            case_file=file, agent=agent, capacity=capacity, starts_at=starts,
            ends_at=None if ends is None else max(starts, ends),
        )  # fmt: skip
    if world["excluded"]:
        ExclusionFactory(case_file=file, agent=agent)
    named = {"case_file": file, "file_ref": file.ref, "authority": file.authority}
    share = None
    if world["share"]:
        ground, days, over = world["share"]
        made = moment - timedelta(days=2)
        share = ShareFactory(
            **named, shared_by=colleague, shared_with=agent, ground=ground, at=made,
            fields=sorted(OPENED_BY[ground]), expires_at=moment + timedelta(days=days),
            **({over: moment} if over else {}),
        )  # fmt: skip
    opening = OpeningFactory(
        **named, agent=agent if world["own_opening"] else colleague, opened_at=moment,
        ends_at=moment + timedelta(hours=2), review_due_at=moment + timedelta(days=3),
    )  # fmt: skip
    return agent, file, share, opening


def shown(table: str, pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return bool(cursor.fetchone()[0])


def changed(opening: BreakGlass, agent: Agent) -> bool:
    """Whether raw SQL lets the agent write the review."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_breakglass SET reviewed_at = now(), reviewed_by_id = %s,"
            " verdict = 'justified', review_reason = 'inventé' WHERE id = %s",
            [agent.pk, opening.pk],
        )
        done = bool(cursor.rowcount)
        transaction.set_rollback(True)
    return done


def behind_glass(file: CaseFile) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_behind_glass(%s)", [file.pk])
        return bool(cursor.fetchone()[0])


@settings(
    max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(world=facts())
def test_the_decision_and_the_database_agree(db: None, world: dict[str, Any]) -> None:
    with transaction.atomic():
        agent, file, share, opening = make(world)
        agent = Agent.objects.get(pk=agent.pk)
        # What the database takes for the present: a second more is another world.
        at = transaction_began()
        with as_owner():
            reads = decide(agent, Act.READ, file, at=at)
            breaks = decide(agent, Act.BREAK_GLASS, file)
            reviews = decide(agent, Act.REVIEW, opening)
            received = decide(agent, Act.READ, share, at=at) if share else None
        with acting_as(agent):
            assert reads.allowed is shown("access_casefile", file.pk), reads
            assert breaks.allowed is behind_glass(file), breaks
            assert reviews.allowed is changed(opening, agent), reviews
            if share is not None and received is not None:
                assert received.allowed is shown("access_disclosurerecord", share.pk), received
            # The same said of the row by the decision as the agent's own session sees it.
            assert decide(agent, Act.READ, file, at=at) == reads
        assert bool(reads.fields) is reads.allowed
        transaction.set_rollback(True)


def test_a_share_opens_its_fields_and_not_the_file(nadia: Agent, sofia: Agent) -> None:
    file = CaseFileFactory()
    share = ShareFactory(
        case_file=file, file_ref=file.ref, authority=file.authority, shared_by=nadia,
        shared_with=sofia, ground="protection", fields=["identity"], at=now(),
        expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    with acting_as(sofia):
        assert decide(sofia, Act.READ, share).fields == {Tag.IDENTITY}
        assert not decide(sofia, Act.READ, file).allowed
        assert not CaseFile.objects.exists()


@given(
    chosen=st.sets(st.sampled_from([str(tag) for tag in CLASSES])),
    ground=st.sampled_from(DisclosureGround),
)
def test_a_share_tells_what_was_chosen_as_far_as_its_ground_goes(
    chosen: set[str], ground: DisclosureGround
) -> None:
    """Whatever the package holds: what is read again is narrowed a second time."""
    package = [{"field": str(tag), "label": "", "text": str(tag)} for tag in Tag]
    share = DisclosureRecord(ground=ground, fields=sorted(chosen), package=package)
    told = share.told
    assert set(told) == {Tag(one) for one in chosen} & OPENED_BY[ground]
    assert all([line["text"] for line in lines] == [tag] for tag, lines in told.items())
    assert Tag.INFORMANT not in told


def test_what_left_is_read_again_in_one_way() -> None:
    """No screen and no other room takes a package as it is."""
    readers = {
        str(path.relative_to(PACKAGE))
        for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
        if ".package" in path.read_text(encoding="utf-8")
    }
    assert readers == {"ground/access/models/disclosures.py"}


def test_a_right_held_elsewhere_opens_nothing_here(paul: Agent) -> None:
    """Somebody who holds a file by name has, over it, the rights of its own authority alone."""
    file = CaseFileFactory()
    GrantFactory(case_file=file, agent=paul)
    with acting_as(paul):
        assert decide(paul, Act.READ, file).allowed
        for act in (Act.EXCLUDE, Act.SEAL, Act.SHARE):
            assert not decide(paul, act, file).allowed, act
        assert not decide(paul, Act.BREAK_GLASS, file).allowed


def test_no_ground_shares_who_alerted() -> None:
    assert not any(Tag.INFORMANT in fields for fields in OPENED_BY.values())

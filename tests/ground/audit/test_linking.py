"""The sealer links every trace once, in an order that a late commit cannot slip behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.demonstration.world import answering
from fanal.config.postgres.trials import TrialServer
from fanal.ground.audit.canon import COLUMNS
from fanal.ground.audit.keeping import FolderKeeper, NullKeeper, kept_heads
from fanal.ground.audit.sealing import about_to_expire, expire, link_traces, seal_day
from fanal.ground.audit.stamping import NullStamper
from fanal.portal.traces.sealer import Linking
from ground.audit.bases import ADD, Base, own_base


@pytest.fixture
def base(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Base]:
    with django_db_blocker.unblock(), own_base(trial_server, template=template_database) as made:
        yield made


def test_whoever_commits_late_is_linked_and_never_skipped(base: Base) -> None:
    """The early writer commits last: those who came after wait with it."""
    with psycopg.connect(base.application) as late:
        late.execute(ADD, ["0", "59"])
        base.add()
        assert link_traces() == 0
        assert base.verdict().waiting == 1
        late.commit()

    base.settle()
    assert link_traces() == 2
    verdict = base.verdict()
    assert verdict.sound
    assert (verdict.traces, verdict.waiting) == (2, 0)


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(4)), turns=st.lists(st.booleans(), min_size=4, max_size=4))
def test_in_whatever_order_they_commit_all_are_linked_once(
    base_shared: Base, order: list[int], turns: list[bool]
) -> None:
    before = base_shared.verdict().traces
    with ExitStack() as open_ones:
        writers = [open_ones.enter_context(psycopg.connect(base_shared.application)) for _ in order]
        for writer in writers:
            writer.execute(ADD, ["0", "59"])
        for place, turn in zip(order, turns, strict=True):
            writers[place].commit() if place else writers[place].rollback()
            if turn:
                link_traces()
    base_shared.settle()
    link_traces()

    verdict = base_shared.verdict()
    assert verdict.findings == []
    assert (verdict.traces - before, verdict.waiting) == (3, 0)


@pytest.fixture(scope="module")
def base_shared(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[Base]:
    name = f"orders_{os.getpid()}"
    trial_server.create_database(name, template=template_database)
    with django_db_blocker.unblock(), answering(name):  # type: ignore[attr-defined]
        made = Base(trial_server, name)
        yield made
        made.owner.close()
    trial_server.drop_database(name)


def test_acts_never_wait_for_the_sealer(base: Base) -> None:
    """A sealer in the middle of its turn holds nothing that an act needs."""
    base.add()
    with psycopg.connect(base.url) as sealer, psycopg.connect(base.application) as act:
        sealer.execute("SELECT audit_link_traces()")
        act.execute("SET lock_timeout = '50ms'")
        act.execute(ADD, ["0", "59"])
        act.commit()
        # And a second sealer leaves the work to the first.
        assert link_traces() == 0
    base.settle()
    assert link_traces() == 1
    assert base.verdict().traces == 2


def test_what_has_ended_is_read_in_one_snapshot(base: Base) -> None:
    """Read in two, a transaction that began between them is passed by (``test_crashes.py``)."""
    rows = base.owner.execute(
        "SELECT proname, provolatile, prosrc ~ 'pg_snapshot_xip' FROM pg_proc"
        " WHERE proname IN ('audit_edge', 'audit_link_traces') ORDER BY 1"
    ).fetchall()
    assert rows == [("audit_edge", "s", True), ("audit_link_traces", "v", False)]


def test_a_base_restored_in_a_younger_cluster_goes_on(base: Base) -> None:
    base.add()
    base.settle()
    link_traces()
    base.owner.execute("UPDATE audit_horizon SET xid = '9000000000'")
    base.add()
    base.settle()

    assert link_traces() == 1
    assert base.verdict().sound


def test_a_trace_cannot_say_that_another_transaction_wrote_it(base: Base) -> None:
    with psycopg.connect(base.application) as application:
        application.execute(
            "INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, authority_code, detail,"
            " xid) VALUES (gen_random_uuid(), now(), 'inventé', 'done', '', '59', '{}', '3')"
        )
    base.settle()
    assert link_traces() == 1
    assert base.owner.execute("SELECT count(*) FROM audit_trace WHERE xid = '3'").fetchone() == (0,)


def test_a_trace_dated_of_another_day_is_named(base: Base) -> None:
    base.add()
    base.add(ago="3 days")
    base.settle()
    link_traces()

    (found,) = base.verdict().findings
    assert (found.flaw, found.position) == ("inserted", 2)


def test_the_loop_keeps_the_heads_that_moved(base: Base, tmp_path: Path) -> None:
    linking = Linking(FolderKeeper(tmp_path))
    base.add()
    base.settle()
    assert linking.turn() == 1
    assert linking.turn() == 0
    base.add(authority="13")
    base.settle()
    assert linking.turn() == 1

    assert [(one.chain, one.position) for one in kept_heads(tmp_path)] == [
        ("authority:59", 1),
        ("authority:13", 1),
    ]
    assert base.verdict(tmp_path).sound


def test_what_reached_its_term_leaves_whole_and_is_told_as_such(base: Base, tmp_path: Path) -> None:
    keeper, moment = FolderKeeper(tmp_path), datetime.now(tz=UTC)
    for ago in ("500 days", "480 days"):
        base.add(ago=ago)
        base.add(ago=ago, authority="13")
        base.settle()
        seal_day(stamper=NullStamper(), keeper=keeper, now=moment.replace(year=moment.year - 2))
    base.add()
    base.settle()
    seal_day(stamper=NullStamper(), keeper=keeper, now=moment)
    assert base.verdict(tmp_path).traces == 5

    assert about_to_expire() == {"authority:13": 2, "authority:59": 2}
    assert base.verdict(tmp_path).traces == 5
    assert expire() == {"authority:13": 2, "authority:59": 2}

    verdict = base.verdict(tmp_path)
    assert verdict.findings == []
    assert (verdict.traces, verdict.expired, verdict.seals) == (1, 4, 3)
    assert "4 traces à leur terme" in " ".join(verdict.lines())
    assert expire() == {}
    # What is left is held as before.
    base.add()
    base.settle()
    link_traces()
    assert base.verdict(tmp_path).traces == 2


def test_nothing_leaves_before_its_term(base: Base) -> None:
    """Not even when a seal says it is older: the traces say how old they are."""
    base.add(ago="300 days")
    base.settle()
    moment = datetime.now(tz=UTC)
    seal_day(stamper=NullStamper(), keeper=NullKeeper(), now=moment.replace(year=moment.year - 3))

    assert expire() == {}
    assert base.verdict().traces == 1


def test_every_column_of_a_trace_is_hashed(base: Base) -> None:
    columns = base.owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_trace'"
    )
    assert {name for (name,) in columns} == COLUMNS.keys()

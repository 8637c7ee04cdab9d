"""
No act without its trace, no trace without its act, whatever is killed and whenever.

The product's server and a PostgreSQL of its own serve people who never stop. The server's whole
process group is killed and started again, many times; then backends of the database amid their
writes, under a server that stays. After each kill, what the database holds is compared both ways,
and with what the people were told.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from fanal.config.postgres.trials import TrialServer
from fanal.ground.audit.keeping import FolderKeeper
from fanal.ground.audit.sealing import seal_day
from fanal.ground.audit.stamping import NullStamper
from fanal.ground.audit.verifying import verify
from ground.audit.bases import ADD, own_base
from sizes import WHOLE, size
from walls.crashes.comparing import Counts, Ledger, counts, differences
from walls.crashes.desk import Desk
from walls.crashes.house import House, fragile_house
from walls.crashes.killing import Killer, working
from walls.crashes.served import PROCESSES, servers
from walls.crashes.tampering import tampered
from walls.figures import say

SERVERS, BACKENDS = size(4, 200), size(2, 50)
SEED = 119
# How often the sealer is stopped, within how long of its turn's beginning, and for how long.
STOPS, TURN, HELD_UP = size(20, 600), 0.003, 0.02
LINK = "SELECT audit_link_traces()"
# Acts that the whole run must have seen; a sample of it sees some.
KINDS = {
    *("concern.send", "concern.received", "concern.opened", "concern.not_a_concern"),
    *("situation.note", "access.exclude", "access.lift_exclusion", "access.break_glass"),
    *("session.open", "session.close"),
}


@pytest.fixture
def house(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[House]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        fragile_house(trial_server, template_database) as made,
    ):
        yield made


def test_whatever_is_killed_acts_and_traces_agree(house: House, tmp_path: Path) -> None:
    desk, seals = Desk(), tmp_path / "seals"
    ledger = Ledger(house, desk)
    begun = time.monotonic()
    with (
        servers(house.environment(tmp_path), log=tmp_path / "server.log") as server,
        working(house, desk, server, seals=seals, seed=SEED),
    ):
        killer = Killer(house, desk, server, ledger, Random(SEED))  # noqa: S311
        for _ in range(SERVERS):
            killer.kill_server()
        first = counted(house, desk)
        server.start()
        for _ in range(BACKENDS):
            killer.kill_backend()
    spent, found = time.monotonic() - begun, counted(house, desk)
    _tell(f"{SERVERS} SIGKILL of the server's group of {PROCESSES} processes", first)
    _tell(f"{BACKENDS} SIGKILL of a database backend amid its writes", found.since(first))
    say(
        f"Crashes: {found.acts} acts, {found.reads} readings, {found.refusals} refusals, "
        f"{found.traces} traces; none without the other; {spent:.0f} s, seed {SEED}, "
        f"load {os.getloadavg()[1]:.1f}"
    )
    the_chain_is_whole(house, seals, found)
    the_comparison_sees(house, ledger)


def counted(house: House, desk: Desk) -> Counts:
    with house.owner() as owner:
        return counts(house, owner, desk.tries)


def _tell(what: str, found: Counts) -> None:
    say(
        f"Crashes: {what}: {found.told} requests told, {found.cut} cut, of which {found.whole} "
        f"had left their act and its trace, and {found.cut - found.whole} neither"
    )


def the_chain_is_whole(house: House, seals: Path, found: Counts) -> None:
    """Nothing was missed by the sealer, nothing slipped in, though it was killed too."""
    moment = datetime.now(tz=UTC)
    seal_day(stamper=NullStamper(), keeper=FolderKeeper(seals), now=moment)
    with house.owner() as owner:
        verdict = verify(owner, now=moment, kept=seals)
        traces = owner.execute("SELECT count(*) FROM audit_trace").fetchone()
    assert verdict.findings == []
    assert (verdict.traces, verdict.waiting) == (*traces, 0)
    say(f"Crashes: {verdict.traces} traces verified in {verdict.chains} chains, none missing")


def the_comparison_sees(house: House, ledger: Ledger) -> None:
    """The same comparison, once a hand that owns the database has been there."""
    with house.owner() as owner:
        known, taken = set[str](), []
        for what in tampered(house, owner):
            seen = set(differences(house, owner))
            untold = ledger.differences(owner)
            assert seen - known or untold, what
            known = seen
            taken.append(what)
    assert not WHOLE or {one.split()[-1] for one in taken} >= KINDS
    say(f"Crashes: the same comparison then finds {len(taken)} tamperings of {len(taken)}")


def test_a_sealer_held_up_at_any_moment_passes_nobody_by(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: Any,
) -> None:
    """Stopped amid its turn, while one begins to write, and another has written and ended."""
    draw = Random(SEED)  # noqa: S311
    with (
        django_db_blocker.unblock(),
        own_base(trial_server, template=template_database) as base,
        psycopg.connect(base.url, autocommit=True) as sealer,
        psycopg.connect(base.application) as late,
    ):
        for _ in range(STOPS):
            turn = threading.Thread(target=sealer.execute, args=(LINK,))
            turn.start()
            time.sleep(draw.uniform(0, TURN))
            os.kill(sealer.info.backend_pid, signal.SIGSTOP)
            # It may hold what the others need: it goes on in any case.
            resume = (sealer.info.backend_pid, signal.SIGCONT)
            going_on = threading.Timer(HELD_UP, os.kill, resume)
            going_on.start()
            late.execute(ADD, ["0", "59"])
            base.add()
            going_on.join()
            turn.join()
            late.commit()
        sealer.execute(LINK)
        verdict = base.verdict()
    assert verdict.findings == []
    assert (verdict.traces, verdict.waiting) == (2 * STOPS, 0)
    say(f"Crashes: the sealer stopped {STOPS} times amid its turn passed by none of {2 * STOPS}")

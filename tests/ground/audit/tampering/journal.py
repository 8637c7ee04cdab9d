"""A journal of invented traces, linked, sealed, stamped and kept, to be tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import psycopg

from config.demonstration.world import answering
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TrialServer
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.findings import Verdict
from fanal.ground.audit.keeping import FolderKeeper
from fanal.ground.audit.sealing import heads, link_traces, seal_day
from fanal.ground.audit.verifying import verify
from ground.audit.authority import authority
from ground.audit.settling import settle

# The parts of a day: sealed but for the last.
PARTS = 4
PER_PART = 60
ADD = """
INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, subject_ref, case_file_ref,
                         authority_code, detail, agent_id, organisation_id)
SELECT gen_random_uuid(), clock_timestamp(), 'concern.read', 'read', 'concerns.concern',
       gen_random_uuid(), gen_random_uuid(), (ARRAY['59', '13', '2A', '', '69M'])[1 + g %% 5],
       jsonb_build_object('rang', g, 'état', 'inventé \\ "cité"'), %s, %s
  FROM generate_series(1, %s) g
"""


@dataclass(frozen=True)
class Journal:
    """``owner`` obeys no wall: the worst hand there is, but for the folder and the stamps."""

    owner: psycopg.Connection
    folder: Path

    def verify(self) -> Verdict:
        return verify(
            self.owner,
            now=datetime.now(tz=UTC),
            kept=self.folder,
            roots=(authority().root,),
        )

    @contextmanager
    def tampered(self) -> Iterator[psycopg.Cursor]:
        """Everything is allowed, and undone at the end."""
        with self.owner.transaction(force_rollback=True), self.owner.cursor() as hand:
            for table in ("audit_trace", "audit_link", "audit_seal"):
                hand.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield hand


def draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def begin_with_no_trace(owner: psycopg.Connection) -> None:
    """What was traced while the template was made is no part of what follows."""
    owner.execute(
        "ALTER TABLE audit_trace DISABLE TRIGGER USER; DELETE FROM audit_trace;"
        "ALTER TABLE audit_trace ENABLE TRIGGER USER"
    )


@contextmanager
def made_journal(
    server: TrialServer, *, template: str, name: str, folder: Path
) -> Iterator[Journal]:
    server.create_database(name, template=template)
    url = server.login_url_for(name, OWNER)
    try:
        with answering(name), psycopg.connect(url, autocommit=True) as owner:
            begin_with_no_trace(owner)
            agent, organisation = _people()
            keeper = FolderKeeper(folder)
            for part in range(PARTS):
                owner.execute(ADD, [agent, None, PER_PART // 2])
                owner.execute(ADD, [None, organisation, PER_PART // 2])
                settle(owner)
                link_traces()
                if part < PARTS - 1:
                    seal_day(stamper=authority(), keeper=keeper, now=datetime.now(tz=UTC))
            keeper.keep_heads(heads(), at=datetime.now(tz=UTC))
            yield Journal(owner, folder)
    finally:
        server.drop_database(name)


def _people() -> tuple[int, int]:
    organisation = Organisation(name="119 (invention)", slug="119", kind="helpline")
    organisation.save(using="owner")
    agent = Agent(email="nadia@fanal.invalid", name="Nadia Inventée", password="!")
    agent.save(using="owner")
    return agent.pk, organisation.pk

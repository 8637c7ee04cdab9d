"""A database of invented traces, of their age, where what is committed stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from config.demonstration.world import answering
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer
from fanal.ground.audit.findings import Verdict
from fanal.ground.audit.verifying import verify
from ground.audit.settling import settle
from ground.audit.tampering.journal import begin_with_no_trace

ADD = (
    "INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, authority_code, detail)"
    " VALUES (gen_random_uuid(), now() - %s::interval, 'inventé', 'done', '', %s, '{}')"
)


class Base:
    """A database of its own, where what is committed stays."""

    def __init__(self, server: TrialServer, name: str) -> None:
        self.url = server.login_url_for(name, OWNER)
        self.application = server.url_for(name, APPLICATION)
        self.owner = psycopg.connect(self.url, autocommit=True)
        begin_with_no_trace(self.owner)

    def add(self, *, authority: str = "59", ago: str = "0") -> None:
        self.owner.execute(ADD, [ago, authority])

    def settle(self) -> None:
        settle(self.owner)

    def verdict(self, folder: Path | None = None) -> Verdict:
        return verify(self.owner, now=datetime.now(tz=UTC), kept=folder)


@contextmanager
def own_base(server: TrialServer, *, template: str) -> Iterator[Base]:
    name = f"links_{os.getpid()}"
    server.create_database(name, template=template)
    try:
        with answering(name):
            made = Base(server, name)
            yield made
            made.owner.close()
    finally:
        server.drop_database(name)

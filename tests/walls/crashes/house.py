"""A PostgreSQL that may be killed, the people who work in it, and what they work on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from django.utils.timezone import now

from databases import carried, point, pointed_elsewhere
from factories import AgentFactory, MinorFactory, OrganisationFactory, PostingFactory
from fanal.config.database import APPLICATION_URL, OWNER_URL, SETTINGS
from fanal.config.folders import state_folder
from fanal.config.postgres.cluster import SUPERUSER
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer, start_for_tests
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.agents.use_cases import create_token
from fanal.protect.situations.models import Situation
from fanal.protect.situations.terms import Ground
from fanal.protect.situations.use_cases import accept_situation, open_situation
from turns import only_one
from walls.catalogue import of_case_files, tables

DEADLINE = 60.0
# As in service, where a process that dies must lose nothing; a power cut is not tried, so nothing
# waits for the disk. The last one lets rows be compared by the transaction that wrote them.
STRICT = {"synchronous_commit": "on", "full_page_writes": "on", "track_commit_timestamp": "on"}
# What acts change beside the tables of the files.
ALSO = ("agents_agent", "concerns_submission", "procrastinate_jobs")


@dataclass(frozen=True)
class House:
    """``since``: what was written before is no act of the proof."""

    server: TrialServer
    name: str
    agents: dict[str, UUID]
    organisation: str
    token: str
    situation: UUID
    file: UUID
    tables: tuple[str, ...]
    since: Any

    def owner(self) -> psycopg.Connection[Any]:
        """A connection past the walls, once the database is up again."""
        return self._connected(self.server.login_url_for(self.name, OWNER))

    def superuser(self) -> psycopg.Connection[Any]:
        """Who may see what the backends of others do."""
        return self._connected(self.server.login_url_for("postgres", SUPERUSER))

    def one(self, question: str, *words: object) -> Any:
        """The first column of the first row, or nothing; asked again if the database is killed."""
        end = time.monotonic() + DEADLINE
        while True:
            try:
                with self.owner() as owner:
                    row = owner.execute(question, words).fetchone()
            except psycopg.OperationalError:
                assert time.monotonic() < end, "the database does not come back"
            else:
                return row[0] if row else None

    def environment(self, state: Path) -> dict[str, str]:
        """What ``fanal up`` hands to the web server: the application's role alone."""
        given = {key: value for key, value in os.environ.items() if key != OWNER_URL}
        return given | {
            SETTINGS: "fanal.config.settings.dev",
            APPLICATION_URL: self.server.login_url_for(self.name, APPLICATION),
            "FANAL_STATE": str(state),
            "FANAL_SERVICE": "",
        }

    @staticmethod
    def _connected(url: str) -> psycopg.Connection[Any]:
        end = time.monotonic() + DEADLINE
        while True:
            try:
                return psycopg.connect(url, autocommit=True)
            except psycopg.OperationalError:
                # It makes itself whole again after a kill.
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)


@contextmanager
def fragile_house(trials: TrialServer, template: str) -> Iterator[House]:
    """A server of its own: killing one backend makes PostgreSQL end all the others."""
    with only_one("crashes"), pointed_elsewhere():
        server = _strict_server()
        name = f"crashes_{os.getpid()}"
        try:
            server.create_database(name, template=carried(template, trials, server))
            point("default", server.url_for(name, APPLICATION))
            point("owner", server.login_url_for(name, OWNER))
            yield _furnished(server, name)
        finally:
            connections.close_all()
            with suppress(psycopg.Error):
                server.drop_database(name)
            server.stop()


def _strict_server() -> TrialServer:
    state = state_folder() / "crashes"
    server = start_for_tests(state=state)
    url = server.server.url_for(SUPERUSER, database="postgres")
    with psycopg.connect(url, autocommit=True) as superuser:
        if superuser.execute("SHOW track_commit_timestamp").fetchone() == ("on",):
            return server
        for setting, value in STRICT.items():
            superuser.execute(f"ALTER SYSTEM SET {setting} = {value}")
    server.stop()
    return start_for_tests(state=state)


def _furnished(server: TrialServer, name: str) -> House:
    north = _organisation("nord", kind="child_welfare", authority_id="59")
    south = _organisation("sud", kind="child_welfare", authority_id="13")
    school = _organisation("college", kind="school")
    people = {
        first_name: _agent(first_name, organisation, role)
        for first_name, organisation, role in (
            ("nadia", north, "crip"),
            ("ines", north, "supervisor"),
            ("claire", north, "referent"),
            ("yanis", north, "referent"),
            ("omar", north, "on_call"),
            ("paul", south, "supervisor"),
        )
    }
    situation = _followed(people["ines"], people["claire"])
    token = create_token(organisation=school, label="logiciel inventé", now=now())[1]
    known = tables()
    connections["default"].close()
    with psycopg.connect(server.login_url_for(name, OWNER)) as owner:
        row = owner.execute("SELECT clock_timestamp()").fetchone()
    assert row
    return House(
        server=server,
        name=name,
        agents={one.email: one.ref for one in people.values()},
        organisation=f"org:{school.slug}",
        token=token,
        situation=situation.ref,
        file=situation.case_file.ref,
        tables=(*sorted(of_case_files(known)), *ALSO),
        since=row[0],
    )


def _organisation(slug: str, **kind: str) -> Organisation:
    return OrganisationFactory(name=f"{slug} (invention)", slug=slug, is_demonstration=True, **kind)


def _agent(first_name: str, organisation: Organisation, role: str) -> Agent:
    agent = AgentFactory(
        name=f"{first_name.title()} (invention)",
        email=f"{first_name}@fanal.invalid",
        is_demonstration=True,
    )
    PostingFactory(agent=agent, organisation=organisation, role=role)
    return agent


def _followed(supervisor: Agent, referent: Agent) -> Situation:
    minor = MinorFactory()
    with acting_as(supervisor):
        opened = open_situation(
            agent=supervisor,
            case_file_ref=minor.case_file.ref,
            ground=Ground.REASONED_ACT,
            reason="Danger constaté par le service (invention).",
            referent=referent,
            now=now(),
        )
    with acting_as(referent):
        return accept_situation(agent=referent, ref=opened.ref, now=now())

"""
The demonstration and the scenes played after it, seeded once a day for each state of the source.

Every process copies that database: seeding is what costs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.core import mail
from django.db import connections

from browser import scenes
from config.demonstration.world import SEEDED, answering, member, seeded
from fanal.config.postgres.trials import TrialServer
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import AgentSession, SavedFilter
from fanal.ground.agents.terms import Role
from fanal.ground.agents.use_cases import create_token
from fanal.ground.people.models import Merge, Minor
from fanal.portal.accounts.use_cases.accounts import invite_agent
from fanal.portal.accounts.use_cases.asking import ask_to_reenrol
from fanal.portal.traces.use_cases import give_code
from fanal.protect.situations.models import Situation
from rows import as_owner
from turns import only_one

ROOT = Path(__file__).parents[2]


def _name() -> str:
    """Changes with the source, and with the day: what is due is counted from today."""
    digest = sha256(datetime.now(tz=UTC).date().isoformat().encode())
    sources = [*(ROOT / "src").rglob("*.py"), Path(scenes.__file__), Path(__file__)]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return f"template_walls_{digest.hexdigest()[:16]}"


def _make(server: TrialServer, name: str, moment: datetime) -> None:
    half = f"{name}_half_made"
    with suppress(psycopg.Error):
        server.drop_database(half)
    server.create_database(half, template=SEEDED)
    with answering(half):
        scenes.play(now=moment)
        _add(moment)
        connections.close_all()
    mail.outbox = []
    server.rename_database(half, name)


def _add(moment: datetime) -> None:
    """Kinds of rows that neither the demonstration nor the scenes leave behind."""
    claire = member("Claire")
    with acting_as(claire):
        followed = Situation.objects.filter(referent=claire).select_related("case_file").first()
        assert followed is not None
        give_code(agent=claire, case_file=followed.case_file, now=moment)
    adele = member("Adèle")
    with acting_as(adele):
        ask_to_reenrol(agent=adele, ref=claire.ref, reason="Téléphone perdu.", now=moment)
    nord = claire.postings.get().organisation
    with acting_as(adele):
        invite_agent(
            agent=adele,
            organisation=nord,
            email="invitee@demonstration.invalid",
            name="Yaëlle Invitée",
            function="évaluatrice (inventée)",
            roles=[Role.EVALUATOR],
            now=moment,
        )
    create_token(organisation=nord, label="logiciel inventé", now=moment)
    with as_owner():
        for first_name in ("Nadia", "Claire", "Sofia"):
            SavedFilter.objects.create(
                agent=member(first_name), screen="concerns:list", name="À voir", query="shown=new"
            )
            AgentSession.objects.create(
                agent=member(first_name),
                session_key=f"inventée-{first_name}",
                session_data="",
                expire_date=moment + timedelta(hours=8),
                opened_at=moment,
                seen_at=moment,
            )
        kept, absorbed = Minor.objects.filter(case_file__authority_id="59").order_by("pk")[:2]
        if not Merge.objects.exists():
            Merge.objects.create(
                case_file=kept.case_file,
                absorbed=absorbed.case_file,
                agent=member("Nadia"),
                reason="Même jeune (invention).",
                at=moment,
            )


@pytest.fixture(scope="module")
def house(
    trial_server: TrialServer,
    template_database: str,
    shared_folder: Path,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[str]:
    """A copy of the seeded house for one module; a test's changes are rolled back."""
    name = _name()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with only_one("walls"):
            if not trial_server.has_database(name):
                world = seeded(trial_server, template=template_database, folder=shared_folder)
                _make(trial_server, name, world.seeded_at)
        copy = f"house_{os.getpid()}"
        trial_server.create_database(copy, template=name)
        with answering(copy):
            yield copy
            connections.close_all()
    with suppress(psycopg.errors.InsufficientPrivilege):
        trial_server.drop_database(copy)

"""The demonstration, the scenes played after it, and the rows that neither leaves behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections

from config.demonstration.kept import demonstration
from config.demonstration.world import answering, member
from databases import drop_if_free
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
    request: pytest.FixtureRequest,
    trial_server: TrialServer,
    template_database: str,
    shared_folder: Path,
    django_db_setup: None,
    django_db_blocker: object,
) -> Iterator[str]:
    """The house as it was played, in a copy of this process; a test's changes are rolled back."""
    copy = f"house_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        is_there = trial_server.has_database(copy)
        if not is_there:
            made = demonstration(trial_server, template=template_database, folder=shared_folder)
            trial_server.create_database(copy, template=made.played)
            request.session.addfinalizer(lambda: drop_if_free(trial_server, copy))
        with answering(copy):
            if not is_there:
                _add(made.seeded_at)
                mail.outbox = []
            yield copy
            connections.close_all()

"""``fanal check --deploy`` on a service that is set up as documented, and on one that is not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanal.config.commands import deployment
from fanal.config.database import APPLICATION_URL, OWNER_URL
from fanal.config.postgres import APPLICATION, OWNER, TrialServer

FANAL = Path(sys.executable).with_name("fanal")
IN_SERVICE = {
    "FANAL_SERVICE": "Département inventé",
    "FANAL_SECRET_KEY": "Xq7-une-clé-inventée-pour-cet-essai-et-pour-lui-seul-0123456789",
    "FANAL_HOSTS": "fanal.invalid",
    "FANAL_MAIL_HOST": "courrier.invalid",
}


def check(
    server: TrialServer, database: str, state: Path, named: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FANAL_", "DATABASE_", "DJANGO_"))
    }
    environment = inherited | {
        APPLICATION_URL: server.login_url_for(database, APPLICATION),
        OWNER_URL: server.login_url_for(database, OWNER),
        "FANAL_STATE": str(state),
    }
    return subprocess.run(
        [FANAL, "check", "--deploy"],
        env=environment | named,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def ready(trial_server: TrialServer, template_database: str) -> Iterator[str]:
    """A database of its own: checking leaves traces, and a template must have none."""
    name = f"ready_{os.getpid()}"
    trial_server.create_database(name, template=template_database)
    yield name
    trial_server.drop_database(name)


def test_a_service_set_up_as_documented_has_nothing_to_mend(
    trial_server: TrialServer, ready: str, tmp_path: Path
) -> None:
    done = check(trial_server, ready, tmp_path, IN_SERVICE)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "à corriger" not in done.stdout
    for subject in ("Cloisonnement", "Traces", "En-têtes", "Secrets", "Réglages de Django"):
        assert subject in done.stdout


@pytest.mark.django_db
def test_a_table_without_its_wall_and_a_loose_policy_are_named(
    settings: object, as_owner: object
) -> None:
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:  # type: ignore[operator]
        cursor.execute("ALTER TABLE concerns_concern NO FORCE ROW LEVEL SECURITY")
        cursor.execute("GRANT UPDATE ON audit_trace TO fanal_app")
    policy = {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'unsafe-inline'"]}}
    settings.CONTENT_SECURITY_POLICY = policy  # type: ignore[attr-defined]

    said = " ; ".join(finding.detail for finding in deployment.deployment())

    assert "la table concerns_concern n'a pas de règle forcée" in said
    assert "UPDATE y est permis à l'application" in said
    assert "Strict-Transport-Security manque" in said
    assert "la politique de contenu admet 'unsafe-inline'" in said
    assert "FANAL_SERVICE est vide : ceci est la démonstration" in said

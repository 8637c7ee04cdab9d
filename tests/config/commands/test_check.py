"""Commands on a server that the environment names."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from fanal.config.database import APPLICATION_URL, OWNER_URL
from fanal.config.postgres import APPLICATION, OWNER, TrialServer
from fanal.config.postgres.cluster import SUPERUSER

FANAL = Path(sys.executable).with_name("fanal")


def _fanal(
    *words: str, server: TrialServer, database: str, login: str, state: Path
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        APPLICATION_URL: server.login_url_for(database, login),
        OWNER_URL: server.login_url_for(database, OWNER),
        "DJANGO_SETTINGS_MODULE": "fanal.config.settings.dev",
        "FANAL_STATE": str(state),
    }
    return subprocess.run(
        [FANAL, *words], env=environment, capture_output=True, text=True, check=False
    )


def _tables(server: TrialServer, database: str) -> int:
    with psycopg.connect(server.login_url_for(database, OWNER)) as owner:
        row = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row is not None
    return int(row[0])


def test_an_empty_database_is_looked_at_and_left_as_it_is(
    trial_server: TrialServer, database: str, tmp_path: Path
) -> None:
    done = _fanal(
        "check", server=trial_server, database=database, login=APPLICATION, state=tmp_path
    )

    assert done.returncode == 1
    assert "à appliquer : lancez fanal up" in done.stdout
    assert f"« {APPLICATION} » ne possède rien" in done.stdout
    assert _tables(trial_server, database) == 0


def test_no_command_works_with_a_dangerous_role(
    trial_server: TrialServer, database: str, tmp_path: Path
) -> None:
    done = _fanal(
        *("organisations", "list"),
        server=trial_server,
        database=database,
        login=SUPERUSER,
        state=tmp_path,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert "superutilisateur" in done.stderr.splitlines()[-1]
    assert _tables(trial_server, database) == 0

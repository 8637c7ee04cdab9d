"""An invented site of the State, for the tests alone: its declaration, its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from browser.house import environment
from fanal.config.postgres.trials import TrialServer

INVENTED = {
    "FANAL_THEME": "dsfr",
    "FANAL_SERVICE": "Service inventé pour les essais",
    "FANAL_DSFR_SERVICE": "Service|inventé|pour les essais",
    "FANAL_DSFR_DOMAIN": "service-invente-pour-les-essais.gouv.fr",
    "FANAL_CHAT_HOURS": "24/7",
}


def prepare(server: TrialServer, *, database: str, state: Path, folder: Path) -> None:
    """A folder of its own beside the demonstration's, with the same keys, and its static files."""
    shutil.copytree(state, folder, ignore=shutil.ignore_patterns("static*", folder.name))
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env=os.environ | environment(server, database=database, state=folder, more=INVENTED),
        check=True,
    )

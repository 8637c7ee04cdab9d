"""An invented site of the State, for the tests alone: its declaration, its guides, its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from browser.house import environment
from fanal.config.postgres.trials import TrialServer
from fanal.portal.front.guide import DATA, EDITIONS

INVENTED = {
    "FANAL_THEME": "dsfr",
    "FANAL_SERVICE": "Service inventé pour les essais",
    "FANAL_DSFR_SERVICE": "Service|inventé|pour les essais",
    "FANAL_DSFR_DOMAIN": "service-invente-pour-les-essais.gouv.fr",
    "FANAL_CHAT_HOURS": "24/7",
}
NOBODY_YET = 'reviewed_by = ""\nreviewed_on = ""\n'
SOMEBODY = 'reviewed_by = "Une lectrice inventée"\nreviewed_on = 2026-01-05\n'


def declared(folder: Path) -> dict[str, str]:
    """What the environment of the invented site says; its guides are reviewed by nobody real."""
    return INVENTED | {"FANAL_GUIDES": str(folder / "guides")}


def prepare(server: TrialServer, *, database: str, state: Path, folder: Path) -> None:
    """A folder of its own beside the demonstration's, with the same keys, and its static files."""
    shutil.copytree(state, folder, ignore=shutil.ignore_patterns("static*", folder.name))
    (folder / "guides").mkdir()
    for name in EDITIONS:
        told = (DATA / f"guide_{name}.toml").read_text(encoding="utf-8")
        assert NOBODY_YET in told
        path = folder / "guides" / f"guide_{name}.toml"
        path.write_text(told.replace(NOBODY_YET, SOMEBODY), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env=os.environ
        | environment(server, database=database, state=folder, more=declared(folder)),
        check=True,
    )

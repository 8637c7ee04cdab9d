"""
The demonstration, made once and kept from a run to the next: each database is copied from it.

It is made again on another day, since what is due is counted from the day; when the migrated
database changed; and when one of the files that it ran or read has, as ``making.py`` noted them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from config.demonstration.making import ROOT, digest_of
from fanal.config.database import APPLICATION_URL, OWNER_URL, SETTINGS
from fanal.config.folders import state_folder
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import DEMONSTRATION, HALF_MADE, TrialServer
from turns import only_one

PARIS = ZoneInfo("Europe/Paris")
# Who rings, waits and listens there does so for a few minutes: a browser is shown a fresh one.
FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that the seeding sent."""

    subject: str
    body: str
    to: list[str]
    cc: list[str]
    bcc: list[str]


@dataclass(frozen=True, slots=True)
class Made:
    """How the seeding went, and the two databases: after it, and after the scenes."""

    seeded: str
    played: str
    seeded_at: datetime
    processor_seconds: float
    letters: tuple[Letter, ...]


def demonstration(
    server: TrialServer, *, template: str, folder: Path, within: timedelta | None = None
) -> Made:
    """
    The demonstration of this day, made if there is none.

    ``folder`` is of this run, which keeps the one that it began with when midnight passes.

    Args:
        within: how old it may be, when less than a day.
    """
    begun_with = folder / f"demonstration-{within}.txt"
    with only_one("demonstration"):
        if not begun_with.exists():
            note = _kept(server, template, within) or _make(server, template)
            begun_with.write_text(str(note), encoding="utf-8")
    return _read(Path(begun_with.read_text(encoding="utf-8")))


def _folder() -> Path:
    return state_folder() / "demonstrations"


def _kept(server: TrialServer, template: str, within: timedelta | None) -> Path | None:
    now = datetime.now(tz=UTC)
    for note in sorted(_folder().glob("*.json"), reverse=True):
        told = json.loads(note.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["seeded_at"])
        same_day = at <= now and at.astimezone(PARIS).date() == now.astimezone(PARIS).date()
        if (
            same_day
            and (within is None or now - at < within)
            and told["template"] == template
            and server.has_database(_read(note).played)
            and all(_digest(name) == digest for name, digest in told["files"].items())
        ):
            return note
    return None


@cache
def _digest(name: str) -> str:
    return digest_of(ROOT / name)


def _read(note: Path) -> Made:
    told = json.loads(note.read_text(encoding="utf-8"))
    return Made(
        f"{DEMONSTRATION}{note.stem}_seeded",
        f"{DEMONSTRATION}{note.stem}_played",
        datetime.fromisoformat(told["seeded_at"]),
        told["processor_seconds"],
        tuple(Letter(**one) for one in told["letters"]),
    )


def _make(server: TrialServer, template: str) -> Path:
    stem = f"{datetime.now(tz=UTC):%Y%m%d_%H%M%S}"
    seeded, played = (f"{DEMONSTRATION}{stem}_{state}" for state in ("seeded", "played"))
    _folder().mkdir(parents=True, exist_ok=True)
    for former in _folder().glob("*.json"):
        if not server.has_database(f"{DEMONSTRATION}{former.stem}_played"):
            former.unlink()
    half = f"{played}{HALF_MADE}"
    server.create_database(half, template=template)
    draft = _folder() / f"{stem}.draft"
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("making.py"), draft],
        env=_environment(server, half),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as making:
        assert making.stdin
        assert making.stdout
        if making.stdout.readline():
            server.create_database(seeded, template=half)
        making.communicate("\n")
    assert making.returncode == 0, "the demonstration was not made"
    server.rename_database(half, played)
    note = draft.with_suffix(".json")
    told = json.loads(draft.read_text(encoding="utf-8")) | {"template": template}
    note.write_text(json.dumps(told), encoding="utf-8")
    draft.unlink()
    return note


def _environment(server: TrialServer, database: str) -> dict[str, str]:
    """The roles' own logins, as the product has them, with the settings of the tests."""
    path = os.pathsep.join(filter(None, (str(ROOT / "tests"), os.environ.get("PYTHONPATH"))))
    return os.environ | {
        SETTINGS: "fanal.config.settings.test",
        APPLICATION_URL: server.login_url_for(database, APPLICATION),
        OWNER_URL: server.login_url_for(database, OWNER),
        "PYTHONPATH": path,
    }

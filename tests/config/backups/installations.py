"""A service in operation: its folder, its database, its commands, its key agent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.commands.custodians import agent_runs
from fanal.config.backups.keys import new_key
from fanal.config.postgres import APPLICATION, OWNER, TrialServer
from fanal.ground.privacy.sealing.agent import socket_address

FANAL = [sys.executable, "-c", "from fanal.config.commands import main; main()"]
DEADLINE = 20.0


@dataclass(frozen=True)
class Installation:
    """Nothing is shared with another one but what is given to both by hand."""

    server: TrialServer
    database: str
    folder: Path

    @property
    def keyring(self) -> Path:
        return self.folder / "keys" / "keyring.json"

    @property
    def socket(self) -> Path:
        return socket_address(self.folder)

    @property
    def backup_key(self) -> Path:
        return self.folder / "backup-key"

    def make_backup_key(self) -> None:
        self.backup_key.write_text(new_key(), encoding="ascii")
        self.backup_key.chmod(0o600)

    def run(self, *words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
        """The command as an operator types it, without a terminal."""
        return subprocess.run(
            [*FANAL, *(str(word) for word in words)],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "fanal.config.settings.production",
                "DATABASE_URL": self.server.login_url_for(self.database, APPLICATION),
                "DATABASE_OWNER_URL": self.server.login_url_for(self.database, OWNER),
                "FANAL_STATE": str(self.folder),
                "FANAL_BACKUP_KEY": str(self.backup_key),
                "FANAL_SERVICE": "Département inventé",
                "FANAL_SECRET_KEY": "une clé inventée, longue, pour cet essai et pour lui seul",
                "FANAL_HOSTS": "fanal.invalid",
                "FANAL_MAIL_HOST": "courrier.invalid",
                "FANAL_KEY_KEEPER": "agent",
                "FANAL_KEYRING": str(self.keyring),
            },
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )

    def hold_ceremony(self) -> list[str]:
        held = self.run("keys", "ceremony", typed="\n" * 6)
        assert held.returncode == 0, held.stderr
        words = re.findall(r"(?<!\S)\d{1,2} ([a-z]+)", held.stdout)
        return [" ".join(words[start : start + 33]) for start in (0, 33, 66)]

    def owner(self) -> psycopg.Connection:
        return psycopg.connect(self.server.login_url_for(self.database, OWNER), autocommit=True)

    @contextmanager
    def agent_runs(self) -> Iterator[None]:
        with agent_runs(self.socket, self.keyring):
            yield

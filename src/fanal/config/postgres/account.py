"""Who the server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanal.ground.errors import Refusal

# Nothing of the caller's locale or libpq settings may reach the server.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}


class NoAccount(Refusal):
    message = "Aucun compte système « postgres » ni « nobody » : lancez Fanal sans être root."


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that runs the server; ``None`` ids mean the caller's own."""

    uid: int | None = None
    gid: int | None = None

    def run(
        self, command: Sequence[str | Path], *, keep: Sequence[int] = (), text: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end as this account, keeping the descriptors ``keep`` open for it."""
        identity: dict[str, Any] = {}
        if self.uid is not None:
            identity = {"user": self.uid, "group": self.gid, "extra_groups": []}
        # The server inherits these outputs and would hold a pipe open for ever: hence a file.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            return subprocess.run(
                [str(word) for word in command],
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=tuple(keep),
                input=text,
                stdout=nowhere,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                **identity,
            )

    def can_run(self, program: Path) -> bool:
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False

    def take(self, path: Path) -> None:
        """Give a file or a whole folder to this account."""
        if self.uid is None or self.gid is None:
            return
        os.chown(path, self.uid, self.gid, follow_symlinks=False)
        if path.is_dir() and not path.is_symlink():
            for inside in path.iterdir():
                self.take(inside)


def server_account(data: Path) -> Account:
    """The caller, unless root: then the owner of the data, else ``postgres``, else ``nobody``."""
    if os.geteuid() != 0:
        return Account()
    if (data / "PG_VERSION").exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoAccount

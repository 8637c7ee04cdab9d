"""One data folder and its server: create, start, find, stop."""

import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fanal.config.postgres.account import Account, server_account
from fanal.config.postgres.binaries import find_binaries
from fanal.ground.errors import Refusal

SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
# The longest address of a Unix socket, in bytes, without its final zero.
LONGEST_ADDRESS = 107
SHORT_PREFIX = "fanal-socket-"
SETTINGS = "fanal.conf"
LOG = "server.log"
# Of postmaster.pid, counted from 0: where the server listens.
SOCKET_LINE = 4
STOPPING_SECONDS = 30.0
HALF_STARTED_SECONDS = 1.0
ORPHANS_SECONDS = 5.0

EVERYWHERE = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "cluster_name": "fanal",
    "log_min_messages": "error",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# A test run that loses power starts again from nothing: it need not wait for the disk.
DISPOSABLE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
}


class NotStarted(Refusal):
    """PostgreSQL did not start; the message says where its log is."""


class NotReadable(Refusal):
    """The data belong to another account of this machine."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A folder of PostgreSQL data. ``disposable``: for tests, quick and not durable."""

    data: Path
    disposable: bool = False

    def socket_folder(self) -> Path | None:
        """Where the running server listens, or ``None`` when none runs on these data."""
        lines = self._pid_file()
        if len(lines) <= SOCKET_LINE or not _serves(int(lines[0]), self.data):
            return None
        written = lines[SOCKET_LINE]
        return self.data if written.startswith("/proc/") else Path(written)

    def start(self, *, password: str | None = None) -> Path:
        """
        Start the server, on new data if there are none.

        Args:
            password: what the superuser's becomes. Data that are new need one.

        Returns:
            The folder of its socket.

        Raises:
            NotStarted: the server did not become ready.
            NotReadable: the data belong to somebody else.
        """
        account = self._account()
        was_killed = self._forget_the_dead()
        if not (self.data / "PG_VERSION").exists():
            self._create(account, password or new_password())
        elif password is not None:
            _set_password(self._programs(account), account, self.data, password)
        folder = _socket_folder(self.data, account)
        # What a killed server leaves running ends by itself, and must end first.
        end = time.monotonic() + (ORPHANS_SECONDS if was_killed else 0)
        while not self._launch(folder, account):
            if time.monotonic() >= end:
                raise NotStarted(
                    f"PostgreSQL n'a pas démarré ; il dit pourquoi dans {self.data / LOG}."
                )
            time.sleep(0.1)
        return folder

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        lines = self._pid_file()
        if not lines or not _serves(int(lines[0]), self.data):
            return
        with suppress(ProcessLookupError):
            os.kill(int(lines[0]), signal.SIGINT)
        end = time.monotonic() + STOPPING_SECONDS
        while (self.data / "postmaster.pid").exists() and time.monotonic() < end:
            time.sleep(0.01)
        _remove_short(lines)

    def _stop_half_started(self) -> None:
        """Interrupted while it starts, the server would live on, alone: it is its own group."""
        end = time.monotonic() + HALF_STARTED_SECONDS
        while self.socket_folder() is None and time.monotonic() < end:
            time.sleep(0.01)
        self.stop()

    def _account(self) -> Account:
        try:
            return server_account(self.data)
        except PermissionError:
            raise NotReadable(
                f"Les données de {self.data} sont à un autre compte : relancez avec ce compte."
            ) from None

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except PermissionError:
            raise NotReadable(
                f"Les données de {self.data} sont à un autre compte : relancez avec ce compte."
            ) from None

    def _launch(self, folder: Path, account: Account) -> bool:
        program = self._programs(account) / "pg_ctl"
        with _handle(self.data) as (here, fd):
            self._write_settings(here if folder == self.data else str(folder), account)
            command: list[str | Path] = [program, "-D", here, "-w", "-l", f"{here}/{LOG}", "start"]
            try:
                return account.run(command, keep=[fd]).returncode == 0
            except BaseException:
                self._stop_half_started()
                raise

    def _forget_the_dead(self) -> bool:
        """
        Remove what a killed server left.

        PostgreSQL only looks whether the number of the process is taken: after a restart of the
        machine another program may have it, and the server would refuse to start.
        """
        if lines := self._pid_file():
            _remove_short(lines)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        return bool(lines)

    def _create(self, account: Account, password: str) -> None:
        """Make the data, open to passwords alone and to no network; all, or nothing at all."""
        programs = find_binaries(account=account, version=None)
        draft = self.data.with_name(f"{self.data.name}-draft")
        for folder in (draft, self.data):
            if folder.exists():
                shutil.rmtree(folder)
        draft.mkdir(mode=0o700)
        account.take(draft)
        with _handle(draft) as (here, fd):
            done = account.run(
                [
                    programs / "initdb",
                    *("-D", here, "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8"),
                    *("--auth-local=peer", "--auth-host=reject", "--data-checksums", "--no-sync"),
                ],
                keep=[fd],
            )
        if done.returncode != 0:
            raise NotStarted(f"PostgreSQL n'a pas pu créer ses données dans {self.data.parent}.")
        (draft / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="utf-8")
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"include_if_exists = '{SETTINGS}'\n")
        _set_password(programs, account, draft, password)
        draft.rename(self.data)

    def _programs(self, account: Account) -> Path:
        version = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        return find_binaries(account=account, version=version)

    def _write_settings(self, socket_folder: str, account: Account) -> None:
        chosen = EVERYWHERE | (DISPOSABLE if self.disposable else {})
        chosen = chosen | {"unix_socket_directories": socket_folder}
        settings = self.data / SETTINGS
        lines = [f"{name} = '{value}'\n" for name, value in chosen.items()]
        settings.write_text("".join(lines), encoding="utf-8")
        settings.chmod(0o600)
        account.take(settings)


def new_password() -> str:
    return secrets.token_urlsafe(24)


def _set_password(programs: Path, account: Account, data: Path, password: str) -> None:
    """Without the server: a lost password is made again, and none is ever on a command line."""
    with _handle(data) as (here, fd):
        done = account.run(
            [programs / "postgres", "--single", "-D", here, "postgres"],
            keep=[fd],
            text=f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'\n",
        )
    if done.returncode != 0:
        raise NotStarted(f"PostgreSQL n'a pas pu ouvrir les données de {data}.")


@contextmanager
def _handle(data: Path) -> Iterator[tuple[str, int]]:
    """
    A name of the folder that its server can open wherever the project stands.

    Root may keep the project where the server's account cannot go (``/root``). An open descriptor,
    inherited, leads there all the same: no right on a parent folder has to change.
    """
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}", descriptor
    finally:
        os.close(descriptor)


def _serves(pid: int, data: Path) -> bool:
    """Whether this process is the server of these data, and not one that inherited its number."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return False


def _socket_folder(data: Path, account: Account) -> Path:
    """The data folder, or a short one when the address would be too long or split by a comma."""
    address = os.fsencode(data / SOCKET)
    if len(address) <= LONGEST_ADDRESS and b"," not in address:
        return data
    folder = Path(tempfile.mkdtemp(prefix=SHORT_PREFIX, dir="/tmp"))
    account.take(folder)
    return folder


def _remove_short(lines: list[str]) -> None:
    if len(lines) > SOCKET_LINE and Path(lines[SOCKET_LINE]).name.startswith(SHORT_PREFIX):
        shutil.rmtree(lines[SOCKET_LINE], ignore_errors=True)

"""Several commands share one private server: the first starts it, the last stops it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fanal.config.folders import state_folder
from fanal.config.postgres.binaries import OtherVersion
from fanal.config.postgres.cluster import Cluster, NotStarted
from fanal.config.postgres.roles import (
    DATABASE,
    Passwords,
    address,
    keep_passwords,
    kept_passwords,
    new_passwords,
    set_up_roles,
)
from fanal.ground.errors import Refusal

PASSWORDS = "passwords.json"


class NotWritable(Refusal):
    """The folder of the data cannot be written."""


class Users:
    """
    The share of this process in a server: a lock that ends with it, however it ends.

    Each command holds it shared; who can have it alone knows that nobody else is there.
    """

    def __init__(self, data: Path) -> None:
        self._descriptor = os.open(beside(data, "users"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    @property
    def others(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return False

    def leave(self) -> None:
        os.close(self._descriptor)


@dataclass(slots=True)
class PrivateServer:
    """A share in a running private server. ``started``: this process started it."""

    cluster: Cluster
    socket_folder: Path
    passwords: Passwords
    started: bool
    users: Users | None

    def url_for(self, login: str, *, database: str = DATABASE, role: str = "") -> str:
        return address(
            self.socket_folder, self.passwords, database=database, login=login, role=role
        )

    def stop(self) -> None:
        """Give the share back; the server stops with the last one. Harmless twice."""
        if self.users is None:
            return
        with alone(self.cluster.data):
            if not self.users.others:
                self.cluster.stop()
            self.users.leave()
            self.users = None


def join_private_server(
    *,
    disposable: bool = False,
    state: Path | None = None,
    when_started: Callable[[PrivateServer], None] = lambda _: None,
) -> PrivateServer:
    """
    Start the private server of this folder, or join the one that runs.

    Whoever joins keeps a shared lock on a file until it stops or dies. The last to hold it stops
    the server: a command that started it and ends must not take it from ``fanal up``.

    Args:
        when_started: called by the one who starts it, before anybody else can join.
    """
    folder = state or state_folder()
    cluster = Cluster(
        data=folder / ("test-postgres" if disposable else "postgres"), disposable=disposable
    )
    _make_folder(folder)
    with alone(cluster.data):
        users = Users(cluster.data)
        try:
            server = _joined(cluster, users) or _started(cluster, users)
            if server.started:
                when_started(server)
        except BaseException:
            users.leave()
            raise
    return server


def _joined(cluster: Cluster, users: Users) -> PrivateServer | None:
    running, passwords = cluster.socket_folder(), _kept_passwords(cluster)
    if running is not None and passwords is not None:
        return PrivateServer(cluster, running, passwords, started=False, users=users)
    return None


def _started(cluster: Cluster, users: Users) -> PrivateServer:
    cluster.stop()
    try:
        return _start(cluster, users)
    except (NotStarted, OtherVersion):
        if not cluster.disposable:
            raise
        # Nothing here is worth keeping: another version's data, or a run cut short.
        shutil.rmtree(cluster.data, ignore_errors=True)
        return _start(cluster, users)


def _start(cluster: Cluster, users: Users) -> PrivateServer:
    kept = _kept_passwords(cluster) if (cluster.data / "PG_VERSION").exists() else None
    passwords = kept or new_passwords()
    socket_folder = cluster.start(password=None if kept else passwords.superuser)
    try:
        # Only now: a file written before the server knows its passwords would be believed.
        keep_passwords(beside(cluster.data, PASSWORDS), passwords)
        set_up_roles(socket_folder, passwords, with_tester=cluster.disposable)
    except BaseException:
        cluster.stop()
        raise
    return PrivateServer(cluster, socket_folder, passwords, started=True, users=users)


def _kept_passwords(cluster: Cluster) -> Passwords | None:
    return kept_passwords(beside(cluster.data, PASSWORDS))


def beside(data: Path, what: str) -> Path:
    return data.with_name(f"{data.name}-{what}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise NotWritable(
            f"Impossible d'écrire dans {folder} : vérifiez les droits, ou choisissez un autre "
            "dossier avec FANAL_STATE."
        ) from None


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One process at a time starts, joins or leaves."""
    try:
        descriptor = os.open(beside(data, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise NotWritable(
            f"Les fichiers de {data.parent} sont à un autre compte : relancez avec ce compte."
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)

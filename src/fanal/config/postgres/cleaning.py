"""Remove the private data of this folder: the demonstration's and the tests'."""

import shutil
import sys
from pathlib import Path

from fanal.config.folders import state_folder
from fanal.config.postgres.cluster import Cluster
from fanal.config.postgres.server import Users, alone
from fanal.ground.errors import Refusal


class InUse(Refusal):
    """A command of Fanal works on these data."""


def remove_private_data(*, state: Path | None = None) -> None:
    """
    Remove the data and all that stands beside them; a server that nobody uses is stopped.

    Raises:
        InUse: a command works on them; nothing is removed.
    """
    folder = state or state_folder()
    if not folder.exists():
        return
    for name in ("postgres", "test-postgres"):
        cluster = Cluster(data=folder / name)
        with alone(cluster.data):
            _stop_unused(cluster)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _stop_unused(cluster: Cluster) -> None:
    users = Users(cluster.data)
    try:
        if users.others:
            raise InUse(f"Une commande de Fanal se sert de {cluster.data} : arrêtez-la d'abord.")
        cluster.stop()
    finally:
        users.leave()


def main() -> None:
    try:
        remove_private_data()
    except Refusal as refusal:
        sys.exit(refusal.message)


if __name__ == "__main__":
    main()

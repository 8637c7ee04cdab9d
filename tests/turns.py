"""One test process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from fanal.config.folders import state_folder

# The same for all the processes of a run.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]


@contextmanager
def only_one(name: str) -> Iterator[None]:
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield

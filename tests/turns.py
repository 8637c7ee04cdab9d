"""One test process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from fanal.config.folders import state_folder


@contextmanager
def only_one(name: str) -> Iterator[None]:
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield

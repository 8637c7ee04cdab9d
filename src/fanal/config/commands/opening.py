"""What every command that needs the database opens with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from fanal.config.commands.steps import Steps, shown_steps
from fanal.config.database import ensure_database


@contextmanager
def open_database() -> Iterator[Steps]:
    """A database that is ready; what was started for it is stopped after."""
    with shown_steps() as steps, ensure_database(steps):
        steps.end()
        yield steps


def moment() -> datetime:
    return datetime.now(tz=UTC)

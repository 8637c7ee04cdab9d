"""What every command that needs the database opens with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from fanal.config.commands.steps import Steps, shown_steps
from fanal.config.database import Progress, ensure_database


@contextmanager
def open_database() -> Iterator[Steps]:
    """A database that is migrated, filled and, in the demonstration, seeded."""
    with shown_steps() as steps, ensure_database(steps):
        if is_demonstration():
            seed(steps)
        steps.end()
        yield steps


def is_demonstration() -> bool:
    """True until a setting names the service that answers for this instance."""
    from django.conf import settings

    return not settings.FANAL_SERVICE


def seed(progress: Progress) -> None:
    from fanal.config.demonstration import seed as seed_demonstration

    progress("Démonstration")
    seed_demonstration(now=moment(), progress=progress)


def moment() -> datetime:
    return datetime.now(tz=UTC)

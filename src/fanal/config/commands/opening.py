"""What every command that needs the database opens with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from fanal.config.commands.steps import Steps, shown_steps
from fanal.config.database import ensure_database
from fanal.ground.errors import Refusal


@contextmanager
def open_database() -> Iterator[Steps]:
    """A database that is ready; what was started for it is stopped after."""
    with shown_steps() as steps, ensure_database(steps):
        steps.end()
        try:
            yield steps
        except Refusal as refusal:
            _record(refusal)
            raise


def _record(refusal: Refusal) -> None:
    """What a command was refused leaves its trace, as what a screen was."""
    from fanal.ground.access.asking import acting_as
    from fanal.ground.audit.terms import Outcome
    from fanal.ground.audit.use_cases import record

    context = click.get_current_context(silent=True)
    with acting_as(None):
        record(
            agent=None,
            deed=f"command.{context.info_name if context else 'fanal'}"[:80],
            outcome=Outcome.REFUSED,
            detail={"refusal": type(refusal).__name__},
        )


def moment() -> datetime:
    return datetime.now(tz=UTC)

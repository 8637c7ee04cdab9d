"""Writing past row-level security, for factories and for looking at what is really there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count

from django.db import connection, transaction

from fanal.config.postgres.roles import OWNER

_owned: ContextVar[bool] = ContextVar("owned", default=False)
_numbers = count()


@contextmanager
def as_owner() -> Iterator[None]:
    """
    Inside, the database obeys its owner; outside, the role that the connection opens with.

    What fails inside is undone, role included, and nothing else is. Inside another, a savepoint
    is all that is added.
    """
    if _owned.get():
        with transaction.atomic():
            yield
    elif not connection.in_atomic_block:
        with transaction.atomic(), as_owner():
            yield
    else:
        token = _owned.set(True)
        try:
            with _role_taken():
                yield
        finally:
            _owned.reset(token)


@contextmanager
def _role_taken() -> Iterator[None]:
    """
    A savepoint and a role, in one exchange with the server each way.

    As ``transaction.atomic()`` does, which would take five: factories go through here for each
    row of the tests.
    """
    savepoint = f"owner_{next(_numbers)}"
    _tell(f"SAVEPOINT {savepoint}; SET LOCAL ROLE {OWNER}")
    connection.savepoint_ids.append(savepoint)
    failed = True
    try:
        yield
        failed = connection.needs_rollback
    finally:
        connection.savepoint_ids.pop()
        if failed:
            connection.needs_rollback = False
            _tell(f"ROLLBACK TO SAVEPOINT {savepoint}; RELEASE SAVEPOINT {savepoint}")
            connection.run_on_commit = [
                waiting for waiting in connection.run_on_commit if savepoint not in waiting[0]
            ]
        else:
            _tell(f"RESET ROLE; RELEASE SAVEPOINT {savepoint}")


def _tell(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)

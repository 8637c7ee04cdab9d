"""Writing past row-level security, for factories and for looking at what is really there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the database obeys its owner; outside, the application's role again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (former,) = cursor.fetchone()
        cursor.execute("SET LOCAL ROLE fanal_owner")
        yield
        cursor.execute(f"SET LOCAL ROLE {former}")

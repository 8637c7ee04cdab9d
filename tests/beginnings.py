"""
With what each process of a run begins.

The tests are cut in as many parts as there are processes, and who has nothing left takes from the
others. The first part begins with the browser, and by making the databases that all will copy:
until then the second has what asks for none.
"""

from __future__ import annotations

import pytest

# Through which a test reaches a database.
DATABASES = {"db", "transactional_db", "trial_server"}


def in_parts(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The same tests, with those that the second part should begin with at its head."""
    if processes == 1:
        return items
    head = len(items) // processes
    free = [item for item in items if not asks_for_database(item)][:head]
    moved = set(map(id, free))
    others = [item for item in items if id(item) not in moved]
    return [*others[:head], *free, *others[head:]]


def asks_for_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & DATABASES) or item.get_closest_marker("django_db") is not None

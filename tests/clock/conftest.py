"""The hours of the journeys: each in turn, in one process and with one PostgreSQL."""

from __future__ import annotations

import pytest

import clocks
from clocks import CLOCKS, Clock
from ground.codes.conftest import quick
from helpline.letters.conftest import keys

__all__ = ["keys", "quick"]

# Where a clock is held already, the whole suite lives at that hour.
collect_ignore = ["test_any_hour.py"] if clocks.is_held() else []


@pytest.fixture(scope="session", params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> Clock:
    """Before any database is spoken to: the moment of a transaction is that of its beginning."""
    found = CLOCKS[request.param]
    clocks.move_to(found)
    return found
